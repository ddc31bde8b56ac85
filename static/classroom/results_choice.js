import { element } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
/** @import { Shown } from "./class.d.ts" */

/** Choices as bars; the right one, or those that tie for it, are marked. */
export class ChoiceResult {
  /** @param {HTMLElement} host @param {Readonly<Record<string, string>>} texts */
  constructor(host, texts) {
    this.texts = texts;
    this.root = element("ol", { className: "cl-bars" });
    host.append(this.root);
  }

  /** @param {Shown} shown */
  show({ question: { options = [] }, room, truth, mine }) {
    const right = truth === null || truth === undefined ? [] : [truth].flat();
    const rows = options.map((option, k) => ({
      text: option, count: room ? Number(room[k] ?? 0) : null, isRight: right.includes(k), isMine: mine === k,
    }));
    drawBars(this.root, rows, { texts: this.texts, tie: right.length > 1 });
  }

  destroy() {
    this.root.remove();
  }
}

/**
 * One bar for each row, as long as its share of all; none as long as nobody may see how many there are.
 *
 * @param {HTMLElement} list
 * @param {{text: string, count: number | null, isRight?: boolean, isMine?: boolean}[]} rows
 * @param {{texts: Readonly<Record<string, string>>, tie?: boolean}} of
 */
export function drawBars(list, rows, { texts, tie = false }) {
  const all = rows.reduce((sum, { count }) => sum + (count ?? 0), 0);
  list.replaceChildren(...rows.map(({ text, count, isRight, isMine }) => {
    const percent = all && count ? Math.round((100 * count) / all) : 0;
    const bar = element("span", { className: "cl-share" });
    bar.style.setProperty("--share", String(all && count ? count / all : 0));
    const marks = [isRight && `✓ ${tie ? texts.tied : texts.right}`, isMine && texts.yours].filter(Boolean);
    const words = [element("span", { className: "cl-option", textContent: text }), ...marks.map((mark) => element("b", { textContent: String(mark) }))];
    const row = element("li", { className: isRight ? "cl-right" : "" }, [
      element("span", { className: "cl-words" }, words), ...(count === null ? [] : [bar, element("span", { className: "cl-count", textContent: fill(texts.votes, { count, percent }) })]),
    ]);
    return row;
  }));
}
