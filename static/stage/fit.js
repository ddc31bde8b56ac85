import { isNetwork } from "../network/neurons.js";
import { SquaresView } from "../network/squares.js";
import { Chart } from "./axes.js";
import { CurveView, ScatterView } from "./fit_curves.js";
import { ParamsView } from "./fit_params.js";
import { RegionsView } from "./fit_regions.js";
/** @import { Scale } from "./axes.js" */
/** @import { Parts, State } from "./drawn.d.ts" */
/** @import { Kind } from "./fit_kind.js" */
/** @import { Point } from "./messages.d.ts" */

const GRASP = 14; // px; how near a data point a pointer has to press to drag it
const PULSE = 120; // ms between two places that are told while a point is dragged
const KINDS = { curve: CurveView, scatter: ScatterView, regions: RegionsView, params: ParamsView };

/** The data with the current fit of every run; for a test function, the params over steps. */
export class FitView {
  #chart;
  /** @type {Kind} */
  #kind;
  /** @type {{x: Scale, y: Scale}[]} */
  #scales;
  /** @type {Point | null} */
  #held = null;
  /** @type {State | null} */
  #shown = null;
  /** @type {unknown[] | null} */
  #standing = null;

  /**
   * `onHold` is called with a data point that is dragged, where the fit allows it, and with null when it is dropped;
   * `onPoint` before that, and, where `onHold` says that nobody here follows, now and then while it is dragged.
   *
   * @param {HTMLElement} host
   * @param {{onPoint: (point: Point) => void, onHold: (point: Point | null) => boolean}} callbacks
   */
  constructor(host, { onPoint, onHold }) {
    this.#chart = new Chart(host);
    listenForDrags(host, { shown: () => this.#kind, onPoint, onHold });
  }

  /** The canvases that it is drawn on. */
  get sheets() {
    return [this.#chart.still, this.#chart.moving];
  }

  /**
   * Draw what does not move: axes and data. While a point is dragged the axes stand still.
   *
   * @param {Parts} parts
   */
  layOut({ scene, theme, texts }) {
    const View = scene.layout === "network" && isNetwork(scene.fit) ? SquaresView : KINDS[scene.fit.kind];
    this.#kind = new View({ scene, theme, texts, chart: this.#chart });
    if (!this.#held) this.#scales = this.#kind.scales();
    this.#drawStill();
  }

  /**
   * Draw a dragged point where the pointer is, whatever the messages under way say; then all on the axes of its new place.
   *
   * @param {Point | null} point
   */
  hold(point) {
    this.#held = point;
    if (!this.#kind) return;
    if (!point) this.#scales = this.#kind.scales();
    this.#drawStill();
    if (!point && this.#shown) this.draw(this.#shown);
  }

  #drawStill() {
    if (this.#held) this.#kind.movePoint(this.#held);
    else if (!this.#isNew()) return;
    this.#kind.begin(this.#scales);
    if (this.#chart.frames.length) this.#kind.drawStill(this.#chart.still.context);
  }

  /** Whether what does not move is another picture than the one that stands. */
  #isNew() {
    const { standing, theme } = this.#kind, { still } = this.#chart, before = this.#standing;
    still.keepFit();
    this.#standing = standing && [...standing, this.#kind.constructor, JSON.stringify(this.#scales), theme.key, still.context, still.canvas.width, still.canvas.height];
    return !(before && this.#standing?.length === before.length && before.every((each, i) => each === this.#standing?.[i]));
  }

  /** Where its pictures stand. */
  get frames() {
    return this.#chart.frames;
  }

  /** Runs that leave the picture for good. */
  get left() {
    return this.#kind?.left ?? [];
  }

  /**
   * Draw the fit of every run at a frame.
   *
   * @param {State} state
   */
  draw(state) {
    this.#shown = state;
    if (!this.#chart.frames.length) return;
    this.#chart.moving.clear();
    this.#kind.drawPenalties(this.#chart.moving.context, state);
    this.#kind.drawMoving(this.#chart.moving.context, state);
    this.#kind.drawBatch(this.#chart.moving.context, state.index);
  }
}

/**
 * Press near a data point and drag it.
 *
 * @param {HTMLElement} host
 * @param {{shown: () => Kind, onPoint: (point: Point) => void, onHold: (point: Point | null) => boolean}} of
 */
function listenForDrags(host, { shown, onPoint, onHold }) {
  /** @type {Point | null} */
  let held = null;
  let moved = false;
  let pulse = 0;
  let told = 0;
  /** @param {MouseEvent} event */
  const place = (event) => {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  /** @param {MouseEvent} event */
  const grasped = (event) => (shown()?.fit.draggable ? shown().nearestPoint(place(event), GRASP) : null);
  const tell = () => {
    pulse = 0;
    told = performance.now();
    if (held) onPoint(held);
  };
  const drop = () => {
    clearTimeout(pulse);
    if (moved) tell();
    pulse = 0;
    held = null;
    if (moved) onHold(null);
    moved = false;
  };
  host.addEventListener("pointerdown", (event) => {
    const index = grasped(event);
    if (index === null) return;
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
    held = shown().pointAt(index);
    moved = false;
  });
  host.addEventListener("touchstart", (event) => {
    if (held) event.preventDefault(); // else the finger would scroll the page
  }, { passive: false });
  host.addEventListener("pointermove", (event) => {
    if (!held) {
      host.style.cursor = grasped(event) === null ? "" : "grab";
      return;
    }
    held = { index: held.index, ...shown().dataAt(place(event)) };
    moved = true;
    if (!onHold(held)) pulse ||= setTimeout(tell, Math.max(0, PULSE - (performance.now() - told)));
  });
  host.addEventListener("pointerup", drop);
  host.addEventListener("pointercancel", drop);
}
