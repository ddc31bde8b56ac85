/**
 * Decode a scene message: base64 becomes typed arrays, each run gets its path in the plane
 * and its heights over it, and the frames get their steps.
 */
export function decodeScene(message) {
  const frames = message.frames;
  const surface = decodeSurface(message.surface);
  const plane = { ...message.plane, origin: floats(message.plane.origin), directions: floats(message.plane.directions) };
  const runs = message.runs.map((run) => decodeRun(run, { plane, surface, count: frames.count, nParams: message.n_params, regions: message.fit.kind === "regions" }));
  const steps = Array.from({ length: frames.count }, (_, k) => Math.min(k * frames.stride, message.last_step));
  const extras = Object.fromEntries(Object.entries(EXTRAS).map(([name, arrays]) => [name, decodeAll(message[name], arrays)]));
  return { ...message, ...extras, plane, surface, runs, steps, fit: decodeFit(message.fit), leaves: runs.some((run) => leavesBox(run, surface)) };
}

/** What a page may add to a scene, and which of its fields are arrays. */
const EXTRAS = { arrows: ["xy"], dots: ["xy"], lines: ["xy"], bands: ["low", "middle", "high"], sentences: ["values"] };

function decodeAll(items = [], arrays) {
  return items.map((item) => ({ ...item, ...Object.fromEntries(arrays.filter((name) => name in item).map((name) => [name, floats(item[name])])) }));
}

/** Height over the plane that stands for a loss: what colour and the third axis show. */
export function heightOf(surface, loss) {
  return surface.log ? Math.log10(loss - surface.floor) : loss;
}

/** The loss that a height stands for. */
export function lossOf(surface, height) {
  return surface.log ? 10 ** height + surface.floor : height;
}

/** Frame that a clock's position lies in, and how far it is on the way to the next one (0 to 1). */
export function frameAt(scene, position) {
  const end = scene.frames.count - 1;
  const index = position >= scene.last_step ? end : Math.min(Math.floor(position / scene.frames.stride), end);
  if (index === end) return { index, fraction: 0 };
  const from = scene.steps[index];
  return { index, fraction: Math.min((position - from) / (scene.steps[index + 1] - from), 1) };
}

/** Height at a point of the plane, between the grid's values; NaN outside and in holes. */
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

function gridPosition(grid, value) {
  const last = grid.length - 1;
  const position = (last * (value - grid[0])) / (grid[last] - grid[0]);
  return position >= 0 && position <= last ? position : null;
}

function decodeSurface(surface) {
  const x = floats(surface.x);
  const y = floats(surface.y);
  const z = floats(surface.z);
  const decoded = { ...surface, x, y, box: [[x[0], x.at(-1)], [y[0], y.at(-1)]] };
  decoded.h = Array.from(y, (_, j) =>
    Array.from(z.subarray(j * x.length, (j + 1) * x.length), (loss) => heightOf(decoded, loss)));
  decoded.heights = extent(decoded.h.flat());
  decoded.losses = extent(z);
  return decoded;
}

/** Smallest and largest finite value; [0, 1] where there is none. */
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

function decodeRun(run, { plane, surface, count, nParams, regions }) {
  const figures = (text, size) => (text ? floats(text) : new Float64Array(count * size).fill(NaN)); // to be made here
  const params = run.xy ? undefined : figures(run.params, nParams);
  const loss = floats(run.loss);
  return {
    ...run,
    params,
    loss,
    gradientNorm: figures(run.gradient_norm, 1),
    evaluations: figures(run.evaluations, 1),
    distance: run.distance && floats(run.distance),
    testLoss: run.test_loss && floats(run.test_loss),
    heights: Float64Array.from(loss, (value) => heightOf(surface, value)),
    xy: run.xy ? floats(run.xy) : placesOf(params, plane, count, nParams),
    outputs: run.outputs && (regions ? signedBytes(run.outputs) : floats(run.outputs)),
  };
}

/**
 * The scene with the runs that were made here of its race. Where they are not those of the race as it
 * is set, what the page has laid over it is left out, and so is a run that cannot be made here.
 */
export function withRuns(base, { runs, ran }, { moved, details = [] }) {
  const { plane, surface, n_params: size, frames: { count } } = base;
  const drawn = base.runs.map((run, i) => {
    const own = runs[i] ?? (moved ? nothing(run) : {});
    const params = own.params ?? run.params;
    const places = own.params ? { xy: placesOf(params, plane, count, size), heights: own.loss.map((loss) => heightOf(surface, loss)) } : {};
    return { ...run, ...own, ...places, detail: details[i] ?? run.detail };
  });
  const scene = { ...base, runs: drawn, leaves: drawn.some((run) => leavesBox(run, surface)) };
  if (!moved) return scene;
  const fit = { ...base.fit, batches: undefined, residuals: undefined };
  return { ...scene, ...NOTHING, fit, start: Array.from(placesOf(ran, plane, 1, size)) };
}

/** What a page lays over the race as it is set does not belong to any other. */
export const NOTHING = { arrows: [], dots: [], bands: [], sentences: [] };

/** A run of which nothing is known. */
function nothing(run) {
  const arrays = ["params", "xy", "loss", "heights", "gradientNorm", "distance", "testLoss"].filter((name) => run[name]);
  return { diverged_at: null, ...Object.fromEntries(arrays.map((name) => [name, new Float64Array(run[name].length).fill(NaN)])) };
}

/** Places on the plane of params, frame by frame. */
export function placesOf(params, { origin, directions }, count, nParams) {
  const xy = new Float64Array(2 * count);
  for (let k = 0; k < count; k += 1) {
    for (let j = 0; j < nParams; j += 1) {
      const offset = params[k * nParams + j] - origin[j];
      xy[2 * k] += directions[j] * offset;
      xy[2 * k + 1] += directions[nParams + j] * offset;
    }
  }
  return xy;
}

function leavesBox(run, { box: [[left, right], [bottom, top]] }) {
  for (let k = 0; k < run.xy.length; k += 2) {
    const x = run.xy[k];
    const y = run.xy[k + 1];
    if (x < left || x > right || y < bottom || y > top) return true;
  }
  return false;
}

const FIT_ARRAYS = ["x", "y", "x1", "x2", "grid", "grid_x", "grid_y", "basis", "batches", "residual_values"];

function decodeFit(fit) {
  const decoded = { ...fit };
  for (const name of FIT_ARRAYS) if (name in fit) decoded[name] = floats(fit[name]);
  return decoded;
}

/** Numbers of a packed array. */
export function floats(base64) {
  return new Float32Array(bytes(base64));
}

/** Whole numbers of a packed array of bytes. */
export function signedBytes(base64) {
  return new Int8Array(bytes(base64));
}

function bytes(base64) {
  const text = atob(base64);
  const found = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) found[i] = text.charCodeAt(i);
  return found.buffer;
}

/** Step that a run has come to; one that has spent its budget waits for the others. */
export function stepOf(run, step) {
  return Math.min(step, run.rests_at ?? step);
}
