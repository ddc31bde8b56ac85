import { placesOf } from "./plane.js";
/** @import { Descent } from "./race.js" */
/** @import { Grid } from "./grid.js" */

/*
 * The plane in which runs move most, and the region of it that holds them: as lossopt.landscapes.surfaces has it, with
 * nothing but + − × ÷ and roots, so that it is the same in every browser.
 */

const [MARGIN, REACH] = [0.15, 50]; // of a region, in its sides
const [THIN, FLAT] = [0.05, 1e-3]; // shortest sides, in the longest one, or in the distance from the origin
const SWEEPS = 60; // of rotations, far more than any matrix takes

/** @typedef {{origin: Float64Array, directions: Float64Array}} Plane */
/** @typedef {Pick<Descent, "params" | "loss" | "diverged_at">} Run */

/**
 * Two principal directions of all steps away from the start; every run counts the same, diverged ones only if all did.
 *
 * @param {Run[]} runs
 * @param {number} size params
 * @param {{origin: Float64Array, throughEnd: boolean}} how it passes through a point, or through the end of the run that ends lowest
 * @returns {Plane}
 */
export function principalPlane(runs, size, { origin, throughEnd }) {
  const arrived = arrivedOf(runs), products = new Float64Array(size * size);
  for (const { params } of arrived) addProducts(products, movesOf(params, size), size);
  const directions = new Float64Array(2 * size);
  largestOf(products, size).forEach((row, k) => directions.set(pointed(row), k * size));
  return { origin: throughEnd ? lowestEnd(runs, size) ?? origin : origin, directions };
}

/**
 * Runs that did not diverge; all, if all did.
 *
 * @template {{diverged_at: number | null}} R
 * @param {R[]} runs
 */
export function arrivedOf(runs) {
  const arrived = runs.filter(({ diverged_at: step }) => step === null);
  return arrived.length ? arrived : runs;
}

/** Steps away from the start, the largest of them 1. @param {Float64Array} params @param {number} size */
function movesOf(params, size) {
  const moves = params.map((value, k) => (Number.isFinite(value - params[k % size]) ? value - params[k % size] : 0));
  const most = moves.reduce((high, move) => Math.max(high, Math.abs(move)), 1e-300);
  return moves.map((move) => move / most);
}

/** @param {Float64Array} products @param {Float64Array} moves @param {number} size */
function addProducts(products, moves, size) {
  for (let at = 0; at < moves.length; at += size)
    for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) products[i * size + j] += moves[at + i] * moves[at + j];
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) products[j * size + i] = products[i * size + j];
}

/**
 * Two directions of a symmetric matrix with the largest eigenvalues, by Jacobi's rotations (C. Jacobi, 1846).
 *
 * @param {Float64Array} matrix is used up
 * @param {number} size
 */
function largestOf(matrix, size) {
  const basis = Float64Array.from(matrix, (_, k) => Number(k % (size + 1) === 0));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let turned = false;
    for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) turned = rotate(matrix, basis, size, i, j) || turned;
    if (!turned) break;
  }
  const order = Array.from({ length: size }, (_, k) => k).sort((a, b) => matrix[b * (size + 1)] - matrix[a * (size + 1)] || a - b);
  return order.slice(0, 2).map((k) => basis.slice(k * size, (k + 1) * size));
}

/** Make an entry zero. @param {Float64Array} matrix @param {Float64Array} basis @param {number} size @param {number} i @param {number} j */
function rotate(matrix, basis, size, i, j) {
  const entry = matrix[i * size + j], [a, b] = [matrix[i * (size + 1)], matrix[j * (size + 1)]];
  if (Math.abs(entry) <= 1e-17 * Math.sqrt(Math.abs(a) * Math.abs(b)) || entry === 0) return false;
  const half = (b - a) / (2 * entry), tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(1 + half * half));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent), sine = tangent * cosine;
  const turn = (/** @type {Float64Array} */ values, /** @type {number} */ p, /** @type {number} */ q) => {
    const [x, y] = [values[p], values[q]];
    values[p] = cosine * x - sine * y;
    values[q] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k += 1) turn(matrix, k * size + i, k * size + j);
  for (let k = 0; k < size; k += 1) turn(matrix, i * size + k, j * size + k);
  for (let k = 0; k < size; k += 1) turn(basis, i * size + k, j * size + k);
  matrix[i * size + j] = matrix[j * size + i] = 0;
  return true;
}

/** The same direction, its largest entry positive. @param {Float64Array} row */
function pointed(row) {
  const largest = row.reduce((best, value, k) => (Math.abs(value) > Math.abs(row[best]) ? k : best), 0);
  return row[largest] < 0 ? row.map((value) => -value) : row;
}

/** @param {Run[]} runs @param {number} size */
function lowestEnd(runs, size) {
  const ended = runs.filter(({ diverged_at: step, loss }) => step === null && Number.isFinite(loss[loss.length - 1]));
  const last = (/** @type {Run} */ { loss }) => loss[loss.length - 1];
  const lowest = ended.reduce((/** @type {Run | null} */ best, run) => (best === null || last(run) < last(best) ? run : best), null);
  return lowest?.params.slice(-size);
}

/**
 * Evenly spaced places over the region that holds runs and the plane's origin.
 *
 * @param {Run[]} runs
 * @param {Plane} plane
 * @param {number} side how many
 * @returns {Grid & {x: Float64Array, y: Float64Array}}
 */
export function gridOver(runs, plane, side) {
  const size = plane.origin.length, start = placesOf(runs[0].params, plane, 1, size);
  const near = boxAround([start, new Float64Array(2)]);
  return gridIn(boxAround(runs.map(({ params }) => placesOf(params, plane, params.length / size, size)), near), side);
}

/** Evenly spaced places over a region. @param {number[][]} box @param {number} side how many */
export function gridIn([[left, right], [low, high]], side) {
  return { x: spaced(left, right, side), y: spaced(low, high, side) };
}

/** The region of some places. @param {Float64Array[]} points @param {number[][]} [box] it holds this one, too, and nothing that is far from it */
export function boxAround(points, box) {
  const found = [0, 1].map((axis) => {
    const [low, high] = box?.[axis] ?? [Infinity, -Infinity];
    return { low, high };
  });
  const isNear = (/** @type {number} */ value, /** @type {number[] | undefined} */ side) => Number.isFinite(value) && (!side || (value > side[0] - REACH * (side[1] - side[0]) && value < side[1] + REACH * (side[1] - side[0])));
  for (const places of points) {
    for (let k = 0; k < places.length; k += 2) {
      const place = [places[k], places[k + 1]];
      if (!place.every((value, axis) => isNear(value, box?.[axis]))) continue;
      found.forEach((range, axis) => {
        range.low = Math.min(range.low, place[axis]);
        range.high = Math.max(range.high, place[axis]);
      });
    }
  }
  return withMargin(found, Boolean(box));
}

/** @param {{low: number, high: number}[]} ranges @param {boolean} thin whether sides may be as short as they are */
function withMargin(ranges, thin) {
  const sides = ranges.map(({ low, high }) => high - low), longest = Math.max(...sides);
  const usual = longest || Math.max(...ranges.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) || 1;
  const shortest = thin ? 0 : (longest ? THIN : FLAT) * usual;
  return ranges.map(({ low, high }, axis) => {
    const center = 0.5 * (low + high), half = (0.5 + MARGIN) * Math.max(sides[axis], shortest);
    return [center - half, center + half];
  });
}

/** @param {number} low @param {number} high @param {number} count */
function spaced(low, high, count) {
  return Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));
}
