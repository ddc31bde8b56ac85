import { element, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
import { subscript } from "../stage/texts.js";
import { PlanePicture } from "./plane.js";
import { isPlace } from "./results_point.js";
/** @import { Grid } from "../stage/messages.d.ts" */
/** @import { Ground, Place, Question } from "./class.d.ts" */

const PLACES = 200; // of a slider
const DIGITS = 4;

/** A place on the surface: a finger points at it, two sliders move it a little. */
export class AskPoint {
  /** @type {Place | null} */
  value = null;
  /** @type {Question} */
  #question;
  /** @type {Ground | null} */
  #ground = null;
  #isDrawn = false;

  /** @param {{texts: Readonly<Record<string, string>>, onChange: () => void}} of */
  constructor({ texts, onChange }) {
    this.texts = texts;
    this.onChange = onChange;
    this.picture = element("div", { className: "cl-pointing" });
    this.plane = new PlanePicture(this.picture);
    this.sliders = [0, 1].map((k) => element("input", { type: "range", min: 0, max: PLACES, step: 1, id: `place-${k}` }));
    this.labels = this.sliders.map(({ id }) => element("label", { htmlFor: id }));
    const rows = this.sliders.map((slider, k) => element("div", { className: "cl-nudge" }, [this.labels[k], slider]));
    this.root = element("div", { className: "cl-point-answer" }, [this.picture, ...rows]);
    for (const type of ["pointerdown", "pointermove"]) this.plane.root.addEventListener(type, (event) => this.#point(/** @type {PointerEvent} */ (event)));
    for (const slider of this.sliders) slider.addEventListener("input", () => this.#nudge());
  }

  /**
   * @param {Question} question
   * @param {unknown} value
   * @param {Ground | null} ground null until it has come, or where there is none
   */
  show(question, value, ground) {
    this.#question = question;
    this.value = isPlace(value) ? value : null;
    if (!this.#isDrawn || ground !== this.#ground) this.plane.show(ground ?? flat(question), question.text);
    this.#isDrawn = true;
    this.#ground = ground;
    this.#draw();
  }

  #draw() {
    const { labels = [] } = this.#question, { value } = this;
    this.plane.mark({ mine: value, names: { mine: this.texts.yours } });
    this.sliders.forEach((slider, k) => {
      const [low, high] = this.#side(k), name = subscript(labels[k] ?? this.#ground?.plane.labels[k] ?? "xy"[k]), spoken = value ? shortNumber(value[k]) : "–";
      write(this.labels[k], `${name} = ${spoken}`);
      slider.setAttribute("aria-label", name);
      slider.setAttribute("aria-valuetext", spoken);
      slider.value = String(Math.round((PLACES * ((value?.[k] ?? (low + high) / 2) - low)) / (high - low)));
    });
  }

  /** @param {number} k */
  #side(k) {
    return this.#question.region?.[k] ?? [-1, 1];
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (event.buttons !== 1 || /** @type {HTMLFieldSetElement | null} */ (this.root.closest("fieldset"))?.disabled) return;
    const place = this.plane.placeAt(event);
    if (!place) return;
    event.preventDefault();
    this.#take(place);
  }

  #nudge() {
    this.#take(/** @type {Place} */ (this.sliders.map((slider, k) => {
      const [low, high] = this.#side(k);
      return low + ((high - low) * slider.valueAsNumber) / PLACES;
    })));
  }

  /** @param {Place} place */
  #take(place) {
    this.value = /** @type {Place} */ (place.map((at, k) => {
      const [low, high] = this.#side(k);
      return Math.min(Math.max(Number(at.toPrecision(DIGITS)), low), high);
    }));
    this.#draw();
    this.onChange();
  }

  /** @param {unknown} value */
  spell(value) {
    return isPlace(value) ? `(${value.map(shortNumber).join(", ")})` : "";
  }

  destroy() {
    this.plane.destroy();
    this.root.remove();
  }
}

/**
 * A plane of which no surface is known.
 *
 * @param {Question} question
 * @returns {Ground}
 */
export function flat({ region = [[-1, 1], [-1, 1]], labels = [] }) {
  const [x, y] = region.map(packed), z = packed([0, 0, 0, 0]);
  const surface = /** @type {Grid} */ (/** @type {unknown} */ ({ id: "flat", log: false, floor: 0, x, y, z }));
  return { surface, plane: { labels: [labels[0] ?? "x", labels[1] ?? "y"] }, start: null, texts: {}, rules: [] };
}

/** @param {number[]} numbers */
function packed(numbers) {
  return btoa(String.fromCharCode(...new Uint8Array(new Float32Array(numbers).buffer)));
}
