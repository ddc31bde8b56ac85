/** @import { Neurons } from "../stage/messages.d.ts" */

const HEAD = 18; // px; names of the columns
const LARGEST = 46, SMALLEST = 12; // px; pictures of neurons
const BESIDE = 8; // neurons that stand in one column; more of them stand in two
const SHARE = 0.6; // of the width, that pictures take at most
const GAP = 5; // px; from one picture to the next below it

/**
 * A neuron in the plan, an input or an output.
 *
 * @typedef {object} Spot
 * @property {number} column 0 for inputs
 * @property {number} k
 * @property {number} left
 * @property {number} top
 * @property {number} side
 */

/**
 * Where every input, neuron and output stands, column by column.
 *
 * @param {Neurons} network
 * @param {{width: number, height: number, size: number}} room `size` of all lettering
 * @returns {Spot[][]}
 */
export function planOf({ sizes }, { width, height, size }) {
  const counts = [sizes[0][0], ...sizes.map(([, nOut]) => nOut)], head = HEAD * size;
  const ranks = counts.map((count) => (count > BESIDE ? 2 : 1));
  const rows = counts.map((count, i) => (ranks[i] > 1 ? Math.ceil(count / 2) + 0.5 : count)); // the second of two stands lower
  const most = Math.max(...rows);
  const across = ranks.reduce((sum, rank) => sum + rank, 0);
  const side = Math.max(SMALLEST, Math.floor(Math.min(LARGEST * size, (height - head) / most - GAP, (SHARE * width) / across)));
  const apart = (width - side * across - 2) / (counts.length - 1);
  let left = 1;
  return counts.map((count, column) => {
    const rank = ranks[column], pitch = (height - head) / Math.max(rows[column], Math.min(most, 2));
    const spots = Array.from({ length: count }, (_, k) => {
      const row = Math.floor(k / rank) + (k % rank) / 2;
      const top = head + (height - head) / 2 + (row - (rows[column] - 1) / 2) * pitch - side / 2;
      return { column, k, left: left + (k % rank) * side, top, side };
    });
    left += side * rank + apart;
    return spots;
  });
}
