/** @import { Setting, Tunable } from "../stage/messages.d.ts" */

export const RATE = "learning_rate";
const DIGITS = 3;

/** @typedef {{name: string, text: string, setting: Setting}} Rate a learning rate by its whole name */

/** A factor on all learning rates; it is 1 again when one of them was set in another way. */
export class Together {
  /** @type {Map<string, string>} */
  #own = new Map(); // learning rates at a factor of 1, by their names
  /** @type {Map<string, string>} */
  #made = new Map(); // and at the factor
  factor = "1";

  /**
   * Take notice of how a race is set.
   *
   * @param {Rate[]} rates
   */
  follow(rates) {
    const same = rates.length === this.#made.size && rates.every(({ name, text }) => this.#made.get(name) === text);
    if (same) return;
    this.#own = this.#made = new Map(rates.map(({ name, text }) => [name, text]));
    this.factor = "1";
  }

  /**
   * All learning rates at a factor, in the digits of a slider.
   *
   * @param {string} factor
   * @param {Rate[]} rates
   */
  times(factor, rates) {
    this.factor = factor;
    this.#made = new Map(rates.map(({ name, text, setting }) => [name, multiplied(this.#own.get(name) ?? text, Number(factor), setting)]));
    return this.#made;
  }
}

/**
 * The learning rates of a race that have an effect.
 *
 * @param {Tunable[]} runs
 * @param {(name: string) => string | undefined} textOf what was chosen of a setting
 * @returns {Rate[]}
 */
export function ratesOf(runs, textOf) {
  return runs.flatMap(({ id, settings }) => settings.filter(({ name, rests }) => name === RATE && !rests).map((setting) => {
    const name = `${id}.${RATE}`;
    return { name, setting, text: textOf(name) ?? setting.value };
  }));
}

/** @param {string} text @param {number} factor @param {Setting} setting */
function multiplied(text, factor, { limits: [low, high] = [0, Infinity] }) {
  if (factor === 1) return text;
  return String(Math.min(Math.max(Number((Number(text) * factor).toPrecision(DIGITS)), low), high));
}
