import { floats, signedBytes } from "../stage/scene.js";
/** @import { HeatMap, Layer, MapAxis } from "../stage/messages.d.ts" */

/**
 * @typedef {ReturnType<typeof decodeMap>} DecodedMap
 * @typedef {ReturnType<typeof decodeAxis>} Axis
 * @typedef {ReturnType<typeof decodeLayer>} ColorLayer
 * @typedef {{log: boolean, signed?: number, floor: number}} LayerScale
 */

/**
 * Decode a map message (docs/heatmap.md): base64 becomes typed arrays, axes get the edges of their
 * cells. Places on an axis are in units of its scale: the value, or its logarithm.
 *
 * @param {HeatMap} message
 */
export function decodeMap(message) {
  const x = decodeAxis(message.x);
  const y = decodeAxis(message.y);
  const codes = signedBytes(message.codes);
  return {
    ...message,
    x,
    y,
    layers: message.layers.map((layer) => decodeLayer({ ...layer, values: floats(layer.values) }, codes)),
    codes,
    faded: message.faded ? signedBytes(message.faded) : null,
    facts: message.facts.map((fact) => ({ ...fact, values: floats(fact.values) })),
    lines: (message.lines ?? []).map((line) => ({ ...line, xy: floats(line.xy) })),
    marks: message.marks ?? [],
  };
}

/** @param {MapAxis} axis */
function decodeAxis({ values, log, label }) {
  const numbers = Float64Array.from(floats(values));
  const places = log ? numbers.map(Math.log10) : numbers;
  const inner = Array.from(places.subarray(1), (place, i) => (places[i] + place) / 2);
  const last = places[places.length - 1];
  const half = places.length > 1 ? [inner[0] - places[0], last - inner[inner.length - 1]] : [0.5, 0.5];
  const edges = [places[0] - half[0], ...inner, last + half[1]];
  return { values: numbers, edges, scale: { low: edges[0], high: last + half[1], log, label: label ?? "" } };
}

/**
 * Cell of an axis at a fraction of its length; null outside.
 *
 * @param {Axis} axis
 * @param {number} fraction
 */
export function cellAt({ edges }, fraction) {
  if (!(fraction >= 0 && fraction < 1)) return null;
  const place = edges[0] + fraction * (edges[edges.length - 1] - edges[0]);
  return Math.max(0, edges.findIndex((edge) => edge > place) - 1);
}

/**
 * From where to where a cell goes, as fractions of its axis.
 *
 * @param {Axis} axis
 * @param {number} cell
 */
export function spanOf({ edges }, cell) {
  const length = edges[edges.length - 1] - edges[0];
  return [(edges[cell] - edges[0]) / length, (edges[cell + 1] - edges[0]) / length];
}

const DECADES = 12; // a colour scale shows at most this many

/**
 * Find the range of the cells that a layer colours; a logarithmic one is over what lies above its floor.
 *
 * @param {Omit<Layer, "values"> & {values: Float32Array}} layer
 * @param {Int8Array} codes
 */
function decodeLayer(layer, codes) {
  const { values, log, signed } = layer;
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < values.length; k += 1) {
    const place = placeOf(layer, values[k]);
    if (codes[k]) continue;
    if (Number.isNaN(place) || place === Infinity) continue;
    if (place < low) low = place;
    if (place > high) high = place;
  }
  if (log) low = Math.max(low, high - DECADES);
  if (signed) low = Math.max(low, high - DECADES / 2);
  if (!(high > low)) [low, high] = Number.isFinite(high) ? [high - 0.5, high + 0.5] : [0, 1];
  return { ...layer, low, high };
}

/**
 * A value in units of its layer's scale; a signed one is logarithmic on both sides of zero.
 *
 * @param {LayerScale} scale
 * @param {number} value
 */
function placeOf({ log, signed, floor }, value) {
  if (signed) return Math.sign(value) * Math.log10(1 + Math.abs(value) / signed);
  return log ? Math.log10(value - floor) : value;
}

/**
 * The value at a place of a signed scale.
 *
 * @param {number} signed its unit
 * @param {number} place
 */
export function valueAt(signed, place) {
  return Math.sign(place) * (10 ** Math.abs(place) - 1) * signed;
}

/**
 * Where a value lies on the colour scale of its layer, 0 to 1; NaN where there is none.
 *
 * @param {LayerScale & {low: number, high: number}} layer
 * @param {number} value
 */
export function shadeOf(layer, value) {
  const { low, high } = layer;
  return Math.min(Math.max((placeOf(layer, value) - low) / (high - low), 0), 1);
}
