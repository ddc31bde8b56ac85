import { Race } from "../programs/race.js";

const PATIENCE = 8; // ms of work in a frame; what is left waits for the next one
const FIRST = 50; // the same while there is no picture yet
const modules = new Map(); // a written text, and the promise of what its module exports

/** Load what was written for a race: a module of the page's own, which needs no evaluation of text. */
function loaded(text) {
  if (!modules.has(text)) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    modules.set(text, import(address).then((module) => module.default).finally(() => URL.revokeObjectURL(address)));
  }
  return modules.get(text);
}

/** Runs the races of a stage's scenes, and those that a person makes of them by moving the start. */
export class Rerun {
  #race = null;
  #next = null;
  #busy = false;

  /** The race of a scene, as soon as its module is there. */
  static async of({ live, steps }) {
    return new Race(await loaded(live.text), live, steps);
  }

  /** Take another race, or null, and run it with what was asked for: see `Race.begin`. */
  take(race, asked = {}) {
    this.#race = race;
    this.#next = null;
    this.#busy = race !== null;
    race?.begin(asked);
  }

  /** Run otherwise, once the run under way is done: a picture that moves is worth more than a new one. */
  ask(asked) {
    if (this.#busy) this.#next = asked;
    else this.take(this.#race, asked);
  }

  get race() {
    return this.#race;
  }

  get busy() {
    return this.#busy;
  }

  /** Work for a frame; says whether runs have come out. */
  work({ first }) {
    if (!this.#busy || !this.#race.work(performance.now() + (first ? FIRST : PATIENCE))) return false;
    this.#busy = false;
    if (this.#next) this.take(this.#race, this.#next);
    return true;
  }
}
