import { element, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
/** @import { Ruler as Message } from "../stage/messages.d.ts" */

const PLACES = 200;
const TICKS = 5;

/** A scale with a flag that is set by hand, and after the answer with the flag of the truth. */
export class Ruler {
  /** @type {Message} */
  #message;

  /** @param {{onSet: (value: number) => void}} of */
  constructor({ onSet }) {
    this.input = element("input", { type: "range", min: "0", max: String(PLACES), step: "1" });
    this.sides = element("div", { className: "lo-sides", ariaHidden: "true" });
    this.yours = flag("lo-yours");
    this.truth = flag("lo-truth");
    this.ticks = element("div", { className: "lo-ruler-ticks", ariaHidden: "true" });
    this.root = element("div", { className: "lo-ruler" }, [this.sides, this.yours, this.truth, this.input, this.ticks]);
    this.input.addEventListener("input", () => this.#mark(this.#value));
    this.input.addEventListener("keydown", (event) => this.#step(event));
    this.input.addEventListener("change", () => onSet(this.#value));
    // A tap on the very place where the flag waits sets it, too.
    this.input.addEventListener("click", () => { if (this.root.classList.contains("lo-unset")) onSet(this.#value); });
  }

  /**
   * Show what was predicted and, where it may be seen, the answer.
   *
   * @param {Message} message
   * @param {{guess: string, answer: string, texts: Readonly<Record<string, string>>}} of
   */
  show(message, { guess, answer, texts }) {
    const { unit, below = "", above = "" } = message;
    this.#message = message;
    this.input.disabled = answer !== "";
    this.input.setAttribute("aria-label", `${texts.yours}: ${unit}`);
    this.sides.replaceChildren(...[below, above].map((textContent) => element("span", { textContent })));
    this.sides.hidden = !below;
    this.root.classList.toggle("lo-unset", guess === "");
    this.ticks.replaceChildren(...this.#tickValues().map((value) => this.#at(value, element("span", { textContent: shortNumber(value) }))));
    this.texts = texts;
    this.#set(this.truth, answer === "" ? null : Number(answer), texts.truth);
    if (guess === "") this.#unset();
    else this.#mark(Number(guess));
  }

  get #value() {
    return valueAt(this.#message, this.input.valueAsNumber);
  }

  /**
   * An arrow leads to another number, also where many places have the same.
   *
   * @param {KeyboardEvent} event
   */
  #step(event) {
    const { input } = this, way = Number(["ArrowRight", "ArrowUp"].includes(event.key)) - Number(["ArrowLeft", "ArrowDown"].includes(event.key));
    const was = this.#value, first = input.valueAsNumber;
    let place = first;
    while (way && place + way >= 0 && place + way <= PLACES && valueAt(this.#message, place) === was) place += way;
    input.value = String(Math.min(Math.max(place - way, 0), PLACES)); // the key goes the last one by itself
    if (place === first) input.value = String(first);
  }

  #unset() {
    this.input.value = "0";
    this.input.setAttribute("aria-valuetext", "–");
    this.#set(this.yours, this.#message.low, "?", "?");
  }

  /** @param {number} value */
  #mark(value) {
    this.root.classList.remove("lo-unset");
    if (this.#value !== value) this.input.value = String(Math.round(PLACES * shareOf(this.#message, value)));
    this.input.setAttribute("aria-valuetext", shortNumber(value));
    this.#set(this.yours, value, this.texts?.yours ?? "");
  }

  /**
   * @param {HTMLElement} mark
   * @param {number | null} value
   * @param {string} name
   * @param {string} [text]
   */
  #set(mark, value, name, text) {
    mark.hidden = value === null;
    if (value === null) return;
    this.#at(value, mark);
    const [words] = mark.children;
    write(words, text ?? `${name} ${shortNumber(value)}`);
    if (mark === this.yours) this.sides.style.setProperty("--share", mark.style.getPropertyValue("--share"));
  }

  /**
   * Place an element at a value.
   *
   * @param {number} value
   * @param {HTMLElement} node
   */
  #at(value, node) {
    const share = shareOf(this.#message, value);
    node.style.setProperty("--share", String(share));
    node.classList.toggle("lo-right", share > 0.6);
    return node;
  }

  /** Powers of ten, or the numbers that the question speaks of and round ones. */
  #tickValues() {
    const { low, high, log, marks } = this.#message;
    if (log) {
      const powers = Array.from({ length: 40 }, (_, k) => Number(`1e${k - 20}`)).filter((value) => value >= low * 0.999 && value <= high * 1.001);
      return powers.length > 7 ? powers.filter((_, k) => k % 2 === 0) : powers;
    }
    const even = Array.from({ length: TICKS + 1 }, (_, k) => low + (k / TICKS) * (high - low));
    const room = (high - low) / 12, some = marks.filter((mark, k) => k === 0 || mark - marks[k - 1] > room);
    return [...even.filter((value) => marks.every((mark) => Math.abs(mark - value) > room)), ...some].sort((a, b) => a - b);
  }
}

/**
 * Where a number stands, from 0 at the low end to 1 at the high one.
 *
 * @param {Message} ruler
 * @param {number} value
 */
function shareOf({ low, high, log }, value) {
  const within = Math.min(Math.max(value, low), high);
  return log ? Math.log(within / low) / Math.log(high / low) : (within - low) / (high - low);
}

/**
 * The number at a place, in two digits.
 *
 * @param {Message} ruler
 * @param {number} place
 */
function valueAt({ low, high, log, whole }, place) {
  const share = place / PLACES, value = log ? low * (high / low) ** share : low + share * (high - low);
  return whole ? Math.round(value) : Number(value.toPrecision(2));
}

/** @param {string} className */
function flag(className) {
  return element("div", { className: `lo-flag ${className}`, ariaHidden: "true" }, [element("span")]);
}
