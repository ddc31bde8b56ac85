import { element } from "../stage/dom.js";
import { ChoiceResult } from "./results_choice.js";
import { NumberResult } from "./results_number.js";
import { PointResult } from "./results_point.js";
import { RaceResult } from "./results_race.js";
/** @import { Shown } from "./class.d.ts" */

const KINDS = { number: NumberResult, choice: ChoiceResult, point: PointResult, race: RaceResult };

/** What a room thinks of a question and, where it may be seen, the truth over it: for the desk and for phones. */
export class Results {
  /** @type {InstanceType<(typeof KINDS)[keyof typeof KINDS]> | null} */
  #result = null;
  #asked = "";

  /**
   * @param {HTMLElement} host
   * @param {Readonly<Record<string, string>>} texts of `desk.results`
   */
  constructor(host, texts) {
    this.texts = texts;
    this.root = element("div", { className: "cl-results" });
    this.root.dataset.testid = "results";
    host.append(this.root);
  }

  /**
   * `room` is what the service tells everybody, `mine` is one's own, `truth` is null as long as nobody may see it, and
   * `ground` is the surface of a question on a place, null until it has come.
   *
   * @param {Shown} shown
   */
  show(shown) {
    const { id, kind } = shown.question;
    if (this.#asked !== `${id} ${kind}` || !this.#result) {
      this.#result?.destroy();
      this.#result = new KINDS[kind](this.root, this.texts);
      this.#asked = `${id} ${kind}`;
    }
    this.root.dataset.truth = String(shown.truth !== null && shown.truth !== undefined);
    this.#result.show(shown);
  }

  clear() {
    this.#result?.destroy();
    this.#result = null;
  }

  destroy() {
    this.clear();
    this.root.remove();
  }
}
