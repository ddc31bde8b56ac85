import { QUICKLY } from "../programs/grid.js";
import { Race } from "../programs/race.js";
/** @import { Asked, Make } from "../programs/race.js" */
/** @import { Live } from "./messages.d.ts" */

const PATIENCE = 20; // ms of work in a frame; what is left waits for the next one
const SLOW = 60; // ms between two frames, half of which a slow machine works
const FIRST = 50; // the same while there is no picture yet
/** @type {Map<string, Promise<Make>>} */
const modules = new Map(); // a written text, and the promise of what its module exports

/**
 * Load what was written for a race: a module of the page's own, which needs no evaluation of text.
 *
 * @param {string} text
 * @returns {Promise<Make>}
 */
function loaded(text) {
  const known = modules.get(text);
  if (known) return known;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const coming = import(address).then((module) => module.default).finally(() => URL.revokeObjectURL(address));
  modules.set(text, coming);
  return coming;
}

/**
 * What makes the programs of a race. Where its module descends whatever it is handed, that comes along. The module is
 * there once for each library: a browser makes no fast code of calls that go now here, now there.
 *
 * @param {Live & {handed?: (library: Parameters<Make>[0]) => object}} live
 * @returns {Promise<Make>}
 */
export async function makeOf({ text, handed }) {
  const [exact, quick] = /** @type {((library: Parameters<Make>[0], given?: object) => ReturnType<Make>)[]} */ (await Promise.all([loaded(text), loaded(`${text}\n`)]));
  return (library) => (library === QUICKLY ? quick : exact)(library, handed?.(library));
}

/** Runs the races of a stage's scenes, and those that a person makes of them by moving the start. */
export class Rerun {
  /** @type {Race | null} */
  #race = null;
  /** @type {Asked | null} */
  #next = null;
  #busy = false;
  #before = 0; // time of the last frame
  #refining = false; // whether nothing but the surface or the sharpness is under way

  /**
   * The race of a scene, as soon as its module is there.
   *
   * @param {Live} live
   * @param {number[]} steps
   */
  static async of(live, steps) {
    return new Race(await makeOf(live), live, steps);
  }

  /**
   * Take another race, or null, and run it with what was asked for: see `Race.begin`.
   *
   * @param {Race | null} race
   * @param {Asked} [asked]
   */
  take(race, asked = {}) {
    this.#race = race;
    this.#next = null;
    this.#refining = false;
    this.#busy = race !== null;
    race?.begin(asked);
  }

  /**
   * Run otherwise, once the run under way is done: a picture that moves is worth more than a new one.
   *
   * @param {Asked} asked
   */
  ask(asked) {
    if (this.#busy && !this.#refining) this.#next = asked;
    else this.take(this.#race, asked);
  }

  /**
   * Measure the sharpness of some runs, as soon as there is nothing else to do.
   *
   * @param {number[]} which
   */
  measure(which) {
    if (!this.#race || this.#busy) return;
    this.#race.measure(which);
    this.#busy = this.#refining = true;
  }

  get race() {
    return this.#race;
  }

  get busy() {
    return this.#busy;
  }

  /**
   * Work for a frame; says whether runs have come out.
   *
   * @param {{first: boolean}} how whether there is no picture yet
   */
  work({ first }) {
    const now = performance.now(), half = Math.min(now - this.#before, SLOW) / 2;
    this.#before = now;
    if (!this.#busy || !this.#race?.work(now + (first ? FIRST : Math.max(PATIENCE, half)))) return false;
    this.#busy = this.#refining = this.#next === null && this.#race.refine();
    if (this.#next) this.take(this.#race, this.#next);
    return true;
  }
}
