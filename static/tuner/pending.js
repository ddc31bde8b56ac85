/** Values that were chosen here and that the page has not answered yet, by the names of their settings. */
export class Pending {
  /** @type {Map<string, {text: string, told: number}>} */
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
    const changes = Object.fromEntries([...this.#changes].map(([name, { text }]) => [name, text]));
    return { number: this.#number, changes };
  }

  /**
   * The page has heard what was told under a number.
   *
   * @param {number} number
   */
  hear(number) {
    for (const [name, { told }] of this.#changes) if (told <= number) this.#changes.delete(name);
  }
}
