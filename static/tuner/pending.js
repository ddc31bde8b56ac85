/** Values that were chosen here and that the page has not answered yet, by the names of their settings. */
export class Pending {
  /** @type {Map<string, {text: string, told: number, kept?: boolean}>} */
  #changes = new Map(); // told: the number under which the page was told, Infinity before
  #number = 0;

  /** @param {string} name @param {string} text */
  set(name, text) {
    this.#changes.set(name, { text, told: Infinity });
  }

  /** @param {string} name */
  textOf(name) {
    return this.#changes.get(name)?.text;
  }

  /** All of them, with a number that the answer names: one that is lost on its way is in the next. */
  tell() {
    this.#number = Math.max(Date.now(), this.#number + 1); // grows over the life of a page, too
    for (const change of this.#changes.values()) if (change.told === Infinity) change.told = this.#number;
    return { number: this.#number, changes: this.waiting };
  }

  /** Texts that the page has not answered yet, by the names of their settings. */
  get waiting() {
    const waiting = [...this.#changes].filter(([, { kept }]) => !kept);
    return Object.fromEntries(waiting.map(([name, { text }]) => [name, text]));
  }

  /** Names of all that is another value than the stage was sent. */
  get names() {
    return [...this.#changes.keys()];
  }

  /**
   * Whether a contestant was set in a way that the page has not answered yet.
   *
   * @param {string} id
   */
  isWaiting(id) {
    return [...this.#changes].some(([name, { kept }]) => !kept && name.startsWith(`${id}.`));
  }

  /**
   * The page has heard what was told under a number; with `keep` it knows, and sent no other race to the stage.
   *
   * @param {number} number
   * @param {{keep?: boolean}} [how]
   */
  hear(number, { keep = false } = {}) {
    for (const [name, change] of this.#changes) {
      if (change.told > number) continue;
      if (keep) change.kept = true;
      else this.#changes.delete(name);
    }
  }
}
