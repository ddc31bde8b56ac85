import { element, write } from "./dom.js";
import { number, shortNumber } from "./numbers.js";
/** @import { Scene } from "./drawn.d.ts" */
/** @typedef {Scene["sentences"]} Sentences */

/**
 * Sentences whose numbers follow the step: `{text: "… {0} … {1} …", values}` per line. Tabs in a
 * text cut it into columns; the first such line is the head.
 */
export class LiveSentences {
  /** @type {Scene} */
  #scene;
  /** @type {Sentences} */
  #sentences = [];
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
    this.#sentences = sentencesOf(scene);
    this.#lines = this.#sentences.map(({ text }) => makeLine(text.split("\t"), heads));
    this.host.replaceChildren(...this.#lines.map(({ line }) => line));
  }

  /**
   * The same sentences with other numbers, where there are any.
   *
   * @param {Scene} scene
   */
  take(scene) {
    const sentences = sentencesOf(scene);
    if (sentences.length !== this.#lines.length) return;
    this.#scene = scene;
    this.#sentences = sentences;
  }

  /** @param {{index: number}} state */
  draw({ index }) {
    this.#sentences.forEach(({ values, made }, k) => {
      const { texts, cells } = this.#lines[k];
      const numbers = Array.from(numbersOf({ values, made }, this.#scene, index), cells.length > 1 ? shortNumber : counted);
      cells.forEach((cell, j) => write(cell, fillIn(texts[j], numbers)));
    });
  }
}

/**
 * The numbers of a sentence at a frame.
 *
 * @param {Pick<Sentences[number], "values" | "made">} sentence
 * @param {Scene} scene
 * @param {number} index
 */
function numbersOf({ values, made }, { frames: { count } }, index) {
  const size = values.length / count;
  return made?.(index) ?? values.subarray(index * size, (index + 1) * size);
}

/**
 * What stands below the transport.
 *
 * @param {Scene} scene
 */
function sentencesOf({ layout, sentences }) {
  return layout === "network" ? sentences.filter(({ text }) => !text.includes("\t")) : sentences;
}

/**
 * Columns that the page adds to the table of runs: a head, and what a run has below it at a frame.
 *
 * @param {Scene} scene
 * @returns {{head: string, value: (scene: Scene, run: number, index: number) => string}[]}
 */
export function columnsOfRuns({ layout, sentences }) {
  const head = sentences.find(({ text, of }) => text.includes("\t") && !of);
  if (layout !== "network" || !head) return [];
  return head.text.split("\t").slice(1).map((text, j) => ({
    head: text,
    value: (scene, run, index) => {
      const told = scene.sentences.find(({ of }) => of?.run === run);
      return told ? fillIn(told.text.split("\t")[j + 1], Array.from(numbersOf(told, scene, index), shortNumber)) : "–";
    },
  }));
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
