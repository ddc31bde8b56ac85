import { keyOf } from "../stage/fit_kind.js";
/** @import { Decoded, Numbers, Run, Scene } from "../stage/drawn.d.ts" */
/** @import { Neurons, RegionsFit } from "../stage/messages.d.ts" */

/** @typedef {{params: Numbers, at: number}} Weights params of a frame, from a place in an array on */
/** @typedef {Decoded<RegionsFit> & {network: Neurons, basis: Float32Array, d1: number}} NetworkFit */

/** @type {Record<Neurons["activation"], (z: number) => number>} */
const ACTIVATIONS = { tanh: Math.tanh, relu: (z) => Math.max(z, 0), sigmoid: (z) => 1 / (1 + Math.exp(-z)) };

/**
 * What every neuron says of some points, as MLP.activations has it: layer by layer, neuron by neuron.
 *
 * @param {Neurons} network
 * @param {ArrayLike<number>[]} inputs of every point, feature by feature
 * @param {Weights} weights
 */
export function activations({ activation, sizes }, inputs, { params, at }) {
  const points = inputs[0].length, bend = ACTIVATIONS[activation];
  /** @type {Float64Array[][]} */
  const layers = [];
  /** @type {ArrayLike<number>[]} */
  let signals = inputs;
  let first = at;
  sizes.forEach(([nIn, nOut], k) => {
    const layer = Array.from({ length: nOut }, (_, j) => {
      const sums = new Float64Array(points).fill(params[first + nIn * nOut + j]);
      for (let i = 0; i < nIn; i += 1) {
        const weight = params[first + i * nOut + j], signal = signals[i];
        for (let point = 0; point < points; point += 1) sums[point] += weight * signal[point];
      }
      if (k < sizes.length - 1) for (let point = 0; point < points; point += 1) sums[point] = bend(sums[point]);
      return sums;
    });
    layers.push(layer);
    signals = layer;
    first += (nIn + 1) * nOut;
  });
  return layers;
}

/**
 * Features of points that stand row by row, with a 1 at the end of each.
 *
 * @param {ArrayLike<number>} basis
 * @param {number} width
 */
export function columnsOf(basis, width) {
  return Array.from({ length: width - 1 }, (_, k) => Float64Array.from({ length: basis.length / width }, (_point, point) => basis[point * width + k]));
}

/**
 * Whether a data view shows what a network says.
 *
 * @param {Scene["fit"]} fit
 * @returns {fit is NetworkFit}
 */
export function isNetwork(fit) {
  return fit.kind === "regions" && Boolean(fit.network && fit.basis);
}

/**
 * The weights of a run at a frame: its own, or those of the last key frame.
 *
 * @param {Scene} scene
 * @param {Run} run
 * @param {number} index
 * @returns {Weights | null}
 */
export function weightsAt({ fit: { key_frames: keys }, n_params: size }, run, index) {
  if (run.params) return { params: run.params, at: index * size };
  return run.weights && keys ? { params: run.weights, at: keyOf(keys, index) * size } : null;
}

/** @type {WeakMap<Run, {index: number, basis: object, layers: Float64Array[][]}>} */
const known = new WeakMap();
/** @type {WeakMap<object, Float64Array[]>} */
const features = new WeakMap();

/**
 * The features of the points of the data view.
 *
 * @param {NetworkFit} fit
 */
export function inputsOf({ basis, d1 }) {
  const found = features.get(basis) ?? columnsOf(basis, d1);
  features.set(basis, found);
  return found;
}

/**
 * What the neurons of a run say of these points at a frame, computed once for each; null where nobody knows its weights.
 *
 * @param {Scene} scene
 * @param {Run} run
 * @param {number} index
 */
export function neuronsAt(scene, run, index) {
  const { fit } = scene, before = known.get(run);
  if (!isNetwork(fit)) return null;
  if (before?.index === index && before.basis === fit.basis) return before.layers;
  const weights = weightsAt(scene, run, index);
  if (!weights) return null;
  const layers = activations(fit.network, inputsOf(fit), weights);
  known.set(run, { index, basis: fit.basis, layers });
  return layers;
}
