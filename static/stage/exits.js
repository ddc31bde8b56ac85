/** @import { Context } from "./drawn.d.ts" */

const LENGTH = 13; // px of an arrow's head
const HALF = 7; // px; half its width

/**
 * Where a run that is outside now was inside last: `before` and `at` are points on its way out, `frame` is the first one
 * outside. Null where it never was inside.
 *
 * @param {(k: number) => number[]} pointOf its point at a frame
 * @param {number} index of the frame that is shown
 * @param {(from: number[], to: number[]) => [number, number] | null} clip the part of a segment that lies inside
 */
export function exitFrom(pointOf, index, clip) {
  for (let k = index; k > 0; k -= 1) {
    const [from, to] = [pointOf(k - 1), pointOf(k)];
    if (!clip(from, from)) continue;
    const span = clip(from, to);
    return span ? { frame: k, at: between(from, to, span[1]), before: from } : { frame: k, at: from, before: pointOf(Math.max(k - 2, 0)) };
  }
  return null;
}

/**
 * An arrow's head that points out of the picture.
 *
 * @param {Context} context
 * @param {{at: [number, number], before: [number, number], color: string}} arrow its tip, and a point on the way to it
 */
export function drawArrow(context, { at: [x, y], before: [fromX, fromY], color }) {
  const length = Math.hypot(x - fromX, y - fromY);
  const [ux, uy] = length > 0 ? [(x - fromX) / length, (y - fromY) / length] : [0, -1];
  const [bx, by] = [x - LENGTH * ux, y - LENGTH * uy];
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(bx - HALF * uy, by + HALF * ux);
  context.lineTo(bx + HALF * uy, by - HALF * ux);
  context.closePath();
  context.lineJoin = "round";
  context.strokeStyle = "rgba(255, 255, 255, 0.92)";
  context.lineWidth = 2.2;
  context.stroke();
  context.fillStyle = color;
  context.fill();
}

/** @param {number[]} from @param {number[]} to @param {number} t */
function between(from, to, t) {
  return from.map((value, i) => value + t * (to[i] - value));
}
