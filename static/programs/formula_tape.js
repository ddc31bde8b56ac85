/*
 * Operations on plain numbers, one after the other: what a formula and its derivatives come down to. They are those
 * of lossopt/programs, in the words of lossopt/programs/_words.py, so that a formula has the same bits here and in a
 * module that Python writes for it.
 */
/** @import * as math from "./math.js" */

/** @typedef {number | Place} Cell a number that is known, or where one will be found */
/** @typedef {typeof math} Library elementary functions */
/** @typedef {(...numbers: number[]) => number} Call */
/** @typedef {{name: string, read: number[], number: number, open: boolean}} Step `open` where an input enters */

/** Where a tape leaves the result of an operation. */
export class Place {
  /** @param {number} index */
  constructor(index) {
    this.index = index;
  }
}

/** The same in every browser. Truth is 1 or 0: to keep it as anything but a number takes ten times as long. @type {Record<string, Call>} */
const EXACT = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negative: (a) => -a,
  absolute: Math.abs,
  sqrt: Math.sqrt,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : a),
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
  isNaN: (a) => (Number.isNaN(a) ? 1 : 0),
  isInfinite: (a) => (Math.abs(a) === Infinity ? 1 : 0),
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  select: (a, b, c) => (a ? b : c),
};

/**
 * What an operation comes down to because of one known number, whatever the others are.
 *
 * @param {string} name
 * @param {Cell[]} cells
 */
function shortened(name, [a, b, c]) {
  if (name === "select" && typeof a === "number") return a ? b : c;
  if (name === "multiply" && (a === 1 || b === 1)) return a === 1 ? b : a;
  if (name === "and" && (typeof a === "number" || typeof b === "number")) return a === 0 || b === 0 ? 0 : typeof a === "number" ? b : a;
  if (name === "or" && (typeof a === "number" || typeof b === "number")) return a === 1 || b === 1 ? 1 : typeof a === "number" ? b : a;
  return undefined;
}

/** Operations in the making; equal ones are noted once. */
export class Tape {
  /** @type {Step[]} */
  #steps = [];
  /** @type {Map<string, Place>} */
  #known = new Map();

  /** @param {number} nInputs */
  constructor(nInputs) {
    this.inputs = Array.from({ length: nInputs }, (_, k) => this.#noted({ name: `input ${k}`, read: [], number: NaN, open: true }));
  }

  /**
   * The result of an operation. An exact one on known numbers is done at once; others wait for their library.
   *
   * @param {string} name of EXACT, or of a function of the library
   * @param {...Cell} cells
   * @returns {Cell}
   */
  put(name, ...cells) {
    const short = shortened(name, cells);
    if (short !== undefined) return short;
    const known = cells.filter((cell) => typeof cell === "number");
    if (EXACT[name] && known.length === cells.length) return EXACT[name](...known);
    const read = cells.map((cell) => this.#at(cell));
    return this.#noted({ name, read, number: NaN, open: read.some((k) => this.#steps[k].open) });
  }

  /** @param {Cell} cell */
  #at(cell) {
    return cell instanceof Place ? cell.index : this.#noted({ name: "number", read: [], number: cell, open: false }).index;
  }

  /** @param {Step} step */
  #noted(step) {
    const key = `${step.name} ${step.read} ${Object.is(step.number, -0) ? "-0" : step.number}`; // 0 and −0 are not the same
    const found = this.#known.get(key) ?? new Place(this.#steps.length);
    if (found.index === this.#steps.length) this.#steps.push(step);
    this.#known.set(key, found);
    return found;
  }

  /** What the numbers at some places need, in order. @param {number[]} places */
  #needed(places) {
    const seen = new Set(), waiting = [...places];
    for (let k = waiting.pop(); k !== undefined; k = waiting.pop()) {
      if (!seen.has(k)) waiting.push(...this.#steps[k].read);
      seen.add(k);
    }
    return [...seen].sort((a, b) => a - b);
  }

  /**
   * The function of the inputs that gives some numbers; what no input enters is done once.
   *
   * @param {Cell[]} cells
   * @param {Library} library
   * @returns {(...inputs: number[]) => number[]}
   */
  function(cells, library) {
    const outputs = cells.map((cell) => this.#at(cell)), needed = this.#needed(outputs).filter((k) => this.#steps[k].read.length);
    const numbers = Float64Array.from(this.#steps, (step) => step.number);
    const words = /** @type {Record<string, Call>} */ ({ ...EXACT, ...library });
    for (const k of needed) {
      const { name, read, open } = this.#steps[k];
      if (!open) numbers[k] = words[name](...read.map((j) => numbers[j]));
    }
    const done = needed.filter((k) => this.#steps[k].open), calls = done.map((k) => words[this.#steps[k].name]);
    const [a, b, c] = [0, 1, 2].map((argument) => done.map((k) => this.#steps[k].read[argument] ?? k));
    return (...given) => {
      numbers.set(given);
      for (let i = 0; i < calls.length; i += 1) numbers[done[i]] = calls[i](numbers[a[i]], numbers[b[i]], numbers[c[i]]);
      return outputs.map((k) => numbers[k]);
    };
  }
}
