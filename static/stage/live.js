import { element, write } from "./dom.js";
import { number, shortNumber } from "./numbers.js";
/** @import { Scene } from "./drawn.d.ts" */

/**
 * Sentences whose numbers follow the step: `{text: "… {0} … {1} …", values}` per line. Tabs in a
 * text cut it into columns; the first such line is the head.
 */
export class LiveSentences {
  /** @type {Scene} */
  #scene;
  /** @type {ReturnType<typeof makeLine>[]} */
  #lines = [];

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
  }

  /** @param {{scene: Scene}} parts */
  layOut({ scene }) {
    this.#scene = scene;
    const heads = scene.sentences.find(({ text }) => text.includes("\t"))?.text.split("\t") ?? [];
    this.#lines = scene.sentences.map(({ text }) => makeLine(text.split("\t"), heads));
    this.host.replaceChildren(...this.#lines.map(({ line }) => line));
  }

  /**
   * The same sentences with other numbers, where there are any.
   *
   * @param {Scene} scene
   */
  take(scene) {
    if (scene.sentences.length === this.#lines.length) this.#scene = scene;
  }

  /** @param {{index: number}} state */
  draw({ index }) {
    this.#scene.sentences.forEach(({ values, made }, k) => {
      const size = values.length / this.#scene.frames.count;
      const { texts, cells } = this.#lines[k];
      const numbers = Array.from(made?.(index) ?? values.subarray(index * size, (index + 1) * size), cells.length > 1 ? shortNumber : counted);
      cells.forEach((cell, j) => write(cell, fillIn(texts[j], numbers)));
    });
  }
}

/** @param {string[]} texts @param {string[]} heads */
function makeLine(texts, heads) {
  const line = element("p");
  if (texts.length === 1) return { line, texts, cells: [line] };
  line.className = texts.join() === heads.join() ? "lo-columns lo-heads" : "lo-columns";
  const cells = texts.map(() => element("span"));
  cells.slice(1).forEach((cell, j) => { cell.dataset.column = heads[j + 1]; });
  line.append(...cells);
  return { line, texts, cells };
}

/**
 * Put numbers into a text; a negative one behind a sign, or a squared one, gets parentheses.
 *
 * @param {string} text
 * @param {string[]} numbers
 */
function fillIn(text, numbers) {
  return text.replace(/(.?.?)\{(\d+)\}(²?)/g, (_, before, k, square) => {
    const value = numbers[k];
    const signed = value.startsWith("−") && /[·+−/√] ?$/.test(before);
    const apart = signed || (square && /[^\d.,]/.test(value));
    return before + (apart ? `(${value})` : value) + square;
  });
}

/**
 * A count is shown whole, any other number with its leading digits.
 *
 * @param {number} value
 */
function counted(value) {
  return Number.isInteger(value) && value >= 0 ? shortNumber(value) : number(value);
}
