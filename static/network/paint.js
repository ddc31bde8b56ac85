/** @import { Context, Theme } from "../stage/drawn.d.ts" */

/** @typedef {{left: number, top: number, width: number, height: number}} Place */

const SHADES = 255;
const FULL = 0.88; // of the color of a sign, at the strongest; the rest is background
export const BEHIND = 0.6; // the same below something else

/** @type {Map<string, Uint8ClampedArray>} */
const ramps = new Map();
/** @type {HTMLCanvasElement | null} */
let scratch = null;

/**
 * Paint numbers on a grid, its lowest row first: one color below 0, another above, the background at 0.
 *
 * @param {Context} context
 * @param {ArrayLike<number>} field
 * @param {{columns: number, rows: number, full: number, theme: Theme, strength?: number}} how `full` is painted in the full color
 * @param {Place} place
 */
export function paintField(context, field, { columns, rows, full, theme, strength = FULL }, place) {
  const ramp = rampOf(theme.background, theme.signs, strength);
  paint(context, { columns, rows }, place, (point, pixels, to) => {
    const share = Math.min(Math.max(field[point] / full, -1), 1) || 0;
    copyShade(ramp, Math.round((share + 1) * SHADES), pixels, to);
  });
}

/**
 * Paint which class has the highest score at every point of a grid, and how far it is ahead.
 *
 * @param {Context} context
 * @param {ArrayLike<number>[]} scores
 * @param {{columns: number, rows: number, theme: Theme}} how
 * @param {Place} place
 */
export function paintClasses(context, scores, { columns, rows, theme }, place) {
  const colors = theme.classes.map((color) => rampOf(theme.background, [color, color], FULL));
  paint(context, { columns, rows }, place, (point, pixels, to) => {
    let best = 0, sum = 0;
    for (let k = 1; k < scores.length; k += 1) if (scores[k][point] > scores[best][point]) best = k;
    for (let k = 0; k < scores.length; k += 1) sum += Math.exp(scores[k][point] - scores[best][point]);
    const ahead = (1 / sum - 1 / scores.length) / (1 - 1 / scores.length) || 0;
    copyShade(colors[best % colors.length], Math.round((ahead + 1) * SHADES), pixels, to);
  });
}

/**
 * @param {Context} context
 * @param {{columns: number, rows: number}} grid
 * @param {Place} place
 * @param {(point: number, pixels: Uint8ClampedArray, to: number) => void} color
 */
function paint(context, { columns, rows }, { left, top, width, height }, color) {
  scratch ??= document.createElement("canvas");
  if (scratch.width !== columns || scratch.height !== rows) Object.assign(scratch, { width: columns, height: rows });
  const own = /** @type {CanvasRenderingContext2D} */ (scratch.getContext("2d", { willReadFrequently: true }));
  const image = own.createImageData(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) color(row * columns + column, image.data, 4 * ((rows - 1 - row) * columns + column));
  }
  own.putImageData(image, 0, 0);
  context.drawImage(scratch, 0.5, 0.5, columns - 1, rows - 1, left, top, width, height); // the outer points lie on the edge
}

/** @param {Uint8ClampedArray} ramp @param {number} shade @param {Uint8ClampedArray} pixels @param {number} to */
function copyShade(ramp, shade, pixels, to) {
  for (let channel = 0; channel < 3; channel += 1) pixels[to + channel] = ramp[3 * shade + channel];
  pixels[to + 3] = 255;
}

/**
 * Shades from the color of what is negative over the background to that of what is positive.
 *
 * @param {string} background
 * @param {string[]} signs
 * @param {number} strength
 */
function rampOf(background, signs, strength) {
  const key = [background, ...signs, strength].join();
  const found = ramps.get(key);
  if (found) return found;
  const middle = channelsOf(background), ramp = new Uint8ClampedArray(3 * (2 * SHADES + 1));
  signs.map(channelsOf).forEach((end, side) => {
    for (let k = 0; k <= SHADES; k += 1) {
      const share = (strength * k) / SHADES, shade = side ? SHADES + k : SHADES - k;
      for (let channel = 0; channel < 3; channel += 1) ramp[3 * shade + channel] = middle[channel] + share * (end[channel] - middle[channel]);
    }
  });
  ramps.set(key, ramp);
  return ramp;
}

/** @param {string} color `#rrggbb` or `rgb(…)` */
function channelsOf(color) {
  if (color.startsWith("#")) return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
