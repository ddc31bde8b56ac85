import { drawMarker, strokeCased } from "./draw.js";
import { drawArrow, exitFrom } from "./exits.js";
import { Labels } from "./labels.js";
import { bends } from "./line.js";
import { fill } from "./texts.js";
/** @import { Context, Moment, Run, Scene, Theme, View } from "./drawn.d.ts" */

const STAR = 7; // px; radius of the star on a minimizer
const CLOSE = 0.75; // px; path points nearer than this to the last drawn one add nothing

/**
 * A path in pixels, point by point.
 *
 * @typedef {{x: number[], y: number[], frame: number[], starts: boolean[], hidden: boolean[]}} Line
 *
 * @typedef {import("./labels.js").Named & {marker?: Parameters<typeof drawMarker>[1]}} Head
 */

/**
 * Draws the descent paths of a scene through a view's projection. A view is
 * `{dimensions, low, high, project(point) -> [px, py], clip: [left, top, width, height]}`;
 * what lies outside `low`..`high` is cut off exactly, however far away it is. A view with relief
 * also has `heightAt(x, y)` and `isHidden(point)`.
 */
export class PathLayer {
  /** @type {Line[]} */
  #lines = [];
  #labels = new Labels();
  /** @type {Scene} */
  #scene;
  /** @type {View} */
  #view;

  /**
   * Take another scene or projection: all lines are laid out again.
   *
   * @param {Scene} scene
   * @param {View} view
   */
  layOut(scene, view) {
    this.#scene = scene;
    this.#view = view;
    this.#lines = scene.runs.map((run) => layOutLine(run, scene.frames.count, view));
  }

  /**
   * Draw everything up to a frame.
   *
   * @param {Context} context
   * @param {Moment} moment
   */
  draw(context, { frame, focus, theme }) {
    const { runs, minimizers, start } = this.#scene;
    const last = (/** @type {Run} */ run) => Number(run.id === focus); // the focused run lies on top
    const order = runs.map((_, i) => i).sort((a, b) => last(runs[a]) - last(runs[b]));
    context.save();
    context.beginPath();
    context.rect(...this.#view.clip);
    context.clip();
    for (const point of minimizers) this.#drawSpot(context, point, { shape: "star", radius: STAR, color: "#ffffff" });
    this.#drawSpot(context, start, { shape: "circle", radius: this.#scene.movable ? 5 : 3.5, color: "#1d2730" });
    const heads = order.flatMap((i) => this.#drawRun(context, i, { frame, focus, theme }) ?? []);
    for (const { marker } of heads) if (marker) (this.#view.drawHead ?? drawMarker)(context, marker);
    if (!this.#scene.unnamed) this.#name(context, heads.reverse(), theme);
    context.restore();
  }

  /** @param {Context} context @param {number[]} spot @param {{shape: string, radius: number, color: string}} marker */
  #drawSpot(context, spot, marker) {
    const [at] = this.#seen([spot]);
    if (at) drawMarker(context, { ...marker, x: at[0], y: at[1] });
  }

  /**
   * Pixels of the points of the surface that lie inside of the picture.
   *
   * @param {number[][]} spots
   */
  #seen(spots) {
    const points = spots.map(([x, y]) => [x, y, this.#view.heightAt?.(x, y) ?? 0]);
    return points.filter((point) => isInside(point, this.#view)).map((point) => this.#view.project(point));
  }

  /** @param {Context} context @param {number} index @param {Moment} moment @returns {Head | null} */
  #drawRun(context, index, { frame, focus, theme }) {
    const run = this.#scene.runs[index];
    const focused = run.id === focus;
    const look = { color: run.color[theme.mode], dash: run.dash, width: focused ? 3.4 : 2.2 };
    const opacity = focus && !focused ? 0.35 : 1;
    const tip = this.#tip(run, frame);
    for (const hidden of this.#view.isHidden ? [true, false] : [false]) {
      context.globalAlpha = hidden ? 0.3 * opacity : opacity;
      context.beginPath();
      this.#trace(context, this.#lines[index], { end: frame.index, tip, hidden });
      strokeCased(context, look);
    }
    context.globalAlpha = 1;
    const { edges = this.#view } = this.#view;
    if (!tip || !isInside(tip[1], { ...edges, dimensions: 2 })) return this.#exit(context, index, { frame, theme });
    const at = this.#view.project(inHeight(tip[1], this.#view)), radius = focused ? 7 : 5.5;
    return { id: run.id, label: run.label, order: index, at, radius, shape: run.marker, color: look.color, marker: { shape: run.marker, x: at[0], y: at[1], radius, color: look.color } };
  }

  /**
   * An arrow where a run that is outside has left the picture, with its name and step.
   *
   * @param {Context} context
   * @param {number} index
   * @param {Pick<Moment, "frame" | "theme">} moment
   * @returns {Head | null}
   */
  #exit(context, index, { frame, theme }) {
    const { runs, steps, texts } = this.#scene, run = runs[index], { edges = this.#view } = this.#view;
    const exit = exitFrom((k) => pointOf(run, k), frame.index, (from, to) => clipSegment(from, to, { ...this.#view, ...edges, dimensions: 2 }));
    if (!exit) return null;
    const [at, before] = [exit.at, exit.before].map((point) => this.#view.project(inHeight(point, this.#view)));
    drawArrow(context, { at, before, color: run.color[theme.mode] });
    const label = fill(texts.left_at ?? "{name}: {step}", { name: run.label, step: steps[exit.frame] });
    return { id: run.id, label, order: index, at, radius: 8, shape: run.marker, color: run.color[theme.mode] };
  }

  /**
   * The piece from the last whole frame to the head, as [from, to]; null where the run has ended.
   *
   * @returns {[number[], number[]] | null}
   * @param {Run} run
   * @param {{index: number, fraction: number}} frame
   */
  #tip(run, { index, fraction }) {
    const from = pointOf(run, index);
    const next = pointOf(run, index + 1);
    const to = fraction > 0 && isFinitePoint(next) ? (this.#view.between ?? between)(from, next, fraction) : from;
    return isFinitePoint(to) ? [from, to] : null;
  }

  /**
   * Put the visible (or the hidden) pieces of a path on the canvas, up to its head.
   *
   * @param {Context} context
   * @param {Line} line
   * @param {{end: number, tip: [number[], number[]] | null, hidden: boolean}} part
   */
  #trace(context, line, { end, tip, hidden }) {
    let drawing = false;
    let i = 0;
    for (; i < line.frame.length && line.frame[i] <= end; i += 1) {
      const wanted = !line.starts[i] && line.hidden[i] === hidden;
      if (wanted && !drawing) context.moveTo(line.x[i - 1], line.y[i - 1]);
      if (wanted) context.lineTo(line.x[i], line.y[i]);
      drawing = wanted;
    }
    if (!tip || line.hidden.at(i - 1) !== hidden) return;
    for (const [from, to] of piecesOf(...tip, this.#view)) {
      const span = clipSegment(from, to, this.#view);
      if (!span) return;
      const [first, last] = span.map((t) => this.#view.project(between(from, to, t)));
      if (drawing && span[0] === 0) context.lineTo(...first);
      else context.moveTo(...first);
      context.lineTo(...last);
      drawing = span[1] === 1;
    }
  }

  /** @param {Context} context @param {Head[]} heads @param {Theme} theme */
  #name(context, heads, theme) {
    const stars = this.#seen(this.#scene.minimizers).map(([x, y]) => /** @type {[number, number, number, number]} */ ([x - STAR, y - STAR, 2 * STAR, 2 * STAR]));
    const [start] = this.#seen([this.#scene.start]);
    const ends = this.#scene.runs.map((run) => pointOf(run, run.loss.length - 1)).filter(isFinitePoint);
    this.#labels.draw(context, heads, { clip: this.#view.names ?? this.#view.clip, stars: [...stars, ...(this.#view.words ?? [])], start, ends: this.#seen(ends), theme });
  }
}

/**
 * A point that lies lower than a landscape is drawn, on its floor: nobody is left out.
 *
 * @param {number[]} point
 * @param {View} view
 */
export function inHeight([x, y, z], { dimensions, low, high }) {
  return dimensions === 2 ? [x, y] : [x, y, Math.min(Math.max(z, low[2]), high[2])];
}

/**
 * The part of a path inside the view, in pixels: `starts` marks where a new piece begins.
 *
 * @param {Run} run
 * @param {number} count
 * @param {View} view
 */
function layOutLine(run, count, view) {
  /** @type {Line} */
  const line = { x: [], y: [], frame: [], starts: [], hidden: [] };
  let connected = false;
  for (let k = 1; k < count; k += 1) {
    for (const [from, to] of piecesOf(pointOf(run, k - 1), pointOf(run, k), view)) {
      const span = clipSegment(from, to, view);
      if (span && !(connected && span[0] === 0)) append(line, between(from, to, span[0]), { frame: k, starts: true, view });
      if (span) append(line, between(from, to, span[1]), { frame: k, starts: false, view });
      connected = span !== null && span[1] === 1;
    }
  }
  return bent(line);
}

/**
 * The points of a line where it bends, goes behind the relief, or begins anew.
 *
 * @param {Line} line
 * @returns {Line}
 */
function bent({ x, y, frame, starts, hidden }) {
  const kept = bends(x, y, (k) => starts[k] || hidden[k] !== hidden[k - 1]);
  return { x: kept.map((k) => x[k]), y: kept.map((k) => y[k]), frame: kept.map((k) => frame[k]), starts: kept.map((k) => starts[k]), hidden: kept.map((k) => hidden[k]) };
}

/** @param {Line} line @param {number[]} point @param {{frame: number, starts: boolean, view: View}} of */
function append(line, point, { frame, starts, view }) {
  const [x, y] = view.project(point);
  if (!starts && Math.abs(x - (line.x.at(-1) ?? NaN)) < CLOSE && Math.abs(y - (line.y.at(-1) ?? NaN)) < CLOSE) return;
  line.x.push(x);
  line.y.push(y);
  line.frame.push(frame);
  line.starts.push(starts);
  line.hidden.push(view.isHidden?.(point) ?? false);
}

/** @param {Run} run @param {number} k */
function pointOf(run, k) {
  return [run.xy[2 * k], run.xy[2 * k + 1], run.heights[k]];
}

/** @param {number[]} from @param {number[]} to @param {number} t */
function between(from, to, t) {
  return from.map((value, i) => (t === 0 ? value : t === 1 ? to[i] : value + t * (to[i] - value)));
}

/**
 * The straight pieces that a step is drawn as.
 *
 * @param {number[]} from
 * @param {number[]} to
 * @param {View} view
 * @returns {[number[], number[]][]}
 */
function piecesOf(from, to, view) {
  const count = view.pieces?.(from, to) ?? 1;
  if (!(count > 1)) return [[from, to]];
  const points = Array.from({ length: count + 1 }, (_, k) => (view.between ?? between)(from, to, k / count));
  return points.slice(1).map((point, k) => [points[k], point]);
}

/** @param {number[]} point */
function isFinitePoint([x, y]) {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** @param {number[]} point @param {Pick<View, "dimensions" | "low" | "high">} view */
function isInside(point, { dimensions, low, high }) {
  for (let i = 0; i < dimensions; i += 1) {
    if (!(point[i] >= low[i] && point[i] <= high[i])) return false;
  }
  return true;
}

/**
 * The part [t0, t1] of a segment inside the box (Liang–Barsky), or null.
 *
 * @param {number[]} from
 * @param {number[]} to
 * @param {View} view
 * @returns {[number, number] | null}
 */
function clipSegment(from, to, { dimensions, low, high }) {
  let enter = 0;
  let leave = 1;
  for (let i = 0; i < dimensions; i += 1) {
    const run = to[i] - from[i];
    if (!Number.isFinite(run)) return null;
    if (run === 0) {
      if (from[i] < low[i] || from[i] > high[i]) return null;
      continue;
    }
    const a = (low[i] - from[i]) / run;
    const b = (high[i] - from[i]) / run;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter <= leave ? [enter, leave] : null;
}
