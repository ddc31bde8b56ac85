import { element, nameControl, write } from "./dom.js";
/** @import { Decoded, Texts } from "./drawn.d.ts" */
/** @import { Dial as DialMessage } from "./messages.d.ts" */

const PAUSE = 300; // ms after the last turn until the page is told

/** A slider over the values of a dial. Turning it asks nobody: the race is run here, or its fan has been there before. */
export class Dial {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #told;

  /**
   * `onTurn(index)` is called at every value passed, `onRest(index)` once the dial rests.
   *
   * @param {HTMLElement} host
   * @param {{onTurn: (index: number) => void, onRest: (index: number) => void, onChoose: (choice: string) => void}} of
   */
  constructor(host, { onTurn, onRest, onChoose }) {
    this.host = host;
    this.select = element("select", { className: "lo-select lo-dial-choice" });
    this.slider = element("input", { type: "range", min: 0, step: 1, className: "lo-scrub" });
    this.value = element("output", { className: "lo-dial-value" });
    host.append(this.slider, this.value);
    this.select.addEventListener("change", () => onChoose(this.select.value));
    this.slider.addEventListener("input", () => {
      clearTimeout(this.#told);
      onTurn(this.slider.valueAsNumber);
    });
    this.slider.addEventListener("change", () => {
      clearTimeout(this.#told);
      this.#told = setTimeout(() => onRest(this.slider.valueAsNumber), PAUSE);
    });
  }

  /**
   * Write names; `dial` is the scene's, null where the page has none.
   *
   * @param {{dial: Decoded<DialMessage> | undefined, texts: Texts}} parts
   */
  layOut({ dial, texts }) {
    this.select.hidden = !dial;
    const off = !dial || dial.chosen === "off";
    this.slider.hidden = this.value.hidden = off;
    this.host.hidden = !dial || (off && !this.host.contains(this.select));
    if (!dial) return;
    nameControl(this.select, texts.dial);
    const entries = dial.choices.map(({ id, label }) => element("option", { value: id, textContent: label }));
    this.select.replaceChildren(...entries);
    this.select.value = dial.chosen;
    nameControl(this.slider, dial.choices.find(({ id }) => id === dial.chosen)?.label ?? texts.dial);
  }

  /**
   * Show value number `index` by its text; without texts, the words instead of one.
   *
   * @param {string[] | undefined} texts
   * @param {number} index
   * @param {string} words
   */
  show(texts, index, words) {
    this.slider.disabled = !texts;
    this.slider.max = String(texts ? texts.length - 1 : 1);
    this.slider.value = String(texts ? index : 0);
    const text = texts ? texts[index] : words;
    this.slider.setAttribute("aria-valuetext", text);
    write(this.value, text);
  }
}
