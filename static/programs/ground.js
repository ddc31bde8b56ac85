import { leastSquares, lowestOf } from "./minimum.js";
import { coarser, quickProgram, surfaceOf } from "./grid.js";
/** @import { Data } from "./data.js" */
/** @import { Lowest } from "./minimum.js" */
/** @import { Make, Program } from "./race.js" */
/** @import { Grid } from "./grid.js" */

const NUDGE = 1e-5;

/**
 * What lies under the paths.
 *
 * @typedef {object} Shown
 * @property {Grid} grid
 * @property {boolean} whole whether it is the grid that was asked for, and no coarser one
 * @property {Float64Array} z losses, row by row
 * @property {Float64Array} origin of the plane
 * @property {Float64Array} directions of the plane
 * @property {number} lowest loss that there is, infinite where none was known before
 * @property {Float64Array | null} minimizer where one is known
 *
 * @typedef {{places: Float64Array, directions: Float64Array}} Goals
 */

/** The surface of a mean loss whose data may have been moved here, and where it is lowest. */
export class Ground {
  /** @type {Lowest | null | undefined} */
  #lowest;
  /** @type {Shown | null} */
  #shown = null;
  /** @type {Program | null} */
  #single = null; // learns from one sample at a time

  /**
   * @param {Make} make
   * @param {{data: Data, origin: Float64Array, directions: Float64Array, goals: Goals | null, lowest?: number}} of plane,
   * minimizers and lowest loss as they were sent
   */
  constructor(make, { data, origin, directions, goals, lowest }) {
    const program = quickProgram(make);
    program.learnFrom(data.inputs, data.labels, data.triangle, data.weights);
    this.program = program;
    this.make = make;
    this.data = data;
    this.plane = { origin, directions };
    this.goals = goals;
    if (lowest !== undefined) this.#lowest = { params: origin, value: lowest, sure: false };
  }

  get lowest() {
    if (this.#lowest === undefined) this.#lowest = this.#solved() ?? this.#searched();
    return this.#lowest;
  }

  /** @returns {Lowest | null} */
  #solved() {
    const { triangle } = this.data, params = triangle && leastSquares(triangle, this.plane.origin.length);
    return params ? { params, value: this.program.valueAt(params, 0), sure: true } : null;
  }

  #searched() {
    const size = this.plane.origin.length, every = Float64Array.from({ length: size * size }, (_, k) => Number(k % (size + 1) === 0));
    const rows = this.goals?.directions ?? every;
    const directions = Array.from({ length: rows.length / size }, (_, r) => rows.subarray(r * size, (r + 1) * size));
    return lowestOf(this.program, new Float64Array(size), directions);
  }

  /** The minimizer, where the loss has shown that it can have one and this place is sure to be it. */
  get minimizer() {
    return this.goals && this.lowest?.sure ? this.lowest.params : null;
  }

  /** How distances to the minimizer are measured; NaN where none is known. */
  get goalsHere() {
    const { goals, minimizer } = this;
    return goals && { ...goals, places: minimizer ?? new Float64Array(this.plane.origin.length).fill(NaN) };
  }

  /** The plane's origin: params that are not drawn rest at the minimizer, if they did so before. */
  get origin() {
    const { goals, minimizer, plane: { origin, directions } } = this, size = origin.length;
    const drawn = origin.map((_, j) => Math.abs(directions[j]) + Math.abs(directions[size + j]));
    const rests = goals && drawn.every((share, j) => share === 1 || (share === 0 && origin[j] === goals.places[j]));
    return minimizer && rests ? minimizer.map((value, j) => value * (1 - drawn[j])) : origin;
  }

  /**
   * What the model says of every sample at an iterate of a path: one number for each output.
   *
   * @param {ArrayLike<number>} path
   * @param {number} at
   */
  outputsAt(path, at) {
    const { inputs = new Float64Array(), labels = new Float64Array() } = this.data, width = inputs.length / labels.length;
    const count = this.plane.origin.length / width;
    return Float64Array.from({ length: labels.length * count }, (_, place) => {
      const k = Math.floor(place / count), output = place % count;
      let sum = 0;
      for (let j = 0; j < width; j += 1) sum += inputs[k * width + j] * path[at + j * count + output];
      return sum;
    });
  }

  /**
   * What every sample costs there.
   *
   * @param {ArrayLike<number>} path
   * @param {number} at
   */
  costsAt(path, at) {
    const { inputs = new Float64Array(), labels = new Float64Array() } = this.data, width = inputs.length / labels.length;
    this.#single ??= quickProgram(this.make);
    const { learnFrom, sampledAt } = this.#single;
    return labels.map((_, k) => {
      learnFrom(inputs.subarray(k * width, (k + 1) * width), labels.subarray(k, k + 1));
      return sampledAt(path, at);
    });
  }

  /**
   * How fast the costs there grow with each output, to nine digits: an output grows as its own b does, the last of its params.
   *
   * @param {ArrayLike<number>} path
   * @param {number} at
   */
  slopesAt(path, at) {
    const { origin } = this.plane, { labels = new Float64Array(), inputs = new Float64Array() } = this.data;
    const count = (origin.length * labels.length) / inputs.length, slopes = new Float64Array(labels.length * count);
    for (let output = 0; output < count; output += 1) {
      const [above, below] = [NUDGE, -NUDGE].map((nudge) => {
        const params = Float64Array.from(origin, (_, j) => path[at + j]);
        params[origin.length - count + output] += nudge;
        return this.costsAt(params, 0);
      });
      above.forEach((cost, k) => { slopes[k * count + output] = (cost - below[k]) / (2 * NUDGE); });
    }
    return slopes;
  }

  /**
   * The surface on a grid, or, where it need not be whole, on a coarser one.
   *
   * @param {Grid & {whole?: boolean}} asked
   * @returns {Generator<undefined, Shown>}
   */
  *drawn({ x, y, whole = false }) {
    const fine = { x, y }, { triangle, labels } = this.data;
    const grid = whole ? fine : coarser(fine, triangle ? 1 : labels?.length ?? 1);
    if (this.#shown?.grid.x === grid.x && this.#shown.grid.y === grid.y) return this.#shown;
    const { origin, minimizer } = this;
    const z = yield* surfaceOf(this.program, { origin, directions: this.plane.directions }, grid);
    this.#shown = { grid, whole: grid.x.length === x.length, z, origin, directions: this.plane.directions, lowest: this.#lowest?.value ?? Infinity, minimizer };
    return this.#shown;
  }
}
