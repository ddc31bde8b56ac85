import { linearScale } from "./axes.js";
import { strokeAhead, strokePlain } from "./draw.js";
import { drawExit, exitOf } from "./exit_arrows.js";
import { Kind } from "./fit_kind.js";
import { Line } from "./line.js";
import { extent } from "./scene.js";
import { subscript } from "./texts.js";
/** @import { Frame } from "./axes.js" */
/** @import { Context, Decoded, Run, State } from "./drawn.d.ts" */
/** @import { ParamsFit } from "./messages.d.ts" */

/** @typedef {{index: number, side: number, value?: number}} Exit */

/**
 * Params over the steps, one below the other.
 *
 * @extends {Kind<Decoded<ParamsFit>>}
 */
export class ParamsView extends Kind {
  #values = this.scene.runs.map((run) => this.scene.param_names.map((_, j) => this.#valuesOf(run, j)));
  /** @type {Line[][]} */
  #lines = [];
  /** @type {(Exit | null)[][]} */
  #exits = [];

  scales() {
    const { scene, texts } = this;
    return scene.param_names.map((name, j) => ({
      x: linearScale([0, scene.last_step], { label: texts.axis_steps, whole: true }),
      y: linearScale(this.#range(j), { room: 0.08, label: subscript(name) }),
    }));
  }

  /** @param {Context} context */
  drawStill(context) {
    const { steps, frames: { count } } = this.scene;
    const each = (/** @type {(values: Float64Array, frame: Frame) => any} */ make) => this.#values.map((values) => this.chart.frames.map((frame, j) => make(values[j], frame)));
    this.#exits = each(lastOf);
    this.#lines = each((values, frame) => new Line(frame, { count, x: (k) => steps[k], y: (k) => values[k] }));
    this.#traceAll(context, count - 1, ({ color, dash }) => strokeAhead(context, { color: color[this.theme.mode], dash }));
    context.globalAlpha = 0.45;
    this.#drawExits(context, count);
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, focus }) {
    this.#traceAll(context, index, ({ id, color, dash }) => {
      context.globalAlpha = focus && id !== focus ? 0.3 : 1;
      strokePlain(context, { color: color[this.theme.mode], dash, width: 2 });
    });
    this.#drawExits(context, index);
  }

  /** Runs of which a param ends outside of its picture. */
  get left() {
    return this.scene.runs.filter((_, i) => this.#exits[i]?.some((exit) => exit?.side));
  }

  /** @param {Context} context @param {number} index */
  #drawExits(context, index) {
    const { runs, steps } = this.scene;
    this.chart.frames.forEach((frame, j) => runs.forEach((run, i) => {
      const exit = this.#exits[i]?.[j];
      if (exit && index >= exit.index) drawExit(context, frame, { ...exit, x: steps[exit.index], run, theme: this.theme });
    }));
  }

  /** @param {Context} context @param {number} index @param {(run: Run) => void} stroke */
  #traceAll(context, index, stroke) {
    this.chart.frames.forEach((frame, j) => frame.clipped(context, () => {
      this.scene.runs.forEach((run, i) => {
        context.beginPath();
        this.#lines[i][j].trace(context, index);
        stroke(run);
      });
    }));
  }

  /** @param {Run} run @param {number} j */
  #valuesOf({ params }, j) {
    const values = new Float64Array(this.scene.frames.count);
    for (let k = 0; k < values.length; k += 1) values[k] = params ? params[k * this.size + j] : NaN;
    return values;
  }

  /**
   * Lowest and highest value that a param takes while its run is inside the surface's box.
   *
   * @param {number} j
   */
  #range(j) {
    const { runs, surface: { box: [[left, right], [bottom, top]] } } = this.scene;
    let low = Infinity, high = -Infinity;
    runs.forEach(({ xy }, i) => this.#values[i][j].forEach((value, k) => {
      const x = xy[2 * k], y = xy[2 * k + 1];
      if (!(x >= left && x <= right && y >= bottom && y <= top)) return;
      if (value < low) low = value;
      if (value > high) high = value;
    }));
    return extent([low, high]);
  }
}

/**
 * Where values leave their picture for good, or are lost inside of it.
 *
 * @param {Float64Array} values
 * @param {Frame} frame
 * @returns {Exit | null}
 */
function lastOf(values, frame) {
  const last = values.findLastIndex(Number.isFinite);
  const exit = exitOf(values.subarray(0, last + 1), frame);
  return exit || last === values.length - 1 || last < 0 ? exit : { index: last, side: 0, value: values[last] };
}
