import { Chart, linearScale } from "../stage/axes.js";
import { drawLabel, drawMarker, strokeAhead, strokeHaloed, strokePlain } from "../stage/draw.js";
import { Line } from "../stage/line.js";
import { shortNumber } from "../stage/numbers.js";
import { extent } from "../stage/scene.js";
import { fill } from "../stage/texts.js";
/** @import { Context, Decoded, Parts, Scene, State, Texts, Theme } from "../stage/drawn.d.ts" */
/** @import { EdgeRun } from "../stage/messages.d.ts" */

const ROOM = 1.5; // products up to this many times the highest limit are drawn

/**
 * Where the sharpness of a run was measured on the stage: null for one that is as the page knows it, undefined as long as
 * it is being measured.
 *
 * @typedef {(run: number) => {steps: number[], values: ArrayLike<number>} | null | undefined} Looks
 *
 * @typedef {object} Drawn
 * @property {Decoded<EdgeRun>} run
 * @property {number[]} steps
 * @property {number[]} products
 * @property {boolean} waits whether the run is another one by now
 * @property {Line} [line]
 */

/** Learning rate times sharpness over the steps, against the limit of stability of each rule. */
export class EdgeChart {
  #chart;
  #looks;
  /** @type {Scene} */
  #scene;
  /** @type {Theme} */
  #theme;
  /** @type {Texts} */
  #texts;
  /** @type {Drawn[]} */
  #drawn = [];

  /** @param {HTMLElement} host @param {Looks} looks */
  constructor(host, looks) {
    this.#chart = new Chart(host);
    this.#looks = looks;
  }

  /** The canvases that it is drawn on. */
  get sheets() {
    return [this.#chart.still, this.#chart.moving];
  }

  /** Whether it draws a run as it was before it came out otherwise. */
  get waits() {
    return this.#drawn.some(({ waits }) => waits);
  }

  get #limits() {
    return new Set(this.#drawn.map(({ run }) => run.limit));
  }

  /** @param {Parts} parts */
  layOut({ scene, theme, texts }) {
    this.#scene = scene;
    this.#theme = theme;
    this.#texts = texts;
    if (!scene.edge) return;
    const { runs } = scene.edge, top = Math.max(...runs.map(({ limit }) => limit));
    this.#drawn = runs.map((run) => ({ run, ...this.#measured(run) }));
    const [, highest] = extent(this.#drawn.flatMap(({ products }) => products));
    const y = linearScale([0, Math.min(Math.max(highest, 1.15 * top), ROOM * top)], { label: texts.network_product });
    this.#chart.begin([{ x: linearScale([0, scene.last_step], { label: texts.axis_steps, whole: true }), y }], theme);
    const { still: { context }, frames: [frame] } = this.#chart;
    frame?.clipped(context, () => {
      for (const limit of this.#limits) this.#drawLimit(context, limit);
      for (const each of this.#drawn) {
        const { run: { color, dash }, steps, products, waits } = each;
        each.line = new Line(frame, { count: steps.length, x: (i) => steps[i], y: (i) => products[i] });
        if (waits) continue;
        context.beginPath();
        each.line.trace(context);
        strokeAhead(context, { color: color[theme.mode], dash });
      }
    });
  }

  /**
   * What was measured of a run, by the page or, if it came out otherwise, on the stage.
   *
   * @param {Decoded<EdgeRun>} run
   */
  #measured({ steps, products, of: { run, rate, decay } }) {
    const own = this.#looks(run);
    if (own) return { steps: own.steps, products: Array.from(own.values, (value) => rate * (value + decay)), waits: false };
    return { steps: [...steps], products: [...products], waits: own === undefined };
  }

  /** @param {Context} context @param {number} limit */
  #drawLimit(context, limit) {
    const { frames: [frame] } = this.#chart, theme = this.#theme;
    context.beginPath();
    context.moveTo(frame.left, frame.py(limit));
    context.lineTo(frame.left + frame.width, frame.py(limit));
    strokePlain(context, { color: theme.text, dash: [6, 4], width: 1.4 });
  }

  /** @param {Context} context @param {number} limit */
  #nameLimit(context, limit) {
    const { frames: [frame] } = this.#chart, theme = this.#theme;
    const whose = this.#drawn.filter(({ run }) => run.limit === limit).map(({ run }) => run.label).join(", ");
    context.font = `${11 * theme.size}px ${theme.font}`;
    const text = fill(this.#texts.network_limit, { names: whose, limit: shortNumber(limit) });
    drawLabel(context, { text, x: frame.left + 4, y: frame.py(limit) + 9 * theme.size, color: theme.text, theme });
  }

  /** @param {State} state */
  draw({ index, focus }) {
    const { moving, frames: [frame] } = this.#chart, step = this.#scene.steps[index], theme = this.#theme;
    if (!this.#scene.edge || !frame) return;
    moving.clear();
    frame.clipped(moving.context, (context) => {
      const px = Math.round(frame.px(step)) + 0.5;
      context.beginPath();
      context.moveTo(px, frame.top);
      context.lineTo(px, frame.top + frame.height);
      strokePlain(context, { color: theme.axis, dash: [], width: 1 });
      for (const { run: { color, dash, marker, of }, steps, products, line, waits } of this.#drawn) {
        const k = steps.findLastIndex((each) => each <= step), look = { color: color[theme.mode], dash, width: 2 };
        context.globalAlpha = waits ? 0.2 : focus && this.#scene.runs[of.run]?.id !== focus ? 0.35 : 1;
        context.beginPath();
        line?.trace(context, waits ? undefined : k);
        strokeHaloed(context, look, theme);
        const [x, y] = [frame.px(steps[k]), frame.py(products[k])];
        if (!waits && Number.isFinite(x + y)) drawMarker(context, { shape: marker, x, y, radius: 4, color: look.color });
      }
      context.globalAlpha = 1;
      for (const limit of this.#limits) this.#nameLimit(context, limit);
    });
  }
}
