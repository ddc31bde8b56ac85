import { element, write } from "../stage/dom.js";
import { markDone } from "./done.js";
import { followStage } from "./replay.js";
import { Ruler } from "./ruler.js";
/** @import { Question } from "../stage/messages.d.ts" */

const WAITS = "lo-replaying"; // class of the document while the verdict waits for the runs

/** What a reader points at before the answer; afterwards the runs are played, and the verdict waits for them. */
export class QuestionView {
  /** @type {Question | null} */
  #question = null;
  #unfollow = () => {};
  /** @type {string | null} */
  #told = null; // what was pointed at and is not answered yet: it counts until then

  /** @param {HTMLElement} host @param {{onGuess: (value: string) => void}} of */
  constructor(host, { onGuess }) {
    this.onGuess = (/** @type {string} */ value) => {
      this.#told = value;
      onGuess(value);
    };
    this.ruler = new Ruler({ onSet: (value) => this.onGuess(String(value)) });
    this.hint = element("p", { className: "lo-hint" });
    this.skip = element("button", { type: "button", className: "lo-skip", hidden: true });
    this.said = element("p", { className: "lo-said" });
    this.said.setAttribute("role", "status");
    this.root = element("div", { className: "lo-stage lo-question" }, [this.ruler.root, this.hint, this.said, this.skip]);
    this.root.dataset.testid = "question";
    this.skip.addEventListener("click", () => this.#judge());
    host.append(this.root);
    document.addEventListener("lossopt-pick", this.#pick);
  }

  /** @param {Question} question */
  update(question) {
    const before = this.#question, seen = question.answer !== "";
    const asked = before?.lesson === question.lesson && before.answer === "";
    this.#question = question;
    if (seen || question.guess === this.#told) this.#told = null;
    if (seen && (asked || before?.stage !== question.stage)) this.#reveal(asked);
    else if (!seen) this.#ask();
    this.#draw();
  }

  destroy() {
    this.#unfollow();
    document.removeEventListener("lossopt-pick", this.#pick);
    document.documentElement.classList.remove(WAITS);
    this.root.remove();
  }

  #ask() {
    this.#unfollow();
    document.documentElement.classList.remove(WAITS);
  }

  /** @param {boolean} asked whether the reader has just predicted, and has not come by a link */
  #reveal(asked) {
    const { lesson, stage, slowly } = /** @type {Question} */ (this.#question);
    markDone(lesson);
    const waits = asked && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.documentElement.classList.toggle(WAITS, waits);
    this.#unfollow();
    this.#unfollow = followStage(stage, {
      slowly,
      onBegin: () => { if (waits) bringIntoSight("[data-testid=stage] .lo-surface"); },
      onEnd: () => this.#judge(),
    });
  }

  /** The runs have been seen. */
  #judge() {
    if (!document.documentElement.classList.contains(WAITS)) return;
    const hadFocus = document.activeElement === this.skip;
    /** @type {HTMLElement | null | undefined} */
    const next = this.root.closest(".st-key-talk")?.querySelector("button:not(.lo-skip)");
    document.documentElement.classList.remove(WAITS);
    this.#draw();
    write(this.said, document.querySelector(".st-key-verdict")?.textContent ?? "");
    bringIntoSight(".st-key-verdict");
    if (hadFocus) next?.focus();
  }

  #draw() {
    if (!this.#question) return;
    const { ruler, spots, guess, answer, texts } = this.#question;
    const waits = document.documentElement.classList.contains(WAITS), open = answer === "";
    this.ruler.root.hidden = !ruler;
    if (ruler) this.ruler.show(ruler, { guess: this.#told ?? guess, answer: waits ? "" : answer, texts });
    if (ruler && !open) this.ruler.input.disabled = true;
    write(this.hint, open ? (ruler && texts.drag) || (spots.length ? texts.map : "") : waits ? texts.watch : "");
    if (open || waits) write(this.said, "");
    this.skip.hidden = !waits;
    write(this.skip, texts.skip);
  }

  /**
   * The map was clicked: the nearest spot is meant.
   *
   * @param {Event} event
   */
  #pick = (event) => {
    const { spots = [], answer } = this.#question ?? {}, { x, y } = /** @type {CustomEvent} */ (event).detail;
    if (answer || !spots.length) return;
    const away = spots.map((spot) => Math.hypot(spot.x - x, spot.y - y));
    this.onGuess(spots[away.indexOf(Math.min(...away))].id);
  };
}

/** @param {string} what a part of the lesson */
function bringIntoSight(what) {
  document.querySelector(`.st-key-lesson ${what}`)?.scrollIntoView({ behavior: "smooth", block: "nearest" });
}
