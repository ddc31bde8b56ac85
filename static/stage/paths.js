import { drawLabel, drawMarker, strokeCased } from "./draw.js";

const CLOSE = 0.75; // px; path points nearer than this to the last drawn one add nothing

/**
 * Draws the descent paths of a scene through a view's projection. A view is
 * `{dimensions, low, high, project(point) -> [px, py], clip: [left, top, width, height]}`;
 * what lies outside `low`..`high` is cut off exactly, however far away it is.
 */
export class PathLayer {
  #lines = [];
  #places = new Map();
  #scene = null;
  #view = null;

  /** Take another scene or projection: all lines are laid out again. */
  layOut(scene, view) {
    this.#scene = scene;
    this.#view = view;
    this.#lines = scene.runs.map((run) => layOutLine(run, scene.frames.count, view));
  }

  /** Draw everything up to a frame. */
  draw(context, { frame, focus, theme, texts }) {
    const { runs, minimizers, start } = this.#scene;
    const [left, top, width, height] = this.#view.clip;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    for (const point of minimizers) this.#drawSpot(context, point, { shape: "star", radius: 7, color: "#ffffff" });
    this.#drawSpot(context, start, { shape: "circle", radius: 3.5, color: "#1d2730" });
    const order = runs.map((_, i) => i).sort((a, b) => (runs[a].id === focus) - (runs[b].id === focus));
    const heads = order.map((i) => this.#drawRun(context, i, { frame, focus, theme }));
    for (const head of heads) if (head.at) drawMarker(context, head.marker);
    this.#drawLabels(context, heads.filter((head) => head.at).reverse(), { theme, texts });
    context.restore();
    context.globalAlpha = 1;
  }

  #drawSpot(context, [x, y], marker) {
    const height = this.#view.heightAt?.(x, y) ?? 0;
    const point = [x, y, height];
    if (!isInside(point, this.#view)) return;
    const [px, py] = this.#view.project(point);
    drawMarker(context, { ...marker, x: px, y: py });
  }

  #drawRun(context, index, { frame, focus, theme }) {
    const run = this.#scene.runs[index];
    const color = run.color[theme.mode];
    const focused = run.id === focus;
    context.globalAlpha = focus && !focused ? 0.35 : 1;
    const at = this.#trace(context, this.#lines[index], run, frame);
    strokeCased(context, { color, dash: run.dash, width: focused ? 3.4 : 2.2 });
    context.globalAlpha = 1;
    const marker = at && { shape: run.marker, x: at[0], y: at[1], radius: focused ? 7 : 5.5, color };
    return { run, at, marker };
  }

  /** Put the path up to the frame on the canvas; returns where its head is drawn, if it is. */
  #trace(context, line, run, { index, fraction }) {
    context.beginPath();
    for (let i = 0; i < line.frame.length && line.frame[i] <= index; i += 1) {
      if (line.starts[i]) context.moveTo(line.x[i], line.y[i]);
      else context.lineTo(line.x[i], line.y[i]);
    }
    const from = pointOf(run, index);
    const next = pointOf(run, index + 1);
    const head = fraction > 0 && isFinitePoint(next) ? between(from, next, fraction) : from;
    if (!isFinitePoint(head)) return null;
    const span = clipSegment(from, head, this.#view);
    if (span) {
      for (const t of span) context.lineTo(...this.#view.project(between(from, head, t)));
    }
    return isInside(head, this.#view) ? this.#view.project(head) : null;
  }

  /** Each head keeps its label's side while that side stays free, so labels do not flicker. */
  #drawLabels(context, heads, { theme }) {
    context.font = `600 12px ${theme.font}`;
    const taken = [];
    for (const { run, at, marker } of heads) {
      const size = [context.measureText(run.label).width, 13];
      const places = labelPlaces(at, size, marker.radius);
      const kept = this.#places.get(run.id) ?? 0;
      const isFree = (place) => isWithin(place, this.#view.clip) && !taken.some((other) => overlap(place, other));
      const free = isFree(places[kept]) ? kept : places.findIndex(isFree);
      if (free < 0) continue;
      this.#places.set(run.id, free);
      const place = places[free];
      taken.push(place);
      drawLabel(context, { text: run.label, x: place[0], y: place[1] + place[3] / 2, color: theme.text, theme });
    }
  }
}

function layOutLine(run, count, view) {
  const line = { x: [], y: [], frame: [], starts: [] };
  const push = (point, frame, starts) => {
    const [x, y] = view.project(point);
    const last = line.x.length - 1;
    const close = last >= 0 && Math.abs(x - line.x[last]) < CLOSE && Math.abs(y - line.y[last]) < CLOSE;
    if (close && !starts) return;
    line.x.push(x);
    line.y.push(y);
    line.frame.push(frame);
    line.starts.push(starts);
  };
  let connected = false;
  for (let k = 1; k < count; k += 1) {
    const from = pointOf(run, k - 1);
    const to = pointOf(run, k);
    const span = clipSegment(from, to, view);
    if (span && (!connected || span[0] > 0)) push(between(from, to, span[0]), k, true);
    if (span) push(between(from, to, span[1]), k, false);
    connected = span !== null && span[1] === 1;
  }
  return line;
}

function pointOf(run, k) {
  return [run.xy[2 * k], run.xy[2 * k + 1], run.heights[k]];
}

function between(from, to, t) {
  return from.map((value, i) => (t === 0 ? value : t === 1 ? to[i] : value + t * (to[i] - value)));
}

function isFinitePoint([x, y]) {
  return Number.isFinite(x) && Number.isFinite(y);
}

function isInside(point, { dimensions, low, high }) {
  for (let i = 0; i < dimensions; i += 1) {
    if (!(point[i] >= low[i] && point[i] <= high[i])) return false;
  }
  return true;
}

/** The part [t0, t1] of a segment inside the box (Liang–Barsky), or null. */
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

/** Boxes [left, top, width, height] around a head where its label may stand, best first. */
function labelPlaces([x, y], [width, height], radius) {
  const gap = radius + 5;
  const rows = [0, -1, 1, -2, 2, -3, 3, -4, 4];
  const right = rows.map((row) => [x + gap, y - height / 2 + row * (height + 2), width, height]);
  const left = rows.map((row) => [x - gap - width, y - height / 2 + row * (height + 2), width, height]);
  return [...right, ...left];
}

function isWithin([x, y, width, height], [left, top, outerWidth, outerHeight]) {
  return x >= left && y >= top && x + width <= left + outerWidth && y + height <= top + outerHeight;
}

function overlap(a, b) {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
