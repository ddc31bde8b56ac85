import * as math from "./math.js";
/** @import { Make, Program } from "./race.js" */

const QUICK = 100_000; // losses of single samples that a surface may take while its data move
const [FEWEST, MOST] = [16, 50]; // points a side

/** A picture may differ by a unit in the last place from browser to browser: it takes their own functions. */
export const QUICKLY = { ...math, exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p, tanh: Math.tanh, pow: Math.pow };

/** @param {Make} make @returns {Program} */
export function quickProgram(make) {
  return make(QUICKLY);
}

/** @typedef {{x: ArrayLike<number>, y: ArrayLike<number>}} Grid columns and rows, evenly spaced */

/**
 * Mean losses on a grid over a plane, row by row; it pauses after each row.
 *
 * @param {Program} program
 * @param {{origin: ArrayLike<number>, directions: ArrayLike<number>}} plane
 * @param {Grid} grid
 * @returns {Generator<undefined, Float64Array>}
 */
export function* surfaceOf(program, { origin, directions }, { x, y }) {
  const size = origin.length, place = new Float64Array(size), z = new Float64Array(x.length * y.length);
  for (let row = 0; row < y.length; row += 1) {
    for (let column = 0; column < x.length; column += 1) {
      for (let j = 0; j < size; j += 1) place[j] = origin[j] + x[column] * directions[j] + y[row] * directions[size + j];
      z[row * x.length + column] = program.valueAt(place, 0);
    }
    yield;
  }
  return z;
}

/**
 * The same region with as many points as can be computed between two frames.
 *
 * @param {Grid} grid
 * @param {number} nSamples whose losses are summed for a point
 * @returns {Grid}
 */
export function coarser(grid, nSamples) {
  const side = Math.min(Math.max(FEWEST, Math.floor(Math.sqrt(QUICK / nSamples))), MOST);
  return { x: thinned(grid.x, side), y: thinned(grid.y, side) };
}

/** @param {ArrayLike<number>} places @param {number} count */
function thinned(places, count) {
  const last = places.length - 1;
  if (count >= places.length) return places;
  return Float64Array.from({ length: count }, (_, k) => places[0] + ((places[last] - places[0]) * k) / (count - 1));
}
