import { Sheet } from "./draw.js";
import { bends } from "./line.js";
/** @import { Context } from "./drawn.d.ts" */

const OPACITY = 0.6;
const HEAD = 2; // px from its middle to its edge
const FAR = 20; // sizes of the picture beyond which nothing is drawn

/** A line in pixels, frame by frame; NaN where there is none. @typedef {{x: Float64Array, y: Float64Array, color: string}} Thread */

/**
 * Hundreds of thin lines that grow, on a sheet of their own: a step forward draws only what is new, and only a step back
 * draws everything again.
 */
export class Threads {
  /** @type {Map<string, Thread[]>} */
  #colors = new Map();
  /** @type {[number, number, number, number]} */
  #clip = [0, 0, 0, 0];
  #drawn = -1; // frame up to which the sheet is drawn
  #sheet;

  /** @param {HTMLElement} host @param {HTMLElement} above what they lie below */
  constructor(host, above) {
    this.#sheet = new Sheet(host, "lo-sheet lo-overlay lo-threads");
    above.before(this.#sheet.canvas);
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.#sheet.canvas.hidden = !visible;
  }

  /**
   * Take other lines, or the same elsewhere.
   *
   * @param {Thread[]} threads
   * @param {[number, number, number, number]} clip left, top, width and height
   */
  layOut(threads, clip) {
    const far = FAR * (clip[2] + clip[3]);
    this.#colors = new Map();
    for (const thread of threads) {
      thread.x.forEach((x, k) => { if (!(Math.abs(x) < far && Math.abs(thread.y[k]) < far)) thread.x[k] = NaN; });
      this.#colors.set(thread.color, [...(this.#colors.get(thread.color) ?? []), thread]);
    }
    this.#clip = clip;
    this.#drawn = -1;
  }

  /**
   * Draw them up to a frame.
   *
   * @param {number} index
   */
  draw(index) {
    if (index === this.#drawn || !this.#sheet.keepFit()) return;
    const anew = index < this.#drawn || this.#drawn < 0, from = anew ? 0 : this.#drawn;
    if (anew) this.#sheet.clear();
    this.#drawn = index;
    this.#clipped(this.#sheet.context, (context) => {
      context.globalAlpha = OPACITY;
      context.lineWidth = 1;
      context.lineJoin = "round";
      for (const [color, threads] of this.#colors) {
        context.strokeStyle = color;
        for (const thread of threads) {
          context.beginPath();
          trace(context, thread, from, index);
          context.stroke();
        }
      }
    });
  }

  /**
   * Mark where each of them is, between two frames.
   *
   * @param {Context} context
   * @param {{index: number, fraction: number}} frame
   */
  drawHeads(context, { index, fraction }) {
    this.#clipped(context, () => {
      for (const [color, threads] of this.#colors) {
        context.fillStyle = color;
        for (const { x, y } of threads) {
          const k = fraction > 0 && !Number.isNaN(x[index + 1]) ? index + 1 : index, t = k > index ? fraction : 0;
          const px = x[index] + t * (x[k] - x[index]), py = y[index] + t * (y[k] - y[index]);
          if (!Number.isNaN(px)) context.fillRect(px - HEAD, py - HEAD, 2 * HEAD, 2 * HEAD);
        }
      }
    });
  }

  /** @param {Context} context @param {(context: Context) => void} draw */
  #clipped(context, draw) {
    const [left, top, width, height] = this.#clip;
    context.save();
    context.beginPath();
    context.rect(Math.floor(left), Math.floor(top), Math.ceil(width), Math.ceil(height));
    context.clip();
    draw(context);
    context.restore();
  }
}

/**
 * Put a line between two frames on the canvas; a long way only by the points where it bends.
 *
 * @param {Context} context
 * @param {Thread} thread
 * @param {number} from
 * @param {number} to
 */
function trace(context, { x, y }, from, to) {
  const xs = x.subarray(from, to + 1), ys = y.subarray(from, to + 1);
  const kept = to - from > 3 ? bends(xs, ys) : xs.keys();
  let was = -1;
  for (const k of kept) {
    if (Number.isNaN(xs[k])) continue;
    if (was < 0 || hasGap(xs, was, k)) context.moveTo(xs[k], ys[k]);
    else context.lineTo(xs[k], ys[k]);
    was = k;
  }
}

/** @param {Float64Array} xs @param {number} from @param {number} to */
function hasGap(xs, from, to) {
  for (let k = from + 1; k < to; k += 1) if (Number.isNaN(xs[k])) return true;
  return false;
}
