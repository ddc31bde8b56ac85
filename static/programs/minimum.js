/** @import { Program } from "./race.js" */

const MOST = 12; // params
const STEPS = 120;
const POLISH = 4; // Newton steps at the end
const SETTLED = 1e-8; // the last of them, beside the params

/**
 * A point of lowest mean loss; `sure` where it is known to be a minimizer, if the loss is convex.
 *
 * @typedef {{params: Float64Array, value: number, sure: boolean}} Lowest
 */

/**
 * Search downhill. A smooth loss is sure to be lowest where Newton's step has come to nothing and all
 * curvatures are positive; classes that can be parted, or kinks, have no such place.
 *
 * @param {Program} program
 * @param {Float64Array} start
 * @param {Float64Array[]} directions orthonormal ones in which the loss changes
 * @returns {Lowest | null} null where there are too many params
 */
export function lowestOf(program, start, directions) {
  if (start.length > MOST) return null;
  const at = (/** @type {number[]} */ t) => start.map((value, j) => directions.reduce((sum, direction, r) => sum + t[r] * direction[j], value));
  const asked = (/** @type {number[]} */ t) => {
    const params = at(t), slope = program.gradient(...params);
    return { t, value: program.valueAt(params, 0), slope: directions.map((direction) => dot(slope, direction)), whole: Math.sqrt(dot(slope, slope)) };
  };
  const first = asked(directions.map(() => 0));
  const { found, sure } = polished(asked, descended(asked, first));
  const still = found.whole <= SETTLED * first.whole || found.whole < 1e-13;
  return { params: at(found.t), value: found.value, sure: sure && still };
}

/**
 * @typedef {{t: number[], value: number, slope: number[], whole: number}} Place
 * @typedef {(t: number[]) => Place} Asked
 */

/**
 * Quasi-Newton steps of Broyden, Fletcher, Goldfarb and Shanno, with a line search that also gets along
 * with kinks.
 *
 * A. S. Lewis, M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", 2013.
 *
 * @param {Asked} asked
 * @param {Place} first
 */
function descended(asked, first) {
  let here = first;
  let inverse = here.t.map((_, i) => here.t.map((_, j) => Number(i === j) / (norm(first.slope) || 1)));
  for (let step = 0; step < STEPS; step += 1) {
    const way = inverse.map((row) => -dot(row, here.slope));
    const next = ahead(asked, here, way);
    if (!next) break;
    inverse = updated(inverse, minus(next.t, here.t), minus(next.slope, here.slope));
    const gain = here.value - next.value;
    here = next;
    if (!(gain > 1e-16 * Math.abs(here.value))) break;
  }
  return here;
}

/**
 * A place on the way that is lower, and beyond which the way falls less.
 *
 * @param {Asked} asked
 * @param {Place} here
 * @param {number[]} way
 */
function ahead(asked, here, way) {
  const fall = dot(way, here.slope);
  if (!(fall < 0)) return null;
  let low = 0, high = Infinity, size = 1;
  /** @type {Place | null} */
  let best = null;
  for (let tries = 0; tries < 40; tries += 1) {
    const there = asked(here.t.map((value, i) => value + size * way[i]));
    if (!(there.value <= here.value + 1e-4 * size * fall)) high = size;
    else {
      best = there;
      if (dot(there.slope, way) >= 0.9 * fall) break;
      low = size;
    }
    size = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  return best;
}

/** @param {number[][]} inverse @param {number[]} moved @param {number[]} turned */
function updated(inverse, moved, turned) {
  const share = dot(moved, turned);
  if (!(share > 0)) return inverse;
  const image = inverse.map((row) => dot(row, turned)), whole = 1 + dot(turned, image) / share;
  return inverse.map((row, i) => row.map((value, j) => value + (whole * moved[i] * moved[j] - image[i] * moved[j] - moved[i] * image[j]) / share));
}

/**
 * Newton's steps, with curvatures from differences of slopes.
 *
 * @param {Asked} asked
 * @param {Place} place
 */
function polished(asked, place) {
  let found = place, sure = false;
  for (let k = 0; k < POLISH; k += 1) {
    const step = newtonStep(asked, found);
    if (!step) return { found, sure: false };
    sure = norm(step) <= SETTLED * (1 + norm(found.t));
    const next = asked(found.t.map((value, i) => value + step[i]));
    if (!(next.value <= found.value + 1e-12 * Math.abs(found.value))) return { found, sure: false };
    found = next;
  }
  return { found, sure };
}

/** @param {Asked} asked @param {Place} here */
function newtonStep(asked, { t, slope }) {
  const size = 1e-5 * (1 + norm(t));
  const matrix = t.map((_, i) => {
    const [above, below] = [size, -size].map((shift) => asked(t.map((value, j) => value + shift * Number(i === j))));
    return minus(above.slope, below.slope).map((value) => value / (2 * size));
  });
  return solved(matrix, slope.map((value) => -value));
}

/**
 * Solution of a system with positive curvatures by Cholesky's method; null if they are not.
 *
 * @param {number[][]} matrix
 * @param {number[]} goal
 */
function solved(matrix, goal) {
  const n = goal.length, root = matrix.map((row) => row.slice()), found = goal.slice();
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      for (let k = 0; k < j; k += 1) root[i][j] -= root[i][k] * root[j][k];
      if (i > j) root[i][j] /= root[j][j];
    }
    if (!(root[i][i] > 1e-9 * matrix[i][i])) return null;
    root[i][i] = Math.sqrt(root[i][i]);
    for (let k = 0; k < i; k += 1) found[i] -= root[i][k] * found[k];
    found[i] /= root[i][i];
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) found[i] -= root[k][i] * found[k];
    found[i] /= root[i][i];
  }
  return found;
}

/**
 * Where a squared error is lowest, from its triangle; null where more than one place is.
 *
 * @param {Float64Array} triangle
 * @param {number} size
 */
export function leastSquares(triangle, size) {
  const found = new Float64Array(size), m = size + 1;
  if (triangle.length < size * m) return null;
  for (let i = size - 1; i >= 0; i -= 1) {
    if (triangle[i * m + i] === 0) return null;
    found[i] = triangle[i * m + size];
    for (let k = i + 1; k < size; k += 1) found[i] -= triangle[i * m + k] * found[k];
    found[i] /= triangle[i * m + i];
  }
  return found;
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}

/** @param {number[]} a */
function norm(a) {
  return Math.sqrt(dot(a, a));
}

/** @param {number[]} a @param {number[]} b */
function minus(a, b) {
  return a.map((value, i) => value - b[i]);
}
