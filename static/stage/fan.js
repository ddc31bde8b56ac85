import { floats, heightOf, NOTHING, placesOf, signedBytes } from "./scene.js";
/** @import { Scene } from "./drawn.d.ts" */
/** @import { Bytes, Floats } from "./messages.d.ts" */

/**
 * @typedef {object} FanRun of all values, one after the other
 * @property {Float32Array | undefined} params
 * @property {Float32Array | undefined} xy
 * @property {Float32Array} loss
 * @property {Float32Array} gradientNorm
 * @property {Float32Array | null} distance
 * @property {Float32Array | null} testLoss
 * @property {Float32Array} evaluations
 * @property {(Float32Array | Int8Array)[] | undefined} outputs
 * @property {(number | null)[]} diverged_at
 *
 * @typedef {object} Fan
 * @property {FanRun[]} runs
 * @property {number[]} steps
 * @property {import("./messages.d.ts").Frames} frames
 * @property {number[]} [key_frames]
 * @property {string[]} texts
 * @property {string[][]} details
 * @property {{loss: Float32Array}[]} spread
 */

/**
 * Decode a fan: the scene's race at many values of a dial. The arrays of a run hold all values, one
 * after the other.
 *
 * @param {import("./messages.d.ts").Fan} fan
 * @param {Scene} base
 * @returns {Fan}
 */
export function decodeFan(fan, base) {
  const regions = base.fit.kind === "regions";
  const { count } = fan.frames;
  const steps = Array.from({ length: count }, (_, k) => Math.min(k * fan.frames.stride, base.last_step));
  const runs = fan.runs.map((run) => ({
    ...run,
    params: run.params && floats(run.params),
    xy: run.xy && floats(run.xy),
    loss: floats(run.loss),
    gradientNorm: floats(run.gradient_norm),
    distance: run.distance ? floats(run.distance) : null,
    testLoss: run.test_loss ? floats(run.test_loss) : null,
    evaluations: floats(run.evaluations),
    outputs: run.outputs?.map((text) => (regions ? signedBytes(/** @type {Bytes} */ (text)) : floats(/** @type {Floats} */ (text)))),
  }));
  const values = fan.texts.map((_, k) => k);
  const spread = runs.flatMap((run) => values.map((k) => ({ loss: part(run.loss, k, count) })));
  return { ...fan, steps, runs, spread };
}

/**
 * The scene at value number `k` of a fan: what was computed for it, nothing in between.
 *
 * @param {Scene} base
 * @param {Fan} fan
 * @param {number} k
 * @returns {Scene}
 */
export function sceneAt(base, fan, k) {
  const { count } = fan.frames;
  const runs = base.runs.map((run, i) => {
    const own = fan.runs[i];
    const loss = part(own.loss, k, count);
    const params = own.params && part(own.params, k, count * base.n_params);
    return {
      ...run, params, loss,
      xy: own.xy ? part(own.xy, k, 2 * count) : placesOf(params, base.plane, count, base.n_params),
      detail: fan.details[k][i], diverged_at: own.diverged_at[k],
      gradientNorm: part(own.gradientNorm, k, count),
      distance: own.distance && part(own.distance, k, count),
      testLoss: own.testLoss && part(own.testLoss, k, count),
      evaluations: own.evaluations.length > count ? part(own.evaluations, k, count) : own.evaluations,
      heights: Float64Array.from(loss, (value) => heightOf(base.surface, value)),
      outputs: own.outputs?.[k],
    };
  });
  const fit = { ...base.fit, key_frames: fan.key_frames, batches: undefined };
  return { ...base, ...NOTHING, runs, fit, frames: fan.frames, steps: fan.steps, spread: fan.spread };
}

/** @param {Float32Array} values @param {number} k @param {number} size */
function part(values, k, size) {
  return values.subarray(k * size, (k + 1) * size);
}
