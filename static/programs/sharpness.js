/** @import { Program } from "./race.js" */

const MOST = 60; // products with the Hessian
const SETTLED = 1e-6; // of the largest curvature
const EVERY = 5; // products between two looks at it
const NUDGE = 6e-6;

/**
 * The largest curvature at some params, as lossopt.theory.diagnostics.sharpness finds it, but with products of the
 * Hessian by differences of gradients; it pauses after each. NaN where gradients are not finite.
 *
 * C. Lanczos, "An iteration method for the solution of the eigenvalue problem of linear differential and integral
 * operators", 1950.
 *
 * @param {Program} program
 * @param {Float64Array} params
 * @returns {Generator<undefined, number>}
 */
export function* sharpness(program, params) {
  const basis = [scaled(params.map((_, j) => Math.sin(1 + j * j)))]; // no direction is known to be better
  /** @type {number[]} */
  const diagonal = [], beside = [];
  let before = NaN;
  for (;;) {
    const way = basis[basis.length - 1], image = curved(program, params, way);
    diagonal.push(dot(image, way));
    for (const known of [...basis, ...basis]) add(image, known, -dot(image, known)); // once more, against rounding
    const length = Math.sqrt(dot(image, image)), most = Math.max(...diagonal.map(Math.abs), ...beside);
    const over = diagonal.length === Math.min(MOST, params.length) || !(length > 1e-7 * most);
    if (over || diagonal.length % EVERY === 0) {
      const found = largest(diagonal, beside);
      if (over || Math.abs(found - before) <= SETTLED * Math.abs(found)) return found;
      before = found;
    }
    beside.push(length);
    basis.push(scaled(image));
    yield;
  }
}

/** How the gradient changes in a direction. @param {Program} program @param {Float64Array} params @param {Float64Array} way */
function curved(program, params, way) {
  const size = NUDGE * (1 + Math.max(...params.map(Math.abs)));
  const [above, below] = [size, -size].map((step) => program.gradient(...params.map((value, j) => value + step * way[j])));
  return params.map((_, j) => (above[j] - below[j]) / (2 * size));
}

/**
 * Largest eigenvalue of a symmetric matrix with three diagonals: the last place at which some are above, by halves.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside
 */
function largest(diagonal, beside) {
  const reach = diagonal.map((value, k) => Math.abs(value) + (beside[k] ?? 0) + (beside[k - 1] ?? 0));
  let high = Math.max(...reach), low = -high;
  if (!Number.isFinite(high)) return NaN;
  for (let k = 0; k < 80; k += 1) {
    const middle = (low + high) / 2;
    if (isAbove(diagonal, beside, middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Whether an eigenvalue lies above a place. @param {number[]} diagonal @param {number[]} beside @param {number} place */
function isAbove(diagonal, beside, place) {
  let pivot = 1;
  return diagonal.some((value, k) => {
    pivot = value - place - (k ? beside[k - 1] ** 2 / (pivot || 1e-300) : 0);
    return pivot > 0;
  });
}

/** @param {Float64Array} vector */
function scaled(vector) {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

/** @param {Float64Array} a @param {Float64Array} b */
function dot(a, b) {
  return a.reduce((sum, value, j) => sum + value * b[j], 0);
}

/** @param {Float64Array} to @param {Float64Array} vector @param {number} factor */
function add(to, vector, factor) {
  for (let j = 0; j < to.length; j += 1) to[j] += factor * vector[j];
}
