import { readFormula } from "../programs/formula.js";
import { QUICKLY } from "../programs/grid.js";
import { element, write } from "../stage/dom.js";
import { QuickContour } from "../stage/quick_contour.js";
import { floorOf, raised } from "../stage/scene.js";
import { fill } from "../stage/texts.js";
import { readTheme, watchTheme } from "../stage/theme.js";
import { mathOf } from "./mathml.js";
/** @import { Formula, Region } from "../programs/formula.js" */

const COLUMNS = 49, ROWS = 37;

/** @typedef {{text: string, isTold: boolean, region: Region, texts: Record<string, string>}} Typed `isTold`: Python has answered to it */

/** How a formula was read, with a small picture of its surface, or the sentence that says why it cannot be used. */
export class FormulaAnswer {
  /** @type {Formula | undefined} that is drawn */
  #drawn;

  /** @param {HTMLElement} host */
  constructor(host) {
    host.className = "lo-stage lo-formula";
    host.dataset.testid = "formula-answer";
    this.probe = element("div", { className: "lo-probe" });
    this.formula = element("div", { className: "lo-formula-read", tabIndex: 0 });
    this.refusal = element("p", { className: "lo-formula-refusal" });
    this.refusal.setAttribute("role", "status");
    this.picture = element("div", { className: "lo-formula-picture" });
    this.caption = element("figcaption", {});
    this.preview = element("figure", { className: "lo-formula-preview", hidden: true }, [this.picture, this.caption]);
    host.append(this.probe, this.formula, this.preview, this.refusal);
    this.contour = new QuickContour(this.picture);
    this.unwatch = watchTheme(this.probe, () => this.#draw());
  }

  /** @param {Typed} typed */
  show({ text, isTold, region, texts }) {
    const { objective, refusal } = readFormula(text, region);
    this.formula.hidden = !objective;
    if (objective) this.formula.replaceChildren(mathOf(objective.tree));
    write(this.refusal, refusal && !isTold ? fill(texts[refusal.code], refusal.values) : "");
    this.#drawn = isTold ? undefined : objective;
    this.preview.hidden = !this.#drawn;
    write(this.caption, texts.preview);
    this.#draw();
  }

  #draw() {
    if (!this.#drawn) return;
    const { clientWidth: width, clientHeight: height } = this.picture, [[x0, x1], [y0, y1]] = this.#drawn.bounds;
    this.contour.draw(surfaceOf(this.#drawn), { left: 0, top: 0, width, height, x0, x1, y0, y1 }, readTheme(this.probe));
  }

  destroy() {
    this.unwatch();
  }
}

/** @param {Formula} formula */
function surfaceOf({ bounds: [across, up], make }) {
  const { value } = make(QUICKLY), x = evenly(across, COLUMNS), y = evenly(up, ROWS);
  const z = new Float64Array(COLUMNS * ROWS);
  for (let k = 0; k < z.length; k += 1) z[k] = value(x[k % COLUMNS], y[Math.floor(k / COLUMNS)]);
  return raised({ id: "", log: true, floor: floorOf(z) }, { x, y, z });
}

/** @param {[number, number]} ends @param {number} count */
function evenly([from, to], count) {
  return Float64Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
}
