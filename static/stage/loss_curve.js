import { Chart, linearScale, logScale } from "./axes.js";
import { drawLabel, drawPoint, strokeAhead, strokeHaloed, strokePlain } from "./draw.js";
import { drawExit, exitOf } from "./exit_arrows.js";
import { Line } from "./line.js";
import { number } from "./numbers.js";
import { stepOf } from "./scene.js";
import { Threads } from "./threads.js";
/** @import { Context, Numbers, Parts, Run, Scene, State, Theme } from "./drawn.d.ts" */

const DECADES = 18; // a log axis shows at most this many
const NEAR = 24; // px; how near a curve the pointer has to be

/** The loss of every run over steps, epochs or gradient evaluations. */
export class LossCurve {
  #chart;
  /** @type {Scene} */
  #scene;
  #axis = "steps";
  /** @type {Theme} */
  #theme;
  /** @type {Map<Run, Line>} */
  #lines = new Map();
  /** @type {Map<Run, Line>} */
  #tests = new Map();
  #testWord = "";
  /** @type {Map<string, ReturnType<typeof exitOf>>} */
  #exits = new Map();
  /** @type {Threads | null} */
  #threads = null;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#chart = new Chart(host);
  }

  /** The canvases that it is drawn on. */
  get sheets() {
    return [this.#chart.still, this.#chart.moving];
  }

  /**
   * Draw what does not move: axes and the faint full curves.
   *
   * @param {Parts} parts
   */
  layOut({ scene, options, theme, texts }) {
    this.#scene = scene;
    this.#axis = scene.crowd.length ? "steps" : options.axis; // a crowd is told by its steps only
    this.#theme = theme;
    const longest = Math.max(scene.crowd.length ? scene.last_step : 0, ...scene.runs.map((run) => this.#place(run, scene.frames.count - 1)));
    const x = linearScale([0, longest], { label: texts[`axis_${this.#axis}`], whole: this.#axis !== "epochs" });
    this.#chart.begin([{ x, y: lossScale(scene, options.scale) }], theme);
    this.#lines = new Map(this.#frame ? scene.runs.map((run) => [run, this.#lineOf(run)]) : []);
    this.#frame?.clipped(this.#chart.still.context, (context) => {
      for (const run of scene.runs) {
        context.beginPath();
        this.#lines.get(run)?.trace(context);
        strokeAhead(context, { color: run.color[theme.mode], dash: run.dash });
      }
      for (const band of scene.bands) this.#drawBand(context, band);
    });
    this.#tests = new Map();
    this.#testWord = texts.test;
    this.#layOutCrowd(theme);
    this.#exits = new Map(this.#frame ? scene.runs.map((run) => [run.id, exitOf(run.loss, this.#frame)]) : []);
    this.#chart.still.context.globalAlpha = 0.45;
    for (const run of scene.runs) this.#drawExit(this.#chart.still.context, run, Infinity);
    this.#chart.still.context.globalAlpha = 1;
  }

  /**
   * Draw the travelled part strongly, and where each run is now.
   *
   * @param {State} state
   */
  draw({ index, focus, lit }) {
    if (!this.#frame) return;
    const { runs } = this.#scene;
    this.#chart.moving.clear();
    this.#threads?.draw(index);
    this.#frame.clipped(this.#chart.moving.context, (context) => {
      this.#drawCursor(context, index);
      for (const run of runs) {
        context.globalAlpha = focus && run.id !== focus ? 0.3 : 1;
        context.beginPath();
        this.#lines.get(run)?.trace(context, index);
        strokeHaloed(context, { color: run.color[this.#theme.mode], dash: run.dash, width: run.id === focus ? 3 : 2 }, this.#theme);
      }
    });
    this.#drawTest(runs.find(({ id }) => id === lit), index);
    for (const run of runs) this.#drawHead(run, index);
    for (const run of runs) this.#drawExit(this.#chart.moving.context, run, index);
  }

  /**
   * Step at a pixel of the chart. Where runs differ in pace, the first one counts.
   *
   * @param {number} px
   */
  stepAt(px) {
    const [run] = this.#scene?.runs ?? [];
    return run && this.#frame ? Math.round(this.#frame.xAt(px) / this.#unit(run)) : 0;
  }

  /**
   * Name and loss of the run nearest to a pixel; empty where none is near.
   *
   * @param {number} px
   * @param {number} py
   */
  describe(px, py) {
    let nearest = { away: NEAR, text: "" };
    if (!this.#frame) return "";
    for (const run of this.#scene.runs) {
      const step = this.#frame.xAt(px) / this.#unit(run);
      const loss = run.loss[Math.round(step / this.#scene.frames.stride)];
      const away = Math.abs(this.#frame.py(loss) - py);
      if (away < nearest.away) nearest = { away, text: `${run.label}  ${number(loss)}` };
    }
    return nearest.text;
  }

  /** Runs that end above or below the picture. */
  get left() {
    return this.#scene.runs.filter((run) => this.#exits.get(run.id));
  }

  get #frame() {
    return this.#chart.frames[0];
  }

  /**
   * Place of a frame on the x axis.
   *
   * @param {Run} run
   * @param {number} k
   */
  #place(run, k) {
    if (this.#axis === "gradients") return run.evaluations[k];
    const step = stepOf(run, this.#scene.steps[k]);
    return this.#axis === "epochs" ? step / run.steps_per_epoch : step;
  }

  /**
   * Mean length of one step on the x axis.
   *
   * @param {Run} run
   */
  #unit(run) {
    return this.#place(run, this.#scene.frames.count - 1) / (this.#scene.last_step || 1);
  }

  /** @param {Theme} theme */
  #layOutCrowd(theme) {
    const { crowd, steps } = this.#scene, frame = this.#frame;
    if (crowd.length) this.#threads ??= new Threads(this.#chart.moving.host, this.#chart.moving.canvas);
    if (!frame) return;
    const { left, top, width, height } = frame, x = Float64Array.from(steps, (step) => frame.px(step));
    const threads = crowd.map(({ loss, color }) => ({ x: x.slice(), y: Float64Array.from(loss, (value) => frame.py(value)), color: color[theme.mode] }));
    this.#threads?.layOut(threads, [left, top, width, height]);
  }

  /** @param {Run} run @param {Numbers} [losses] */
  #lineOf(run, losses = run.loss) {
    return new Line(this.#frame, { count: this.#scene.frames.count, x: (k) => this.#place(run, k), y: (k) => losses[k] });
  }

  /**
   * The loss on what a run never learned from, dotted: of the one whose network is shown.
   *
   * @param {Run | undefined} run
   * @param {number} index
   */
  #drawTest(run, index) {
    if (!run?.testLoss) return;
    const line = this.#tests.get(run) ?? this.#lineOf(run, run.testLoss), theme = this.#theme, { context } = this.#chart.moving;
    this.#tests.set(run, line);
    const color = run.color[theme.mode], [x, y] = [line.x[index], line.y[index]];
    this.#frame.clipped(context, () => {
      context.beginPath();
      line.trace(context, index);
      strokePlain(context, { color, dash: [2, 3], width: 1.6 });
      if (!Number.isFinite(x + y)) return;
      context.font = `${11 * theme.size}px ${theme.font}`;
      const isLate = x > this.#frame.left + 0.75 * this.#frame.width;
      drawLabel(context, { text: this.#testWord, x: x + (isLate ? -8 : 8), y: y - 9 * theme.size, color: theme.text, theme, align: isLate ? "right" : "left" });
    });
  }

  /**
   * A spread between two curves, and the curve in its middle, over the pace of the first run.
   *
   * @param {Context} context
   * @param {Scene["bands"][number]} band
   */
  #drawBand(context, { color, low, middle, high }) {
    const [run] = this.#scene.runs;
    const x = (/** @type {number} */ k) => this.#frame.px(this.#place(run, k));
    const bottom = this.#frame.top + this.#frame.height;
    const y = (/** @type {number} */ value) => Math.min(Math.max(this.#frame.py(value), this.#frame.top - 9), bottom + 9) || bottom + 9;
    context.beginPath();
    for (let k = 0; k < low.length; k += 1) context.lineTo(x(k), y(high[k]));
    for (let k = low.length - 1; k >= 0; k -= 1) context.lineTo(x(k), y(low[k]));
    context.closePath();
    context.globalAlpha = 0.25;
    context.fillStyle = color[this.#theme.mode];
    context.fill();
    context.globalAlpha = 0.9;
    context.beginPath();
    new Line(this.#frame, { count: middle.length, x: (k) => this.#place(run, k), y: (k) => middle[k] }).trace(context);
    strokePlain(context, { color: color[this.#theme.mode], dash: [5, 4], width: 1.6 });
    context.globalAlpha = 1;
  }

  /**
   * One upright line, where all runs share the pace of the axis.
   *
   * @param {Context} context
   * @param {number} index
   */
  #drawCursor(context, index) {
    const { runs, crowd, steps } = this.#scene;
    const places = new Set(crowd.length ? [steps[index]] : runs.map((run) => this.#place(run, index)));
    if (places.size !== 1) return;
    const { top, height } = this.#frame;
    const px = Math.round(this.#frame.px([...places][0])) + 0.5;
    context.beginPath();
    context.moveTo(px, top);
    context.lineTo(px, top + height);
    strokePlain(context, { color: this.#theme.axis, dash: [], width: 1 });
  }

  /**
   * An arrow at the edge where a run leaves the picture for good.
   *
   * @param {Context} context
   * @param {Run} run
   * @param {number} index
   */
  #drawExit(context, run, index) {
    const exit = this.#exits.get(run.id);
    if (!exit || index < exit.index) return;
    drawExit(context, this.#frame, { side: exit.side, x: this.#place(run, exit.index), run, theme: this.#theme });
  }

  /** @param {Run} run @param {number} index */
  #drawHead(run, index) {
    const { top, height } = this.#frame;
    const x = this.#frame.px(this.#place(run, index));
    const y = this.#frame.py(run.loss[index]);
    if (!(y >= top - 1 && y <= top + height + 1)) return;
    const look = { shape: run.marker, fill: run.color[this.#theme.mode], stroke: this.#theme.background };
    drawPoint(this.#chart.moving.context, { ...look, x, y, radius: 4.5 });
  }
}

/**
 * Says whether a log axis has to leave out losses that are zero or negative.
 *
 * @param {Scene} scene
 */
export function hasGaps(scene) {
  return [...scene.runs, ...scene.crowd].some((run) => run.loss.some((loss) => loss <= 0));
}

/**
 * Range of the loss axis. A run that diverges is followed to twice the height of the surface, and one
 * that falls without end to as far below the surface as it is high: all others stay readable.
 *
 * @param {Scene} scene
 * @param {"log" | "linear"} scale
 */
function lossScale({ runs: named, crowd, surface }, scale) {
  const runs = [...named, ...crowd];
  const starts = runs.map((run) => run.loss[0]).filter(Number.isFinite);
  const top = Math.max(surface.losses[1], ...starts), highest = 2 * Math.abs(top);
  if (scale === "linear") {
    const bottom = Math.min(surface.losses[0], ...starts);
    return linearScale(lossesBetween(runs, bottom - Math.max(top - bottom, 1e-12), highest), { room: 0.04 });
  }
  const [low, high] = lossesBetween(runs, Number.MIN_VALUE, highest);
  return low > 0 ? logScale([Math.max(low, high / 10 ** DECADES), high]) : logScale([0.1, 1]);
}

/**
 * Lowest and highest loss of all between two; [0, 1] where there is none.
 *
 * @param {{loss: Numbers}[]} runs
 * @param {number} low
 * @param {number} high
 * @returns {[number, number]}
 */
function lossesBetween(runs, low, high) {
  let lowest = Infinity, highest = -Infinity;
  for (const { loss } of runs) {
    for (let k = 0; k < loss.length; k += 1) {
      if (!(loss[k] >= low && loss[k] <= high)) continue;
      if (loss[k] < lowest) lowest = loss[k];
      if (loss[k] > highest) highest = loss[k];
    }
  }
  return lowest <= highest ? [lowest, highest] : [0, 1];
}
