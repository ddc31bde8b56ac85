import * as math from "./math.js";
import { batchesOf } from "./order.js";

/**
 * A race that is run here, by the programs that were written for it, a little at a time. `make` is
 * what their module exports, `live` the message of the race (docs/stage.md); `steps` are those at
 * which runs are shown.
 */
export class Race {
  #work = null;
  #orders = new Map();

  constructor(make, live, steps) {
    const data = unpackedAll(live.data ?? {});
    this.live = live;
    this.steps = steps;
    this.program = make(math);
    this.program.learnFrom(data.inputs, data.labels, data.triangle);
    this.tested = data.test_labels && make(math);
    this.tested?.learnFrom(data.test_inputs, data.test_labels);
    this.goals = live.goals && unpackedAll(live.goals);
    this.start = unpacked(live.start);
    this.nSamples = live.n_samples;
  }

  /** Start of a descent at a point of the plane; a pixel knows no more than six digits. */
  startAt([x, y]) {
    const [origin, directions] = [unpacked(this.live.origin), unpacked(this.live.directions)];
    return origin.map((value, j) => Number((value + x * directions[j] + y * directions[origin.length + j]).toPrecision(6)));
  }

  /**
   * Begin anew from a start, the race's own by default, and with some changed hyperparameters of some
   * runs. `runs` are those of `ran`, the start that was last worked through.
   *
   * @param {{start?: Float64Array, changes?: (object | null)[]}} [asked]
   */
  begin({ start = this.start, changes = [] } = {}) {
    this.#work = this.#descendAll(start, this.live.runs.map((run, i) => run && changed(run, changes[i])));
  }

  /** Whether a run can go with another value of a hyperparameter. */
  canChange(i, field) {
    const run = this.live.runs[i];
    return run !== null && (field in run.settings || OUTSIDE.includes(field));
  }

  /** Go on until a time by `performance.now()`; says whether all is done. */
  work(until) {
    while (this.#work) {
      if (this.#work.next().done) this.#work = null;
      else if (performance.now() >= until) break;
    }
    return this.#work === null;
  }

  *#descendAll(start, asked) {
    const runs = [];
    for (const run of asked) {
      const found = run && {};
      if (run) for (const _ of descent(this, run, start, found)) yield;
      runs.push(found);
    }
    this.runs = runs;
    this.ran = start;
  }

  /** Rows of each step, null where a step takes all. */
  batches({ batch_size: size, seed }) {
    if (size >= this.nSamples) return null;
    const order = `${size} ${seed}`;
    if (!this.#orders.has(order)) this.#orders.set(order, batchesOf(this.nSamples, size, seed));
    return this.#orders.get(order);
  }
}

const OUTSIDE = ["learning_rate", "batch_size", "seed", "clip_norm", "average"];

/** A run with other values of some hyperparameters; what its program has fixed stays as it is. */
function changed(run, change) {
  const other = { ...run, settings: { ...run.settings } };
  for (const [field, value] of Object.entries(change ?? {})) {
    if (field in run.settings) other.settings[field] = value;
    else if (OUTSIDE.includes(field)) other[field] = value;
  }
  return other;
}

/** One run, into `found`; it pauses often. From the first iterate on that is not finite all is NaN. */
function* descent(race, run, start, found) {
  const { program, steps } = race, size = start.length, last = steps.at(-1);
  const rest = Math.min(run.rests_at ?? last, last), batches = race.batches(run);
  const losses = new Float64Array(steps.length).fill(NaN), norms = losses.slice();
  const noting = run.direct && !run.average && !batches && steps.length === last + 1;
  const how = {
    learningRate: run.learning_rate, settings: Object.values(run.settings), clipNorm: run.clip_norm,
    factors: run.factors && unpacked(run.factors), batches, ...(noting ? { losses, norms } : {}),
  };
  const path = new Float64Array(size * (last + 1)).fill(NaN);
  for (const k of program.runs[run.function](start, rest, path, how)) {
    if (!isAlive(path, k, size)) break;
    yield;
  }
  if (run.average) average(path, size);
  let end = 1;
  while (end <= rest && isAlive(path, end, size)) end += 1;
  path.fill(NaN, end * size);
  if (end > rest) {
    for (let k = rest + 1; k <= last; k += 1) path.copyWithin(k * size, rest * size, (rest + 1) * size);
    end = Infinity;
  }
  const known = noting ? Math.min(rest, end) : 0;
  losses.fill(NaN, known);
  norms.fill(NaN, known);
  for (let i = known; i < steps.length && steps[i] < end; i += 1) {
    program.noteAt(path, steps[i] * size, { losses, norms }, i);
    if (i % 16 === 15) yield;
  }
  const testLoss = race.tested && losses.slice();
  for (let i = 0; testLoss && i < steps.length; i += 1) {
    testLoss[i] = race.tested.sampledAt(path, steps[i] * size);
    if (i % 16 === 15) yield;
  }
  const params = noting ? path : at(path, steps, size);
  Object.assign(found, {
    params, loss: losses, gradientNorm: norms, testLoss,
    diverged_at: lostAt(program, path, { losses, steps, end }),
    distance: race.goals && distances(params, size, race.goals),
    evaluations: spent(run, race.nSamples, rest, steps),
  });
}

function isAlive(path, k, size) {
  for (let j = k * size; j < (k + 1) * size; j += 1) if (!Number.isFinite(path[j])) return false;
  return true;
}

/** Put the mean of all iterates after the start in the place of each. */
function average(path, size) {
  for (let j = 0; j < size; j += 1) {
    let total = 0;
    for (let k = 1; k * size < path.length; k += 1) {
      total = k === 1 ? path[size + j] : total + path[k * size + j];
      path[k * size + j] = total / k;
    }
  }
}

function at(path, steps, size) {
  const found = new Float64Array(steps.length * size);
  steps.forEach((step, i) => found.set(path.subarray(step * size, (step + 1) * size), i * size));
  return found;
}

/** The step at which params or loss overflow; it may lie between two frames. Null where none does. */
function lostAt(program, path, { losses, steps, end }) {
  const i = losses.findIndex((loss, k) => k > 0 && (steps[k] >= end || Math.abs(loss) === Infinity));
  if (i < 0) return null;
  const size = path.length / (steps.at(-1) + 1), last = Math.min(steps[i], end);
  let step = steps[i - 1] + 1;
  while (step < last && Math.abs(program.valueAt(path, step * size)) !== Infinity) step += 1;
  return step;
}

/** Distance to the nearest of some places, in the directions that count. */
function distances(params, size, { places, directions }) {
  const found = new Float64Array(params.length / size).fill(Infinity);
  for (let k = 0; k < found.length; k += 1) {
    for (let place = 0; place < places.length; place += size) {
      let squares = 0;
      for (let row = 0; row < directions.length; row += size) {
        let along = 0;
        for (let j = 0; j < size; j += 1) along += directions[row + j] * (params[k * size + j] - places[place + j]);
        squares += along * along;
      }
      found[k] = Math.min(found[k], Math.sqrt(squares));
    }
  }
  return found;
}

/** Gradients of single samples that a run has taken at some steps; the last batch of a pass may be short. */
function spent({ cost, batch_size: size }, nSamples, rest, steps) {
  const perPass = Math.ceil(nSamples / size);
  return Float64Array.from(steps, (step) => {
    const done = Math.min(step, rest), passes = Math.floor(done / perPass);
    return cost * (passes * nSamples + (done - passes * perPass) * size);
  });
}

function unpackedAll(message) {
  return Object.fromEntries(Object.entries(message).map(([name, text]) => [name, unpacked(text)]));
}

/** Numbers of 64 bits. */
export function unpacked(text) {
  const characters = atob(text), bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return new Float64Array(bytes.buffer);
}
