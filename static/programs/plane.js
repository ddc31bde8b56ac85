/**
 * Places on the plane of params, frame by frame.
 *
 * @param {ArrayLike<number> | undefined} params
 * @param {{origin: ArrayLike<number>, directions: ArrayLike<number>}} plane
 * @param {number} count
 * @param {number} nParams
 */
export function placesOf(params, { origin, directions }, count, nParams) {
  const xy = new Float64Array(2 * count);
  if (!params) return xy.fill(NaN);
  for (let k = 0; k < count; k += 1) {
    for (let j = 0; j < nParams; j += 1) {
      const offset = params[k * nParams + j] - origin[j];
      xy[2 * k] += directions[j] * offset;
      xy[2 * k + 1] += directions[nParams + j] * offset;
    }
  }
  return xy;
}
