import { arrivedOf } from "../programs/principal.js";
import { fill } from "./texts.js";
/** @import { Numbers, Run } from "./drawn.d.ts" */

/**
 * The plane with a note that says how much of the movement of some runs it shows, where the page leaves that to the stage.
 *
 * @template {{note?: string, directions: Numbers}} P
 * @param {P} plane
 * @param {Run[]} runs
 * @param {number} size params
 * @returns {P}
 */
export function withShare(plane, runs, size) {
  if (!plane.note?.includes("{share}")) return plane;
  const share = movementShown(plane, runs, size);
  return { ...plane, note: fill(plane.note, { share: `${(100 * share).toFixed(share > 0.99 ? 1 : 0)}%` }) };
}

/**
 * Share of the squared movement away from the start that lies in the plane, 0 … 1, over all finite iterates of all runs
 * that did not diverge (of all, if all did).
 *
 * @param {{directions: Numbers}} plane
 * @param {Run[]} runs
 * @param {number} size
 */
export function movementShown({ directions }, runs, size) {
  let inside = 0, whole = 0;
  for (const { params = new Float64Array() } of arrivedOf(runs.filter(({ params }) => params))) {
    for (let at = 0; at < params.length; at += size) {
      let x = 0, y = 0, all = 0;
      for (let j = 0; j < size; j += 1) {
        const move = params[at + j] - params[j];
        x += move * directions[j];
        y += move * directions[size + j];
        all += move * move;
      }
      if (!Number.isFinite(all)) continue;
      inside += x * x + y * y;
      whole += all;
    }
  }
  return whole > 0 ? inside / whole : 1;
}
