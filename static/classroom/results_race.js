import { element, write } from "../stage/dom.js";
import { number } from "../stage/numbers.js";
import { fill } from "../stage/texts.js";
import { drawBars } from "./results_choice.js";
/** @import { Rank, Shown } from "./class.d.ts" */

const FIRST = 20; // of a ranking are named

/** Which rules a room has entered; then the ranking, in which who has the same loss has the same rank. */
export class RaceResult {
  /** @param {HTMLElement} host @param {Readonly<Record<string, string>>} texts */
  constructor(host, texts) {
    this.texts = texts;
    this.bars = element("ol", { className: "cl-bars" });
    this.ranking = element("ol", { className: "cl-ranking" });
    this.words = element("p", { className: "cl-said" });
    this.root = element("div", { className: "cl-race" }, [this.ranking, this.bars, this.words]);
    host.append(this.root);
  }

  /** @param {Shown} shown */
  show({ room, truth, ground }) {
    const names = new Map(ground?.rules.map(({ id, label }) => [id, label])), chosen = /** @type {[string, number][]} */ (room ?? []);
    drawBars(this.bars, chosen.map(([rule, count]) => ({ text: names.get(rule) ?? rule, count })), { texts: this.texts });
    const ranks = truth && typeof truth === "object" && "ranking" in truth ? truth.ranking : [];
    this.bars.hidden = ranks.length > 0;
    this.ranking.replaceChildren(...ranks.slice(0, FIRST).map((rank) => this.#row(rank)));
    const count = chosen.reduce((sum, [, each]) => sum + each, 0) || ranks.length;
    write(this.words, !room ? "" : count ? fill(this.texts.count, { count }) : this.texts.none);
  }

  /** @param {Rank} of */
  #row({ nickname, rank, loss }) {
    const told = loss === null ? this.texts.diverged : number(loss);
    return element("li", {}, [element("span", { textContent: `${rank}.` }), element("span", { textContent: nickname }), element("span", { textContent: told })]);
  }

  destroy() {
    this.root.remove();
  }
}
