import { signOf } from "../programs/race.js";
import { Told } from "./told.js";
/** @import { Asked, Change, Race } from "../programs/race.js" */
/** @import * as message from "./messages.d.ts" */

/**
 * @typedef {{fields: Change, detail: string}} Tuned what was chosen of a run
 * @typedef {{id: string}[]} Runs
 */

/** What was chosen here of a race: it stays until the page answers, and as long as it is under the hand. */
export class Chosen {
  /** @type {Float64Array | null} */
  #start = null;
  /** @type {Map<string, Tuned>} */
  #tuned = new Map(); // by a run's id
  /** @type {number | null} */
  #nSteps = null;
  /** @type {Map<string, Map<string, message.Limit | null>>} */
  #limits = new Map(); // by a run's id, and by all that they depend on
  #toldStarts = new Told();
  #toldRuns = new Told();
  held = false; // whether the start is under the hand
  turning = false; // whether hyperparameters are

  /** Whether another race was chosen than the one that was sent. */
  get isOther() {
    return this.#start !== null || this.isTuned || this.#nSteps !== null;
  }

  /** Whether every run is another one, tuned or not. */
  get isElsewhere() {
    return this.#start !== null || this.#nSteps !== null;
  }

  get isTuned() {
    return this.#tuned.size > 0;
  }

  get start() {
    return this.#start;
  }

  /**
   * The race as it was chosen.
   *
   * @param {Runs} runs
   * @returns {Asked}
   */
  asked(runs) {
    return { start: this.#start ?? undefined, nSteps: this.#nSteps ?? undefined, changes: runs.map(({ id }) => this.#tuned.get(id)?.fields) };
  }

  /**
   * What chosen runs say of themselves.
   *
   * @param {Runs} runs
   */
  details(runs) {
    return runs.map(({ id }) => this.#tuned.get(id)?.detail);
  }

  /** @param {Float64Array} start */
  move(start) {
    this.#start = start;
  }

  takeStartBack() {
    this.#start = null;
    this.held = false;
  }

  /** @param {number | null} nSteps */
  setSteps(nSteps) {
    this.#nSteps = nSteps;
  }

  /**
   * Other hyperparameters of one run, or null for its own.
   *
   * @param {string} id
   * @param {Tuned | null} tuned
   */
  tune(id, tuned) {
    if (tuned) this.#tuned.set(id, tuned);
    else this.#tuned.delete(id);
  }

  forget() {
    this.#start = this.#nSteps = null;
    this.#tuned.clear();
  }

  /** The page is being told of the start. */
  tellStart() {
    if (this.#start) this.#toldStarts.tell(String(this.#start));
  }

  /**
   * The page is being told of the hyperparameters.
   *
   * @param {Race} race
   * @param {Runs} runs
   */
  tellRuns(race, runs) {
    this.turning = false;
    this.#toldRuns.tell(signOf(race.runsWith(this.asked(runs).changes)));
  }

  /**
   * What theory says about the runs of a scene that was sent.
   *
   * @param {Race | null} race
   * @param {Runs} runs
   * @param {(message.Limit | null)[]} [limits]
   */
  beginLimits(race, runs, limits = []) {
    const states = statesOf(race?.live.runs);
    this.#limits = new Map(runs.map(({ id }, i) => [id, new Map([[states[i] ?? "", limits[i] ?? null]])]));
  }

  /**
   * What it says about runs as they are chosen now; null of one that it was not asked about.
   *
   * @param {Race | null} race
   * @param {Runs} runs
   */
  limits(race, runs) {
    const states = statesOf(race?.runsWith(this.asked(runs).changes));
    return runs.map(({ id }, i) => this.#limits.get(id)?.get(states[i] ?? "") ?? null);
  }

  /**
   * Whether it was asked about a run as that is chosen now.
   *
   * @param {Race | null} race
   * @param {Runs} runs
   * @param {string} id
   */
  knowsLimit(race, runs, id) {
    const states = statesOf(race?.runsWith(this.asked(runs).changes));
    return Boolean(this.#limits.get(id)?.has(states[runs.findIndex((run) => run.id === id)] ?? ""));
  }

  /**
   * Learn what it says about some of them.
   *
   * @param {Race | null} race
   * @param {Runs} runs
   * @param {Record<string, message.Limit | null>} said by the runs' ids
   */
  learn(race, runs, said) {
    const states = statesOf(race?.runsWith(this.asked(runs).changes));
    runs.forEach(({ id }, i) => {
      if (id in said) this.#limits.get(id)?.set(states[i] ?? "", said[id]);
    });
  }

  /**
   * Drop what a message answers, or what it leaves no room for.
   *
   * @param {message.Scene} message
   * @param {message.Scene | null} before
   * @param {Race | null} race
   */
  hear(message, before, race) {
    const fits = this.#start?.length === race?.start.length;
    const restarted = message.live?.start !== before?.live?.start && !this.#toldStarts.answer(String(race?.start));
    if (!fits || (restarted && !this.held)) this.#start = null;
    const [runs, old] = [message, before].map((each) => signOf(each?.live?.runs ?? []));
    if (runs !== old && !this.#toldRuns.answer(runs) && !this.turning) this.#tuned.clear();
    if (message.last_step !== before?.last_step || !race?.canTakeSteps) this.#nSteps = null;
  }
}

/**
 * All that limits of runs depend on; a learning rate is what they are about.
 *
 * @param {(message.LiveRun | null)[]} [runs]
 */
function statesOf(runs = []) {
  return runs.map((run) => (run ? signOf([{ ...run, learning_rate: 0, seed: "" }]) : ""));
}
