/** @import { Context } from "./drawn.d.ts" */
/** @import { Frame } from "./axes.js" */

const FLAT = 0.2; // px that a point may lie beside the line that is drawn without it
const FAR = 20; // sizes of a frame beyond which nothing is drawn

/** A line in a chart, in pixels: laid out once, drawn up to any of its points. */
export class Line {
  /**
   * There is a gap where a value is not finite, or far away.
   *
   * @param {Frame} frame
   * @param {{count: number, x: (k: number) => number, y: (k: number) => number}} points
   */
  constructor(frame, { count, x, y }) {
    const far = FAR * (frame.height + frame.width);
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    for (let k = 0; k < count; k += 1) {
      const px = frame.px(x(k)), py = frame.py(y(k)), near = Math.abs(px) < far && Math.abs(py) < far;
      this.x[k] = near ? px : NaN;
      this.y[k] = py;
    }
    this.bends = bends(this.x, this.y);
  }

  /**
   * Put it on the canvas, up to a point.
   *
   * @param {Context} context
   * @param {number} [end]
   */
  trace(context, end = this.x.length - 1) {
    const { x, y } = this;
    let last = -1;
    for (const k of this.bends) {
      if (k > end) break;
      if (k === 0 || Number.isNaN(x[k - 1])) context.moveTo(x[k], y[k]);
      else context.lineTo(x[k], y[k]);
      last = k;
    }
    if (last < end && !Number.isNaN(x[end])) context.lineTo(x[end], y[end]);
  }
}

/**
 * Numbers of the points where a line bends, begins and ends: it passes all others so closely that nobody sees what they
 * are for, and every stroke is cheaper without them. Points without a place are gaps.
 *
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {(k: number) => boolean} [begins] whether another piece begins at a point
 */
export function bends(x, y, begins = () => false) {
  /** @type {number[]} */
  const kept = [], sleeve = new Sleeve(), last = x.length - 1;
  for (let k = 0, wasGap = true; k <= last; k += 1) {
    const isGap = Number.isNaN(x[k]), isFirst = !isGap && (wasGap || begins(k));
    if (!wasGap && (isGap || isFirst || !sleeve.take(x[k], y[k]))) {
      if (kept[kept.length - 1] !== k - 1) kept.push(k - 1);
      if (!isGap && !isFirst) sleeve.begin(x[k - 1], y[k - 1]).take(x[k], y[k]);
    }
    if (isFirst) sleeve.begin(x[k], y[k]);
    if (isFirst || (k === last && !isGap && kept[kept.length - 1] !== k)) kept.push(k);
    wasGap = isGap;
  }
  return kept;
}

/** All directions from a point in which a straight line passes what was taken. */
class Sleeve {
  #x = 0;
  #y = 0;
  #away = 0; // of the farthest point
  #leftX = 0;
  #leftY = 0;
  #rightX = 0;
  #rightY = 0;

  /** @param {number} x @param {number} y */
  begin(x, y) {
    this.#x = x;
    this.#y = y;
    this.#away = 0;
    return this;
  }

  /**
   * Take another point, which does not lie back; says whether a line still passes them all.
   *
   * @param {number} x
   * @param {number} y
   */
  take(x, y) {
    const dx = x - this.#x, dy = y - this.#y, away = Math.sqrt(dx * dx + dy * dy), before = this.#away;
    if (away < before - FLAT) return false;
    if (away <= FLAT) return true;
    const isFirst = before <= FLAT;
    if (!isFirst && (this.#leftX * dy > this.#leftY * dx || this.#rightX * dy < this.#rightY * dx)) return false;
    this.#away = Math.max(before, away);
    this.#narrow(dx, dy, FLAT / away, isFirst);
    return true;
  }

  /** @param {number} dx @param {number} dy @param {number} sine of the angle to either side @param {boolean} isFirst */
  #narrow(dx, dy, sine, isFirst) {
    const cosine = Math.sqrt(1 - sine * sine);
    const leftX = cosine * dx - sine * dy, leftY = sine * dx + cosine * dy, rightX = cosine * dx + sine * dy, rightY = cosine * dy - sine * dx;
    if (isFirst || this.#leftX * leftY < this.#leftY * leftX) {
      this.#leftX = leftX;
      this.#leftY = leftY;
    }
    if (isFirst || this.#rightX * rightY > this.#rightY * rightX) {
      this.#rightX = rightX;
      this.#rightY = rightY;
    }
  }
}
