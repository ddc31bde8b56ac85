import { linearScale, traceLine } from "./axes.js";
import { drawPoint, strokePlain } from "./draw.js";
import { drawExit, exitOf } from "./exit_arrows.js";
import { Kind } from "./fit_kind.js";
import { extent } from "./scene.js";
import { subscript } from "./texts.js";
/** @import { Frame } from "./axes.js" */
/** @import { Context, Decoded, Run, State } from "./drawn.d.ts" */
/** @import { CurveFit, ParamsFit, ScatterFit } from "./messages.d.ts" */

/** @typedef {{index: number, side: number, value?: number}} Exit */

/**
 * Predictions over one feature.
 *
 * @extends {Kind<Decoded<CurveFit>>}
 */
export class CurveView extends Kind {
  get places() {
    return [this.fit.x, this.fit.y];
  }

  get points() {
    return this.fit.grid.length;
  }

  scales() {
    const { fit } = this;
    const x = linearScale(extent(fit.grid), { label: fit.labels[0] });
    return [{ x, y: linearScale(extent(fit.y), { room: 0.12, label: fit.labels[1] }) }];
  }

  /** @param {Context} context */
  drawStill(context) {
    const { fit, frame, theme } = this;
    const look = { shape: "circle", radius: fit.x.length > 200 ? 2 : 2.8, fill: theme.classes[0], stroke: theme.text };
    frame.clipped(context, () => {
      context.globalAlpha = 0.75;
      fit.x.forEach((x, i) => drawPoint(context, { ...look, x: frame.px(x), y: frame.py(fit.y[i]) }));
    });
  }

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, focus }) {
    const { fit, frame } = this;
    frame.clipped(context, () => {
      for (const run of this.runsAt(index, focus)) {
        context.beginPath();
        traceLine(context, frame, { count: fit.grid.length, x: (i) => fit.grid[i], y: (i) => this.predict(run, index, i) });
        this.stroke(context, run, focus);
      }
    });
  }
}

/**
 * Predictions over what they should be.
 *
 * @extends {Kind<Decoded<ScatterFit>>}
 */
export class ScatterView extends Kind {
  get points() {
    return this.fit.y.length;
  }

  scales() {
    const range = extent(this.fit.y);
    const [x, y] = this.fit.labels.map((label) => linearScale(range, { room: 0.1, label }));
    return [{ x, y }];
  }

  /** @param {Context} context */
  drawStill(context) {
    const { frame, theme } = this;
    const { low, high } = frame.x;
    context.beginPath();
    context.moveTo(frame.px(low), frame.py(low));
    context.lineTo(frame.px(high), frame.py(high));
    strokePlain(context, { color: theme.muted, dash: [4, 4], width: 1.2 });
  }

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, focus }) {
    const { fit, frame, theme } = this;
    frame.clipped(context, () => {
      for (const run of this.runsAt(index, focus)) {
        const look = { shape: run.marker, radius: 2.4, fill: run.color[theme.mode], stroke: theme.background };
        context.globalAlpha = focus && run.id !== focus ? 0.15 : 0.75;
        fit.y.forEach((y, i) => {
          drawPoint(context, { ...look, x: frame.px(y), y: frame.py(this.predict(run, index, i)) });
        });
      }
    });
  }
}

/**
 * Params over the steps.
 *
 * @extends {Kind<Decoded<ParamsFit>>}
 */
export class ParamsView extends Kind {
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
    const { count } = this.scene.frames;
    this.#exits = this.scene.runs.map((run) => this.chart.frames.map((frame, j) => this.#exit(run, frame, j)));
    context.globalAlpha = 0.28;
    for (const run of this.scene.runs) this.#stroke(context, run, { count });
    context.globalAlpha = 0.45;
    this.#drawExits(context, count);
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, focus }) {
    for (const run of this.scene.runs) {
      context.globalAlpha = focus && run.id !== focus ? 0.3 : 1;
      this.#stroke(context, run, { count: index + 1 });
    }
    context.globalAlpha = 1;
    this.#drawExits(context, index);
  }

  /** Runs of which a param ends outside of its picture. */
  get left() {
    return this.scene.runs.filter((_, i) => this.#exits[i]?.some((exit) => exit?.side));
  }

  /**
   * Where a param leaves its picture for good, or is lost inside of it.
   *
   * @param {Run} run
   * @param {Frame} frame
   * @param {number} j
   * @returns {Exit | null}
   */
  #exit(run, frame, j) {
    const values = Array.from({ length: this.scene.frames.count }, (_, k) => run.params?.[k * this.size + j] ?? NaN);
    const last = values.findLastIndex(Number.isFinite);
    const exit = exitOf(values.slice(0, last + 1), frame);
    return exit || last === values.length - 1 || last < 0 ? exit : { index: last, side: 0, value: values[last] };
  }

  /** @param {Context} context @param {number} index */
  #drawExits(context, index) {
    const { runs, steps } = this.scene;
    this.chart.frames.forEach((frame, j) => runs.forEach((run, i) => {
      const exit = this.#exits[i]?.[j];
      if (exit && index >= exit.index) drawExit(context, frame, { ...exit, x: steps[exit.index], run, theme: this.theme });
    }));
  }

  /** @param {Context} context @param {Run} run @param {{count: number}} part */
  #stroke(context, run, { count }) {
    this.chart.frames.forEach((frame, j) => frame.clipped(context, () => {
      context.beginPath();
      traceLine(context, frame, { count, x: (k) => this.scene.steps[k], y: (k) => run.params?.[k * this.size + j] ?? NaN });
      strokePlain(context, { color: run.color[this.theme.mode], dash: run.dash, width: 2 });
    }));
  }

  /**
   * Values that a param takes while its run is inside the surface's box.
   *
   * @param {number} j
   */
  #range(j) {
    const { runs, surface: { box: [[left, right], [bottom, top]] } } = this.scene;
    const values = runs.flatMap(({ xy, params }) =>
      Array.from({ length: xy.length / 2 }, (_, k) => k)
        .filter((k) => xy[2 * k] >= left && xy[2 * k] <= right && xy[2 * k + 1] >= bottom && xy[2 * k + 1] <= top)
        .map((k) => params?.[k * this.size + j] ?? NaN));
    return extent(values);
  }
}
