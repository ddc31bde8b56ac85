import { placesOf } from "../programs/plane.js";
import { withBasis } from "./basis.js";
import { withShare } from "./movement.js";
/** @import { Decoded, Numbers, Path, Run, Scene, Surface } from "./drawn.d.ts" */
/** @import * as message from "./messages.d.ts" */
/** @import { Ground } from "../programs/ground.js" */
/** @import { Program, Ran } from "../programs/race.js" */

/** @typedef {{origin: Numbers, directions: Numbers}} Plane */

/**
 * Decode a scene message: base64 becomes typed arrays, each run gets its path in the plane
 * and its heights over it, and the frames get their steps.
 *
 * @param {message.Scene} message
 * @returns {Scene}
 */
export function decodeScene(message) {
  const frames = message.frames;
  const surface = decodeSurface(message.surface);
  const plane = { ...message.plane, origin: floats(message.plane.origin), directions: floats(message.plane.directions) };
  const runs = message.runs.map((run) => decodeRun(run, { plane, surface, count: frames.count, nParams: message.n_params, regions: message.fit.kind === "regions" }));
  const steps = Array.from({ length: frames.count }, (_, k) => Math.min(k * frames.stride, message.last_step));
  const extras = {
    arrows: decodeAll(message.arrows), dots: decodeAll(message.dots), lines: decodeAll(message.lines),
    bands: decodeAll(message.bands), sentences: decodeAll(message.sentences), crowd: (message.crowd ?? []).map((path) => decodePath(path, surface)),
    edge: message.edge && { ...message.edge, runs: decodeAll(message.edge.runs) },
  };
  return { ...message, ...extras, plane, surface, runs, steps, fit: withBasis(decode(message.fit)), leaves: runs.some((run) => leavesBox(run, surface)) };
}

/** Fields of what a page lays over the pictures, and of the data view, that are arrays. */
const ARRAYS = ["xy", "low", "middle", "high", "values", "x", "y", "x1", "x2", "grid", "grid_x", "grid_y", "basis", "batches", "residual_values", "steps", "products"];

/**
 * A flat message with its arrays.
 *
 * @template {object} T
 * @param {T} item
 */
function decode(item) {
  const decoded = Object.entries(item).map(([name, value]) => [name, ARRAYS.includes(name) ? floats(value) : value]);
  return /** @type {Decoded<T>} */ (Object.fromEntries(decoded));
}

/**
 * @template {object} T
 * @param {T[]} [items]
 */
function decodeAll(items = []) {
  return items.map(decode);
}

/** @param {message.Path} path @param {Surface} surface @returns {Path} */
function decodePath({ color, xy, loss }, surface) {
  const losses = floats(loss);
  return { color, xy: floats(xy), loss: losses, heights: Float64Array.from(losses, (value) => heightOf(surface, value)) };
}

/**
 * Height over the plane that stands for a loss: what colour and the third axis show.
 *
 * @param {{log: boolean, floor: number}} surface
 * @param {number} loss
 */
export function heightOf(surface, loss) {
  return surface.log ? Math.log10(loss - surface.floor) : loss;
}

/**
 * The loss that a height stands for.
 *
 * @param {{log: boolean, floor: number}} surface
 * @param {number} height
 */
export function lossOf(surface, height) {
  return surface.log ? 10 ** height + surface.floor : height;
}

/**
 * Frame that a clock's position lies in, and how far it is on the way to the next one (0 to 1).
 *
 * @param {Pick<Scene, "frames" | "last_step" | "steps">} scene
 * @param {number} position
 */
export function frameAt(scene, position) {
  const end = scene.frames.count - 1;
  const index = position >= scene.last_step ? end : Math.min(Math.floor(position / scene.frames.stride), end);
  if (index === end) return { index, fraction: 0 };
  const from = scene.steps[index];
  return { index, fraction: Math.min((position - from) / (scene.steps[index + 1] - from), 1) };
}

/**
 * Height at a point of the plane, between the grid's values; NaN outside and in holes.
 *
 * @param {Surface} surface
 * @param {number} x
 * @param {number} y
 */
export function heightAt({ x: columns, y: rows, h }, x, y) {
  const column = gridPosition(columns, x);
  const row = gridPosition(rows, y);
  if (column === null || row === null) return NaN;
  const i = Math.min(Math.floor(column), columns.length - 2);
  const j = Math.min(Math.floor(row), rows.length - 2);
  const low = h[j][i] + (column - i) * (h[j][i + 1] - h[j][i]);
  const high = h[j + 1][i] + (column - i) * (h[j + 1][i + 1] - h[j + 1][i]);
  return low + (row - j) * (high - low);
}

/** @param {ArrayLike<number>} grid @param {number} value */
function gridPosition(grid, value) {
  const last = grid.length - 1;
  const position = (last * (value - grid[0])) / (grid[last] - grid[0]);
  return position >= 0 && position <= last ? position : null;
}

/** A surface until there is one: the runs decide what is drawn. */
const NOWHERE = raised({ id: "", log: true, floor: -1 }, { x: new Float64Array([0, 1]), y: new Float64Array([0, 1]), z: new Float64Array(4) });

/** @param {message.Grid} [surface] */
function decodeSurface(surface) {
  if (!surface) return NOWHERE;
  const { x, y, z, ...how } = surface;
  return raised(how, { x: floats(x), y: floats(y), z: floats(z) });
}

/**
 * A surface with its heights.
 *
 * @param {Omit<message.Grid, "x" | "y" | "z"> & {passing?: boolean}} surface
 * @param {{x: Numbers, y: Numbers, z: Numbers}} grid
 * @returns {Surface}
 */
export function raised(surface, { x, y, z }) {
  const h = Array.from(y, (_, j) =>
    Array.from(z.subarray(j * x.length, (j + 1) * x.length), (loss) => heightOf(surface, loss)));
  const box = [x, y].map((grid) => /** @type {[number, number]} */ ([grid[0], grid[grid.length - 1]]));
  return { ...surface, x, y, z, box, h, heights: extent(h.flat()), losses: extent(z) };
}

/**
 * The loss that colours leave as much below them as lossopt.figures.scene.surface_message does.
 *
 * @param {Float64Array} z
 * @param {number} [lowest] loss that is known
 */
export function floorOf(z, lowest = Infinity) {
  const finite = z.filter(Number.isFinite).sort(), half = finite.length / 2;
  const floor = Math.min(finite[0] ?? 0, lowest);
  const spread = finite.length ? (finite[Math.ceil(half) - 1] + finite[Math.floor(half)]) / 2 - floor : 1;
  return floor - Math.max(2e-3 * spread, 1e-12 * Math.max(Math.abs(floor), 1));
}

/**
 * Smallest and largest finite value; [0, 1] where there is none.
 *
 * @param {Iterable<number>} values
 * @returns {[number, number]}
 */
export function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/**
 * @param {message.Run} run
 * @param {{plane: Plane, surface: Surface, count: number, nParams: number, regions: boolean}} of
 * @returns {Run}
 */
function decodeRun(run, { plane, surface, count, nParams, regions }) {
  const figures = (/** @type {message.Floats | undefined} */ text, /** @type {number} */ size) => (text ? floats(text) : new Float64Array(count * size).fill(NaN)); // to be made here
  const params = run.xy ? undefined : figures(run.params, nParams);
  const loss = figures(run.loss, 1);
  const places = run.xy ? floats(run.xy) : placesOf(params, plane, count, nParams);
  return {
    ...run,
    params,
    loss,
    known: run.loss && loss,
    gradientNorm: figures(run.gradient_norm, 1),
    evaluations: figures(run.evaluations, 1),
    distance: run.distance ? floats(run.distance) : null,
    testLoss: run.test_loss ? floats(run.test_loss) : null,
    heights: Float64Array.from(loss, (value) => heightOf(surface, value)),
    xy: places,
    weights: run.weights && floats(run.weights),
    outputs: run.outputs && (regions ? signedBytes(/** @type {message.Bytes} */ (run.outputs)) : floats(/** @type {message.Floats} */ (run.outputs))),
  };
}

/**
 * The scene with the runs that were made here of its race. Where they are not those of the race as it
 * is set, or come out otherwise, what the page has laid over it is left out, and elsewhere so is a run
 * that cannot be made here.
 *
 * @param {Scene} base
 * @param {{ran: Ran, canMove: boolean}} race
 * @param {{moved: boolean, elsewhere: boolean, details?: (string | undefined)[]}} how
 * @returns {Scene}
 */
export function withRuns(base, { ran: { runs, start, steps, on }, canMove }, { moved, elsewhere, details = [] }) {
  const { plane, surface, n_params: size } = base;
  const count = steps.length;
  const drawn = base.runs.map((run, i) => {
    /** @type {Partial<Run>} */
    const own = runs[i] ?? (elsewhere ? nothing(run) : {});
    const params = own.params ?? run.params;
    const places = own.params && own.loss ? { xy: placesOf(params, plane, count, size), heights: own.loss.map((loss) => heightOf(surface, loss)) } : {};
    return { ...run, sharpness: undefined, ...own, ...places, detail: details[i] ?? run.detail };
  });
  const frames = { count, stride: count > 2 ? steps[1] : base.frames.stride };
  const astray = drawn.flatMap(({ loss, known }, i) => (runs[i] && known && !moved && isApart(loss, known) ? [i] : []));
  const laid = moved ? NOTHING : astray.length ? { ...NOTHING, sentences: told(base, drawn, { astray, on }) } : {};
  const scene = {
    ...base, ...laid, lossAt: on ? lossOn(on, plane) : undefined, plane: withShare(plane, drawn, size), steps, frames, astray, last_step: steps[count - 1], runs: drawn, leaves: drawn.some((run) => leavesBox(run, surface)),
    fit: { ...base.fit, outputs: on?.program.outputsAt ? outputsOn(on.program.outputsAt, base) : undefined },
  };
  if (!moved) return scene;
  const fit = { ...scene.fit, batches: undefined, ...(on && canMove ? { penalties: penaltiesOn(on, base) } : { residuals: undefined }) };
  return { ...scene, fit, start: pairOf(placesOf(start, plane, 1, size)) };
}

/**
 * Whether a run that was made here is visibly another one than the page's own, as chaotic ones are.
 *
 * @param {Numbers} own
 * @param {Numbers} sent
 */
function isApart(own, sent) {
  const [, most] = extent(sent.map(Math.abs));
  return own.some((loss, k) => (Number.isFinite(loss) || Number.isFinite(sent[k])) && !(Math.abs(loss - sent[k]) <= VISIBLE * (Math.abs(sent[k]) + VISIBLE * most)));
}

/**
 * The sentences of runs, with the numbers of those that were made here and came out otherwise.
 *
 * @param {Scene} base
 * @param {Run[]} runs
 * @param {{astray: number[], on: Ground | null}} how
 */
function told({ sentences, plane }, runs, { astray, on }) {
  return sentences.filter(({ text, of }) => of || !text.includes("{")).map((sentence) => {
    const { of } = sentence;
    if (!of || !astray.includes(of.run)) return sentence;
    const run = runs[of.run], lossAt = on && lossOn(on, plane);
    const below = (/** @type {number} */ index) => lossAt?.(run.xy[2 * index], run.xy[2 * index + 1]) ?? NaN;
    const product = (/** @type {number} */ index) => of.rate * ((run.sharpness?.values[run.sharpness.frames.findLastIndex((frame) => frame <= index)] ?? NaN) + of.decay);
    return { ...sentence, made: (/** @type {number} */ index) => [run.loss[index], below(index), product(index)] };
  });
}

/**
 * The loss at a place of the plane, as it is computed here.
 *
 * @param {Ground} ground
 * @param {Plane} plane
 */
function lossOn({ program }, { origin, directions }) {
  const params = new Float64Array(origin.length);
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    for (let j = 0; j < params.length; j += 1) params[j] = origin[j] + x * directions[j] + y * directions[params.length + j];
    return program.valueAt(params, 0);
  };
}

/**
 * What a model says of the points of the data view at a frame, computed once for each.
 *
 * @param {NonNullable<Program["outputsAt"]>} outputsAt
 * @param {Scene} base
 */
function outputsOn(outputsAt, { fit: { basis }, n_params: size }) {
  /** @type {WeakMap<Run, {index: number, outputs: ArrayLike<number>}>} */
  const known = new WeakMap();
  return (/** @type {Run} */ run, /** @type {number} */ index) => {
    const { params } = run, before = known.get(run);
    if (!params || before?.index === index) return before?.outputs;
    const outputs = outputsAt(params, index * size, basis);
    known.set(run, { index, outputs });
    return outputs;
  };
}

/**
 * What each sample costs a run at a frame, or is predicted: as the marks of the data view show it.
 *
 * @param {Ground} ground
 * @param {Scene} base
 */
function penaltiesOn(ground, { fit: { residuals }, n_params: size }) {
  return (/** @type {Run} */ { params = new Float64Array() }, /** @type {number} */ index) =>
    (residuals === "disc" ? ground.costsAt(params, index * size) : ground.outputsAt(params, index * size));
}

const VISIBLE = 1e-3; // of a loss

/** What a page lays over the race as it is set does not belong to any other. */
export const NOTHING = { arrows: [], dots: [], bands: [], sentences: [] };

/**
 * A run of which nothing is known.
 *
 * @param {Run} run
 */
function nothing(run) {
  const arrays = KNOWN.map((name) => [name, run[name] && new Float64Array(run[name].length).fill(NaN)]);
  return { diverged_at: null, ending: undefined, ...Object.fromEntries(arrays.filter(([, values]) => values)) };
}

const KNOWN = /** @type {const} */ (["params", "weights", "xy", "loss", "heights", "gradientNorm", "distance", "testLoss"]);

/** @param {Numbers} xy @returns {[number, number]} */
function pairOf([x, y]) {
  return [x, y];
}

/** @param {Run} run @param {Surface} surface */
function leavesBox(run, { box: [[left, right], [bottom, top]] }) {
  for (let k = 0; k < run.xy.length; k += 2) {
    const x = run.xy[k];
    const y = run.xy[k + 1];
    if (x < left || x > right || y < bottom || y > top) return true;
  }
  return false;
}

/**
 * Numbers of a packed array.
 *
 * @param {message.Floats} base64
 */
export function floats(base64) {
  return new Float32Array(bytes(base64));
}

/**
 * Whole numbers of a packed array of bytes.
 *
 * @param {message.Bytes} base64
 */
export function signedBytes(base64) {
  return new Int8Array(bytes(base64));
}

/** @param {string} base64 */
function bytes(base64) {
  const text = atob(base64);
  const found = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) found[i] = text.charCodeAt(i);
  return found.buffer;
}

/**
 * Step that a run has come to; one that has spent its budget waits for the others.
 *
 * @param {Run} run
 * @param {number} step
 */
export function stepOf(run, step) {
  return Math.min(step, run.rests_at ?? step);
}
