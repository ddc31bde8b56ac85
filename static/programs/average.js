/**
 * Put the mean of all iterates after the start in the place of each.
 *
 * @param {Float64Array} path
 * @param {number} size
 */
export function average(path, size) {
  for (let j = 0; j < size; j += 1) {
    let total = 0;
    for (let k = 1; k * size < path.length; k += 1) {
      total = k === 1 ? path[size + j] : total + path[k * size + j];
      path[k * size + j] = total / k;
    }
  }
}
