import { linearTicks } from "./axes.js";
import { shortNumber, tick } from "./numbers.js";
import { heightOf, lossOf } from "./scene.js";
/** @import { Surface, Theme } from "./drawn.d.ts" */

const LINES = 14;
const TICKS = 6;

/**
 * How heights become colours: range, contour lines evenly spaced in height, ticks in losses.
 *
 * @param {Surface} surface
 */
export function reliefOf(surface) {
  const [bottom, top] = surface.heights;
  const [low, high] = top > bottom ? [bottom, top] : [bottom - 0.5, top + 0.5];
  const size = (high - low) / (LINES + 1);
  return { low, high, lines: { start: low + size, end: high - size / 2, size }, ticks: lossTicks(surface, low, high) };
}

/**
 * The colour bar that both pictures share; `frame` says where it stands in a picture of which height.
 *
 * @param {ReturnType<typeof reliefOf>} relief
 * @param {Theme} theme
 * @param {{len: number, y: number}} frame
 */
export function colorBar(relief, theme, frame) {
  return {
    thickness: 10, ...frame, lenmode: "pixels", yanchor: "top", x: 1.015, xanchor: "left", xpad: 0, ypad: 0, outlinewidth: 0,
    tickvals: relief.ticks.values, ticktext: relief.ticks.texts, ticks: "", tickfont: { size: 11 * theme.size, color: theme.muted },
  };
}

/** @param {Surface} surface @param {number} low @param {number} high */
function lossTicks(surface, low, high) {
  if (!surface.log) {
    const { values, step } = linearTicks(low, high, TICKS);
    return { values, texts: values.map((value) => tick(value, step)) };
  }
  const spacing = (high - low) / TICKS;
  const heights = Array.from({ length: TICKS + 1 }, (_, i) => roundLoss(surface, low + i * spacing, spacing));
  const values = [];
  for (const height of heights) {
    if (height >= low && height <= high && !(height - (values.at(-1) ?? NaN) < 0.7 * spacing)) values.push(height);
  }
  return { values, texts: values.map((height) => shortNumber(Number(lossOf(surface, height).toPrecision(2)))) };
}

/**
 * The height nearby that stands for a loss of one digit, or of two where one is too coarse.
 *
 * @param {Surface} surface
 * @param {number} height
 * @param {number} spacing
 */
function roundLoss(surface, height, spacing) {
  const loss = lossOf(surface, spacing >= 1 ? Math.round(height) : height);
  const [coarse, fine] = [1, 2].map((digits) => heightOf(surface, Number(loss.toPrecision(digits))));
  return Math.abs(coarse - height) < 0.6 * spacing ? coarse : fine;
}
