import { strokeHaloed } from "./draw.js";
/** @import { Chart, Scale } from "./axes.js" */
/** @import { Context, Fit, Run, Scene, State, Texts, Theme } from "./drawn.d.ts" */
/** @import { Point } from "./messages.d.ts" */

const DISC = 8; // px; radius of the disc of a usual penalty

/**
 * What all pictures of the data have in common; a subclass draws one kind of fit.
 *
 * @template {Fit} [F=Fit]
 */
export class Kind {
  /** @param {{scene: Scene, theme: Theme, texts: Texts, chart: Chart}} parts */
  constructor({ scene, theme, texts, chart }) {
    this.scene = scene;
    this.theme = theme;
    this.texts = texts;
    this.chart = chart;
    this.fit = /** @type {F} */ (scene.fit);
    this.size = scene.n_params;
  }

  get frame() {
    return this.chart.frames[0];
  }

  /** Number of predictions of a key frame. */
  get points() {
    return 0;
  }

  /**
   * Data places of the points, as arrays; a picture without points has none.
   *
   * @returns {(number[] | Float32Array)[]}
   */
  get places() {
    return [[], []];
  }

  /**
   * Runs that leave the picture for good.
   *
   * @returns {Run[]}
   */
  get left() {
    return [];
  }

  /**
   * Scales of the frames.
   *
   * @returns {{x: Scale, y: Scale}[]}
   */
  scales() {
    return [];
  }

  /**
   * Make the frames, and draw their axes.
   *
   * @param {{x: Scale, y: Scale}[]} scales
   */
  begin(scales) {
    this.chart.begin(scales, this.theme);
  }

  /**
   * What else the data are drawn from than the axes: as long as these are the same, the picture is. Null where it always
   * is another one.
   *
   * @returns {unknown[] | null}
   */
  get standing() {
    return null;
  }

  /**
   * Draw the data.
   *
   * @param {Context} _context
   */
  drawStill(_context) {}

  /**
   * Draw the fit of every run.
   *
   * @param {Context} _context
   * @param {State} _state
   */
  drawMoving(_context, _state) {}

  /**
   * Number of the data point nearest to a pixel, null if none is within reach.
   *
   * @param {number[]} pixel
   * @param {number} reach
   */
  nearestPoint([px, py], reach) {
    const [xs, ys] = this.places;
    /** @type {{away: number, index: number | null}} */
    let nearest = { away: reach, index: null };
    for (let i = 0; i < xs.length; i += 1) {
      const away = Math.hypot(this.frame.px(xs[i]) - px, this.frame.py(ys[i]) - py);
      if (away < nearest.away) nearest = { away, index: i };
    }
    return nearest.index;
  }

  /**
   * Data place of a pixel, kept inside the picture and within reach.
   *
   * @param {number[]} pixel
   */
  dataAt([px, py]) {
    const { frame, fit: { reach = Infinity } } = this;
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.min(Math.max(value, low), high);
    const [x, y] = [frame.xAt(inside(px, frame.left, frame.left + frame.width)), frame.yAt(inside(py, frame.top, frame.top + frame.height))];
    return { x: inside(x, -reach, reach), y: inside(y, -reach, reach) };
  }

  /**
   * A point, where it is.
   *
   * @param {number} index
   */
  pointAt(index) {
    const [xs, ys] = this.places;
    return { index, x: xs[index], y: ys[index] };
  }

  /**
   * Put a point elsewhere, until the next scene says where it is.
   *
   * @param {Point} point
   */
  movePoint({ index, x, y }) {
    const [xs, ys] = this.places;
    if (index < xs.length) [xs[index], ys[index]] = [x, y];
  }

  /**
   * Draw what every sample costs the focused (or the only) run, where the scene tells it.
   *
   * @param {Context} context
   * @param {State} state
   */
  drawPenalties(context, { index, focus }) {
    const { residuals: mark, residual_values: sent, residual_unit: unit = 1, penalties } = this.fit;
    const run = this.shaded(this.runsAt(index, focus), focus);
    if (!mark || !run) return;
    const { frame } = this;
    const [xs, ys] = this.places;
    const values = penalties?.(run, index) ?? sent?.subarray(index * xs.length, (index + 1) * xs.length);
    if (!values) return;
    context.strokeStyle = context.fillStyle = run.color[this.theme.mode];
    context.lineWidth = 1.2;
    frame.clipped(context, () => {
      for (let i = 0; i < xs.length; i += 1) {
        const value = values[i];
        if (!Number.isFinite(value)) continue;
        const [px, py] = [frame.px(xs[i]), frame.py(ys[i])];
        context.beginPath();
        if (mark === "disc") context.arc(px, py, DISC * Math.sqrt(Math.max(value, 0) / unit), 0, 7);
        else traceResidual(context, mark, { px, py, end: frame.py(value), frame });
        context.globalAlpha = 0.16;
        if (mark !== "bar") context.fill();
        context.globalAlpha = mark === "bar" ? 0.9 : 0.6;
        context.stroke();
      }
      context.globalAlpha = 1;
    });
  }

  /**
   * The run that is shown in detail: the focused one, or the only one.
   *
   * @param {Run[]} runs
   * @param {string | null} focus
   */
  shaded(runs, focus) {
    return runs.find((run) => run.id === focus) ?? (this.scene.runs.length === 1 ? runs[0] : null);
  }

  /**
   * Ring the samples of the batch at a frame, where the scene tells them.
   *
   * @param {Context} context
   * @param {number} index
   */
  drawBatch(context, index) {
    const { batches, batch_size: size } = this.fit;
    if (!batches || !size) return;
    const [xs, ys] = this.places;
    this.frame.clipped(context, () => {
      for (const i of batches.subarray(index * size, (index + 1) * size)) {
        if (!(i >= 0)) continue;
        context.beginPath();
        context.arc(this.frame.px(xs[i]), this.frame.py(ys[i]), 5, 0, 7);
        strokeHaloed(context, { color: this.theme.text, dash: [], width: 2 }, this.theme);
      }
    });
  }

  /**
   * Runs with finite params at a frame; the focused one last, so that it lies on top.
   *
   * @param {number} index
   * @param {string | null} focus
   */
  runsAt(index, focus) {
    const alive = this.scene.runs.filter((run) => Number.isFinite(run.xy[2 * index]));
    return alive.sort((a, b) => Number(a.id === focus) - Number(b.id === focus));
  }

  /**
   * @param {Context} context
   * @param {Run} run
   * @param {string | null} focus
   */
  stroke(context, run, focus) {
    const look = { color: run.color[this.theme.mode], dash: run.dash, width: run.id === focus ? 2.8 : 2 };
    context.globalAlpha = focus && run.id !== focus ? 0.35 : 1;
    strokeHaloed(context, look, this.theme);
    context.globalAlpha = 1;
  }

  /**
   * Prediction at point `i`: sent for key frames, asked of the model, or the basis times the params.
   *
   * @param {Run} run
   * @param {number} index
   * @param {number} i
   */
  predict(run, index, i) {
    const { fit, size } = this;
    const { basis, key_frames: keys } = fit;
    let sum = 0;
    const outputs = run.outputs ? undefined : fit.outputs?.(run, index);
    if (outputs) sum = outputs[i];
    else if (run.outputs && keys) sum = run.outputs[keyOf(keys, index) * this.points + i];
    else if (run.params && basis) for (let j = 0; j < size; j += 1) sum += basis[i * size + j] * run.params[index * size + j];
    return "link" in fit && fit.link === "sigmoid" ? 1 / (1 + Math.exp(-sum)) : sum;
  }
}

/**
 * The residual from a point to its prediction, or a square on it that stays in the picture.
 *
 * @param {Context} context
 * @param {"square" | "bar"} mark
 * @param {{px: number, py: number, end: number, frame: import("./axes.js").Frame}} from
 */
function traceResidual(context, mark, { px, py, end, frame }) {
  const side = Math.abs(end - py);
  const left = px + side > frame.left + frame.width ? px - side : px;
  if (mark === "square") context.rect(left, Math.min(py, end), side, side);
  else {
    context.moveTo(px, py);
    context.lineTo(px, end);
  }
}

/**
 * Number of the last key frame at or before a frame.
 *
 * @param {number[]} keys
 * @param {number} index
 */
export function keyOf(keys, index) {
  let key = keys.length - 1;
  while (keys[key] > index) key -= 1;
  return key;
}
