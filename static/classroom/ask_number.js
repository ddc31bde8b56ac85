import { Ruler } from "../lessons/ruler.js";
import { element, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
/** @import { Question } from "./class.d.ts" */

/** A number, pointed at on a ruler. */
export class AskNumber {
  /** @type {number | null} */
  value = null;
  /** @type {Question} */
  #question;

  /** @param {{texts: Readonly<Record<string, string>>, onChange: () => void}} of */
  constructor({ texts, onChange }) {
    this.texts = texts;
    this.ruler = new Ruler({
      onSet: (value) => {
        this.value = value;
        this.#draw();
        onChange();
      },
    });
    this.unit = element("p", { className: "cl-unit" });
    this.root = element("div", { className: "lo-question" }, [this.unit, this.ruler.root]);
  }

  /** @param {Question} question @param {unknown} value */
  show(question, value) {
    this.#question = question;
    write(this.unit, question.label || question.symbol || "");
    this.value = typeof value === "number" ? value : null;
    this.#draw();
  }

  #draw() {
    const { low = 0, high = 1, scale, label = "", symbol = "" } = this.#question;
    const ruler = { low, high, log: scale === "log", whole: false, marks: [], unit: label || symbol };
    this.ruler.show(ruler, { guess: this.value === null ? "" : String(this.value), answer: "", texts: this.texts });
  }

  /** @param {unknown} value */
  spell(value) {
    return shortNumber(Number(value));
  }

  destroy() {
    this.root.remove();
  }
}
