/** @import { Moving } from "../stage/messages.d.ts" */

const EPS = 2 ** -52;

/**
 * Data of a mean loss.
 *
 * @typedef {object} Data
 * @property {Float64Array} [inputs] row by row
 * @property {Float64Array} [labels]
 * @property {Float64Array} [triangle]
 * @property {Float64Array} [weights]
 * @property {Float64Array} [test_inputs]
 * @property {Float64Array} [test_labels]
 *
 * @typedef {{index: number, x: number, y: number}} Move a sample, and its new place in the picture
 */

/**
 * The same data with some samples elsewhere, as lossopt.datasets.move_points puts them there.
 *
 * @param {Data} data
 * @param {Moving} moving
 * @param {Move[]} moves
 * @returns {Data}
 */
export function movedData(data, moving, moves) {
  const inputs = Float64Array.from(data.inputs ?? []), labels = Float64Array.from(data.labels ?? []);
  const width = moving.monomials.length + 1;
  for (const { index, x, y } of moves) {
    if (index >= labels.length) continue; // other data have come while it was held
    const row = inputs.subarray(index * width, (index + 1) * width);
    const features = [x, moving.up === "feature" ? y : row[1]];
    features.push(...row.subarray(2, width));
    if (moving.up !== "feature") labels[index] = moving.up === "target" ? y : Number(y > 0.5);
    row.set(prepared(features, moving.monomials));
  }
  return { ...data, inputs, labels, triangle: data.triangle && triangleOf(inputs, labels) };
}

/**
 * What a model that is linear in its params predicts from.
 *
 * @param {ArrayLike<number>} features the first ones may be followed by others
 * @param {number[][]} monomials
 */
export function prepared(features, monomials) {
  return [...monomials.map((factors) => factors.reduce((product, k) => product * features[k], 1)), 1];
}

/**
 * R of the QR factorization of [inputs, labels], row by row, as lossopt.curvatures.triangle makes it:
 * by Householder's reflections, and 0 where rounding is all that is left of a column.
 *
 * @param {Float64Array} inputs
 * @param {Float64Array} labels
 */
export function triangleOf(inputs, labels) {
  const n = labels.length, width = inputs.length / n, m = width + 1, rank = Math.min(n, m);
  const columns = Array.from({ length: m }, (_, j) => Float64Array.from(labels, (label, k) => (j < width ? inputs[k * width + j] : label)));
  for (let k = 0; k < rank; k += 1) reflect(columns, k);
  const found = new Float64Array(rank * m);
  columns.forEach((column, j) => {
    for (let i = 0; i <= j && i < rank; i += 1) found[i * m + j] = column[i];
  });
  const tiny = 4 * (m + Math.sqrt(n)) * EPS;
  for (let k = 0; k < Math.min(n, width); k += 1) {
    const largest = columns[k].subarray(0, k + 1).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (Math.abs(found[k * m + k]) <= tiny * largest) found[k * m + k] = 0;
  }
  return found;
}

/**
 * Turn all columns so that the one with number k ends at row k.
 *
 * @param {Float64Array[]} columns
 * @param {number} k
 */
function reflect(columns, k) {
  const own = columns[k], head = own[k];
  const scale = own.subarray(k).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let squares = 0;
  for (let i = k + 1; i < own.length; i += 1) squares += (own[i] / scale) ** 2;
  if (!squares) return;
  const end = (head < 0 ? 1 : -1) * scale * Math.sqrt((head / scale) ** 2 + squares), factor = (end - head) / end;
  const mirror = own.map((value, i) => (i > k ? value / (head - end) : Number(i === k)));
  for (let j = k + 1; j < columns.length; j += 1) {
    let along = 0;
    for (let i = k; i < own.length; i += 1) along += mirror[i] * columns[j][i];
    for (let i = k; i < own.length; i += 1) columns[j][i] -= factor * along * mirror[i];
  }
  own[k] = end;
}
