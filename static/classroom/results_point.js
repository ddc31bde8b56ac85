import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { PlanePicture } from "./plane.js";
/** @import { Ground, Place, PointTruth, Region, Shown } from "./class.d.ts" */

/** Places as dots on the surface, then the run or the region of starts that was asked for. */
export class PointResult {
  /** @type {Ground | null} */
  #ground = null;

  /** @param {HTMLElement} host @param {Readonly<Record<string, string>>} texts */
  constructor(host, texts) {
    this.texts = texts;
    this.words = element("p", { className: "cl-said" });
    this.root = element("div", { className: "cl-point" });
    this.picture = new PlanePicture(this.root);
    this.root.append(this.words);
    host.append(this.root);
  }

  /** @param {Shown} shown */
  show({ question, room, truth, mine, ground }) {
    const dots = /** @type {unknown[]} */ (room ?? []).filter(isPlace), found = /** @type {PointTruth | null} */ (truth ?? null);
    if (ground && ground !== this.#ground) this.picture.show(ground, question.text);
    this.#ground = ground ?? null;
    this.picture.mark({ dots, mine: isPlace(mine) ? mine : null, truth: found, names: { mine: this.texts.yours, truth: this.texts.truth } });
    write(this.words, room ? this.#say(dots, found) : "");
  }

  /** @param {Place[]} dots @param {PointTruth | null} truth */
  #say(dots, truth) {
    if (!dots.length) return this.texts.none;
    const count = fill(this.texts.count, { count: dots.length });
    if (!truth?.region) return count;
    const { region } = truth;
    return `${count} ${fill(this.texts.inside, { count: dots.filter((dot) => isInside(region, dot)).length })}`;
  }

  destroy() {
    this.picture.destroy();
    this.root.remove();
  }
}

/** @param {unknown} value @returns {value is Place} */
export function isPlace(value) {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number" && Number.isFinite(each));
}

/**
 * Whether a start lies in a region.
 *
 * @param {Region} region
 * @param {Place} place
 */
export function isInside({ box: [[x0, x1], [y0, y1]], nx, ny, cells }, [x, y]) {
  const i = Math.floor((nx * (x - x0)) / (x1 - x0)), j = Math.floor((ny * (y - y0)) / (y1 - y0));
  return i >= 0 && i < nx && j >= 0 && j < ny && cells[j * nx + i] === "1";
}
