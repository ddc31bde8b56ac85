/** @import { Setting } from "../stage/messages.d.ts" */

/** @typedef {{last: number, placeOf: (value: number) => number, valueAt: (place: number) => number}} Scale whole places from 0 to `last` on a slider */

/**
 * The scale of a number's slider; it reaches as far as the number does.
 *
 * @param {Setting} setting
 * @param {number} value
 * @returns {Scale}
 */
export function scaleOf({ kind, low = 0, high = 1, step = 0, log = false }, value) {
  return log ? logScale(gridOf(low, high, kind === "whole"), value) : linearScale(low, high, step || 1, value);
}

/** @param {number} low @param {number} high @param {number} step @param {number} value @returns {Scale} */
function linearScale(low, high, step, value) {
  const decimals = Math.max(0, Math.round(-Math.log10(step)));
  const [first, end] = [Math.min(low, value), Math.max(high, value)];
  return {
    last: Math.round((end - first) / step),
    placeOf: (number) => Math.round((number - first) / step),
    valueAt: (place) => Number(Math.min(first + place * step, end).toFixed(decimals)),
  };
}

/** @param {number[]} grid @param {number} value @returns {Scale} */
function logScale(grid, value) {
  const values = grid.includes(value) || Number.isNaN(value) ? grid : [...grid, value].sort((a, b) => a - b);
  return {
    last: values.length - 1,
    placeOf: (number) => nearest(values, number),
    valueAt: (place) => values[place],
  };
}

/** @param {number[]} values @param {number} number */
function nearest(values, number) {
  const above = values.findIndex((each) => each >= number);
  if (above <= 0) return above < 0 ? values.length - 1 : 0;
  return number / values[above - 1] < values[above] / number ? above - 1 : above;
}

/** @type {Map<string, number[]>} */
const grids = new Map();

/** @param {number} low @param {number} high @param {boolean} whole */
function gridOf(low, high, whole) {
  const key = [low, high, whole].join(), grid = grids.get(key) ?? ticks(low, high, whole);
  grids.set(key, grid);
  return grid;
}

/** Two digits at most, about as dense everywhere on a logarithmic scale. */
const MANTISSAS = [
  ...Array.from({ length: 20 }, (_, k) => 100 + 5 * k), ...Array.from({ length: 30 }, (_, k) => 200 + 10 * k), ...Array.from({ length: 25 }, (_, k) => 500 + 20 * k),
];

/**
 * Values of a logarithmic scale.
 *
 * @param {number} low
 * @param {number} high
 * @param {boolean} whole
 */
export function ticks(low, high, whole) {
  const found = new Set([low, high]);
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.log10(high); power += 1) {
    for (const mantissa of MANTISSAS) {
      const value = Number(`${mantissa}e${power - 2}`);
      const number = whole ? Math.round(value) : value;
      if (number >= low && number <= high) found.add(number);
    }
  }
  return [...found].sort((a, b) => a - b);
}
