/** What a page was told and has not answered yet: an answer to an earlier choice must not undo a later one. */
export class Told {
  /** @type {string[]} */
  #waiting = [];

  /** @param {string} choice */
  tell(choice) {
    this.#waiting.push(choice);
  }

  /**
   * Take an answer; says whether a later choice still waits for its own.
   *
   * @param {string} choice
   */
  answer(choice) {
    const at = this.#waiting.lastIndexOf(choice);
    this.#waiting = at < 0 ? [] : this.#waiting.slice(at + 1);
    return this.#waiting.length > 0;
  }
}
