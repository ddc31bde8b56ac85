import { average } from "./average.js";
import { movedData } from "./data.js";
import { Ground } from "./ground.js";
import * as math from "./math.js";
import { batchesOf } from "./order.js";
import { gridIn, gridOver, principalPlane } from "./principal.js";
import { sharpness } from "./sharpness.js";
/** @import { Data, Move } from "./data.js" */
/** @import { Goals, Shown } from "./ground.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Plane } from "./principal.js" */
/** @import { Doubles, Live, LiveRun } from "../stage/messages.d.ts" */
/** @import * as message from "../stage/messages.d.ts" */

/**
 * What a written module makes: see `lossopt.programs.Script`.
 *
 * @typedef {object} Program
 * @property {(inputs?: Float64Array, labels?: Float64Array, triangle?: Float64Array, weights?: Float64Array) => void} learnFrom
 * @property {((start: Float64Array, rest: number, path: Float64Array, how: object) => Iterable<number>)[]} runs
 * @property {(path: Float64Array, at: number, notes: Notes, i: number) => void} noteAt
 * @property {(path: Float64Array, at: number) => number} valueAt
 * @property {(path: ArrayLike<number>, at: number) => number} sampledAt
 * @property {(...params: number[]) => number[]} gradient
 * @property {((path: ArrayLike<number>, at: number, points?: ArrayLike<number>) => ArrayLike<number>) | null} outputsAt output by output
 * @property {boolean} leavesLoss whether runs that note the norms of gradients note the losses, too
 *
 * @typedef {{losses: Float64Array, norms: Float64Array}} Notes
 * @typedef {(library: typeof math) => Program} Make
 * @typedef {Record<string, number | boolean | string | undefined>} Change
 * @typedef {object} Asked
 * @property {Float64Array} [start]
 * @property {(Change | null | undefined)[]} [changes]
 * @property {number} [nSteps]
 * @property {Move[]} [moves] samples that lie elsewhere than they were sent
 * @property {Grid & {whole?: boolean}} [grid] of a surface to be drawn with it, at once coarsely unless it is to be whole
 * @property {boolean} [rests] whether nothing is under the hand: a plane that the runs decide is found anew
 *
 * @typedef {object} Descent a run that was made here
 * @property {Float64Array} params
 * @property {Float64Array} loss
 * @property {Float64Array} gradientNorm
 * @property {Float64Array | null} testLoss
 * @property {number | null} diverged_at
 * @property {Ending | undefined} ending
 * @property {number} learning_rate
 * @property {number} batch_size
 * @property {Float64Array | null} distance
 * @property {Float64Array} evaluations
 * @property {Looks} [sharpness] where it was measured
 *
 * @typedef {{frames: number[], values: number[]}} Looks largest curvatures at some frames
 */

/** @typedef {NonNullable<message.Run["ending"]>} Ending */
/** @typedef {{start: Float64Array, steps: number[], asked: (LiveRun | null)[], runs: (Descent | null)[], ground: Shown | null, on: Ground | null}} Ran `on` which data */

/**
 * A race that is run here, by the programs that were written for it, a little at a time. `make` is
 * what their module exports, `live` the message of the race (docs/stage.md); `steps` are those at
 * which runs are shown.
 */
export class Race {
  /** @type {Generator<undefined, void> | null} */
  #work = null;
  /** @type {Map<string, ReturnType<typeof batchesOf>>} */
  #orders = new Map();
  /** @type {Ran} what was last worked through */
  ran = { start: new Float64Array(), steps: [], asked: [], runs: [], ground: null, on: null };
  /** @type {Grid & {whole?: boolean} | undefined} */
  #grid;
  /** @type {Grid | undefined} over a plane that the runs decide, or of a surface that was not sent */
  #region;
  /** @type {Move[]} */
  #moves = [];
  /** @type {Goals | null} to which distances are measured */
  goals = null;

  /** @param {Make} make @param {Live} live @param {number[]} steps */
  constructor(make, live, steps) {
    const { moving, ...data } = { ...live.data };
    /** @type {Data} */
    this.sent = unpackedAll(data);
    this.moving = moving;
    this.make = make;
    this.live = live;
    this.steps = steps;
    this.program = make(math);
    this.tested = this.sent.test_labels ? make(math) : null;
    this.tested?.learnFrom(this.sent.test_inputs, this.sent.test_labels);
    this.start = unpacked(live.start);
    this.nSamples = live.n_samples;
    this.#region = live.region && gridIn([live.region.x, live.region.y], live.region.side);
    /** @type {Plane} */
    this.plane = { origin: unpacked(live.origin), directions: unpacked(live.directions) };
    this.ground = this.#learn([]);
  }

  /**
   * Learn from the samples that were sent, some of which lie elsewhere.
   *
   * @param {Move[]} moves
   */
  #learn(moves) {
    const { goals } = this.live, data = this.dataWith(moves);
    this.program.learnFrom(data.inputs, data.labels, data.triangle, data.weights);
    const sent = goals ? { places: unpacked(goals.places), directions: unpacked(goals.directions) } : null;
    const lowest = moves.length ? undefined : (this.live.principal ?? this.live.region)?.lowest;
    const ground = new Ground(this.make, { data, ...this.plane, goals: sent, lowest });
    this.goals = moves.length ? ground.goalsHere : sent;
    return ground;
  }

  /**
   * Start of a descent at a point of the plane; a pixel knows no more than six digits.
   *
   * @param {number[]} point
   */
  startAt([x, y]) {
    const { origin, directions } = this.plane;
    return origin.map((value, j) => Number((value + x * directions[j] + y * directions[origin.length + j]).toPrecision(6)));
  }

  /**
   * Begin anew from a start, the race's own by default, with some changed hyperparameters of some runs,
   * and for another number of steps.
   *
   * @param {Asked} [asked]
   */
  begin({ start = this.start, changes = [], nSteps, moves = [], grid, rests = false } = {}) {
    const steps = nSteps === undefined ? this.steps : framesOf(nSteps);
    if (moves.length || this.ground.data !== this.sent) this.ground = this.#learn(moves);
    this.#grid = this.#region ? { ...grid, ...this.#region } : grid;
    this.#moves = moves;
    const finds = this.live.principal && (!this.#region || (rests && !moves.length));
    this.#work = this.#descendAll(start, steps, { asked: this.runsWith(changes), finds });
  }

  /**
   * Find the plane in which runs move most.
   *
   * @param {Descent[]} runs
   * @param {message.Principal} principal
   */
  #find(runs, { origin, through_end: throughEnd, side }) {
    this.plane = principalPlane(runs, this.start.length, { origin: unpacked(origin), throughEnd });
    this.#grid = this.#region = gridOver(runs, this.plane, side);
    this.ground = this.#learn(this.#moves);
  }

  /**
   * How the runs are made with some changed hyperparameters.
   *
   * @param {Asked["changes"]} changes
   */
  runsWith(changes = []) {
    return this.live.runs.map((run, i) => run && changed(run, changes[i]));
  }

  /** Whether the surface that came out is not whole yet: begin to make it so. */
  refine() {
    const { ground } = this.ran;
    if (!ground || ground.whole || !this.#grid) return false;
    this.#work = this.#refined(this.#grid);
    return true;
  }

  /** @param {Grid} grid @returns {Generator<undefined, void>} */
  *#refined(grid) {
    this.ran = { ...this.ran, ground: yield* this.ground.drawn({ ...grid, whole: true }) };
  }

  /**
   * Measure the sharpness of some runs; the pictures of all others stay.
   *
   * @param {number[]} which
   */
  measure(which) {
    this.#work = this.#measured(which);
  }

  /** @param {number[]} which @returns {Generator<undefined, void>} */
  *#measured(which) {
    const runs = [...this.ran.runs];
    for (const i of which) {
      const run = runs[i];
      if (run) runs[i] = { ...run, sharpness: yield* looks(this.ground.program, run, this.start.length) };
    }
    this.ran = { ...this.ran, runs };
  }

  /**
   * The data that were sent, with some samples elsewhere.
   *
   * @param {Move[]} moves
   */
  dataWith(moves) {
    return moves.length && this.moving ? movedData(this.sent, this.moving, moves) : this.sent;
  }

  /** Whether samples can be moved here. */
  get canMove() {
    return this.moving !== undefined;
  }

  /** Whether the race can take another number of steps: a schedule or a budget is made for one. */
  get canTakeSteps() {
    return this.live.runs.every((run) => !run?.factors && run?.rests_at === undefined);
  }

  /**
   * Whether a run can go with another value of a hyperparameter.
   *
   * @param {number} i
   * @param {string} field
   */
  canChange(i, field) {
    const run = this.live.runs[i];
    if (field === "batch_size" && !this.live.data?.inputs) return false;
    return run !== null && (field in run.settings || OUTSIDE.includes(field));
  }

  /**
   * Whether some hyperparameters are other ones than those that a run was sent with.
   *
   * @param {number} i
   * @param {Change | null} change
   */
  isOther(i, change) {
    const run = this.live.runs[i];
    return run !== null && signOf([changed(run, change)]) !== signOf([run]);
  }

  /**
   * Go on until a time by `performance.now()`; says whether all is done.
   *
   * @param {number} until
   */
  work(until) {
    while (this.#work) {
      if (this.#work.next().done) this.#work = null;
      else if (performance.now() >= until) break;
    }
    return this.#work === null;
  }

  /** @param {Float64Array} start @param {number[]} steps @param {{asked: (LiveRun | null)[], finds?: boolean}} how @returns {Generator<undefined, void>} */
  *#descendAll(start, steps, { asked, finds }) {
    const runs = [], before = this.#alike(start, steps) ? this.ran : null;
    for (const [i, run] of asked.entries()) {
      const isSame = before && signOf([run]) === signOf([before.asked[i]]);
      runs.push(run && ((isSame && before.runs[i]) || (yield* descent(this, run, start, steps))));
    }
    const { principal } = this.live, made = runs.filter((run) => run !== null);
    if (principal && finds) this.#find(made, principal);
    const { ground, on } = this.ran, stays = (principal || this.live.region) && ground && on === this.ground;
    this.ran = { start, steps, asked, runs, ground: stays ? ground : this.#grid ? yield* this.ground.drawn(this.#grid) : null, on: this.ground };
  }

  /**
   * Whether the runs that came out last began at a start, took these steps and learned from the same data.
   *
   * @param {Float64Array} start
   * @param {number[]} steps
   */
  #alike(start, steps) {
    const { ran } = this, last = steps.length - 1;
    return ran.on === this.ground && ran.steps.length === steps.length && ran.steps[last] === steps[last] && start.every((value, j) => Object.is(value, ran.start[j]));
  }

  /**
   * Rows of each step, null where a step takes all.
   *
   * @param {LiveRun} run
   */
  batches({ batch_size: size, seed }) {
    if (size >= this.nSamples) return null;
    const order = `${size} ${seed}`;
    const known = this.#orders.get(order) ?? batchesOf(this.nSamples, size, seed);
    this.#orders.set(order, known);
    return known;
  }
}

/**
 * A text that is the same for runs that are made in the same way.
 *
 * @param {(LiveRun | null)[]} runs
 */
export function signOf(runs) {
  return JSON.stringify(runs.map((run) => run && Object.entries(run).filter(([, value]) => value || value === 0).sort()));
}

const OUTSIDE = ["learning_rate", "batch_size", "seed", "clip_norm", "average"];

/**
 * A run with other values of some hyperparameters; what its program has fixed stays as it is.
 *
 * @param {LiveRun} run
 * @param {Change | null | undefined} change
 */
export function changed(run, change) {
  /** @type {LiveRun} */
  const other = { ...run, settings: { ...run.settings } };
  for (const [field, value] of Object.entries(change ?? {})) {
    if (field in run.settings) other.settings[field] = Number(value);
    else if (OUTSIDE.includes(field)) Object.assign(other, { [field]: value });
  }
  return other;
}

/**
 * One run; it pauses often. From the first iterate on that is not finite all is NaN.
 *
 * @param {Race} race
 * @param {LiveRun} run
 * @param {Float64Array} start
 * @param {number[]} steps
 * @returns {Generator<undefined, Descent>}
 */
function* descent(race, run, start, steps) {
  const { program, tested, ground: { program: quick } } = race, size = start.length, last = steps[steps.length - 1];
  const rest = Math.min(run.rests_at ?? last, last), batches = race.batches(run);
  const losses = new Float64Array(steps.length).fill(NaN), norms = losses.slice();
  const noting = run.direct && !run.average && !batches && steps.length === last + 1;
  const how = {
    learningRate: run.learning_rate, settings: Object.values(run.settings), clipNorm: run.clip_norm,
    factors: run.factors && unpacked(run.factors), batches, norms: noting ? norms : null, losses,
  };
  const path = new Float64Array(size * (last + 1)).fill(NaN);
  for (const k of program.runs[run.function](start, rest, path, how)) {
    if (!isAlive(path, k, size)) break;
    yield;
  }
  if (run.average) average(path, size);
  let end = 1;
  while (end <= rest && isAlive(path, end, size)) end += 1;
  const overflown = end <= rest && path.subarray(end * size, (end + 1) * size).some((value) => Math.abs(value) === Infinity);
  path.fill(NaN, end * size);
  if (end > rest) {
    for (let k = rest + 1; k <= last; k += 1) path.copyWithin(k * size, rest * size, (rest + 1) * size);
    end = Infinity;
  }
  const known = noting ? Math.min(rest, end) : 0;
  for (const noted of [losses, norms]) noted.fill(NaN, known);
  for (let i = 0; i < steps.length && steps[i] < end; i += 1) {
    if (i < known && !program.leavesLoss) losses[i] = quick.valueAt(path, i * size);
    else if (i >= known) quick.noteAt(path, steps[i] * size, { losses, norms }, i);
    if (i % 16 === 15) yield;
  }
  const testLoss = tested && losses.slice();
  for (let i = 0; tested && testLoss && i < steps.length; i += 1) {
    testLoss[i] = tested.sampledAt(path, steps[i] * size);
    if (i % 16 === 15) yield;
  }
  const params = noting ? path : at(path, steps, size);
  const lost = lostAt(quick, path, { losses, steps, end });
  return {
    params, loss: losses, gradientNorm: norms, testLoss,
    diverged_at: lost,
    ending: lost === null ? undefined : overflown || lost !== end ? "too_large" : endingAt(quick, path, { step: lost - 1, size }),
    learning_rate: run.learning_rate,
    batch_size: run.batch_size,
    distance: race.goals && distances(params, size, race.goals),
    evaluations: spent(run, race.nSamples, rest, steps),
  };
}

const LOOKS = 25;

/**
 * The sharpness at some frames of a run, as lossopt.figures.slices looks at it.
 *
 * @param {Program} program
 * @param {Descent} run
 * @param {number} size
 * @returns {Generator<undefined, Looks>}
 */
function* looks(program, { params, loss }, size) {
  const last = loss.findLastIndex(Number.isFinite), values = [];
  const frames = [...new Set(Array.from({ length: LOOKS }, (_, k) => Math.round((k * last) / (LOOKS - 1))))];
  for (const frame of frames) values.push(yield* sharpness(program, params.slice(frame * size, (frame + 1) * size)));
  return { frames, values };
}

const MAX_FRAMES = 2001;

/**
 * Steps that are shown of a run, as in lossopt.figures.scene.frame_steps.
 *
 * @param {number} nSteps
 */
export function framesOf(nSteps) {
  const stride = Math.max(1, Math.ceil(nSteps / (MAX_FRAMES - 1)));
  return Array.from({ length: Math.ceil(nSteps / stride) + 1 }, (_, k) => Math.min(k * stride, nSteps));
}

/** @param {Float64Array} path @param {number} k @param {number} size */
function isAlive(path, k, size) {
  for (let j = k * size; j < (k + 1) * size; j += 1) if (!Number.isFinite(path[j])) return false;
  return true;
}

/** @param {Float64Array} path @param {number[]} steps @param {number} size */
function at(path, steps, size) {
  const found = new Float64Array(steps.length * size);
  steps.forEach((step, i) => found.set(path.subarray(step * size, (step + 1) * size), i * size));
  return found;
}

/**
 * The step at which params or loss overflow; it may lie between two frames. Null where none does.
 *
 * @param {Program} program
 * @param {Float64Array} path
 * @param {{losses: Float64Array, steps: number[], end: number}} run
 */
function lostAt(program, path, { losses, steps, end }) {
  const i = losses.findIndex((loss, k) => k > 0 && (steps[k] >= end || Math.abs(loss) === Infinity));
  if (i < 0) return null;
  const size = path.length / (steps[steps.length - 1] + 1), last = Math.min(steps[i], end);
  let step = steps[i - 1] + 1;
  while (step < last && Math.abs(program.valueAt(path, step * size)) !== Infinity) step += 1;
  return step;
}

const FAR = 1e100;

/**
 * Why there is nothing after a step, as in lossopt.trajectories.
 *
 * @param {Program} program
 * @param {Float64Array} path
 * @param {{step: number, size: number}} where
 * @returns {Ending}
 */
function endingAt(program, path, { step, size }) {
  const last = path.subarray(step * size, (step + 1) * size);
  if (last.some((value) => Math.abs(value) > FAR)) return "too_large";
  const notes = { losses: new Float64Array(1), norms: new Float64Array(1) };
  program.noteAt(path, step * size, notes, 0);
  const { losses: [loss], norms: [norm] } = notes;
  if (Number.isNaN(loss)) return "no_value";
  if (Math.abs(loss) === Infinity || norm === Infinity) return "too_large";
  return Number.isNaN(norm) ? "no_gradient" : "no_step";
}

/**
 * Distance to the nearest of some places, in the directions that count.
 *
 * @param {Float64Array} params
 * @param {number} size
 * @param {Goals} goals
 */
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

/**
 * Gradients of single samples that a run has taken at some steps; the last batch of a pass may be short.
 *
 * @param {LiveRun} run
 * @param {number} nSamples
 * @param {number} rest
 * @param {number[]} steps
 */
function spent({ cost, batch_size: size }, nSamples, rest, steps) {
  const perPass = Math.ceil(nSamples / size);
  const found = new Float64Array(steps.length);
  for (let i = 0; i < steps.length; i += 1) {
    const done = Math.min(steps[i], rest), passes = Math.floor(done / perPass);
    found[i] = cost * (passes * nSamples + (done - passes * perPass) * size);
  }
  return found;
}

/** @param {Record<string, Doubles>} message */
function unpackedAll(message) {
  return Object.fromEntries(Object.entries(message).map(([name, text]) => [name, unpacked(text)]));
}

/**
 * Numbers of 64 bits.
 *
 * @param {Doubles} text
 */
export function unpacked(text) {
  const characters = atob(text), bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return new Float64Array(bytes.buffer);
}
