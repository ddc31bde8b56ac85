import { drawPoint } from "./draw.js";
/** @import { Frame } from "./axes.js" */
/** @import { Context, Run, Theme } from "./drawn.d.ts" */

const SIZE = 5; // px; half the size of the arrow where a run leaves the picture

/**
 * The frame from which on values stay above or below the picture, and the side; null where they end
 * inside. Values that end with NaN are taken to leave upward.
 *
 * @param {number[] | Float32Array | Float64Array} values
 * @param {Frame} frame
 */
export function exitOf(values, frame) {
  const last = values.length - 1;
  const side = frame.beyond(values[last]) || (values[last] === undefined || Number.isNaN(values[last]) ? 1 : 0);
  if (!side) return null;
  const inside = values.findLastIndex((value) => frame.beyond(value) === 0 && Number.isFinite(value));
  return inside < 0 ? null : { index: Math.min(inside + 1, last), side: frame.beyond(values[inside + 1]) || side };
}

/**
 * An arrow in a run's colour at the upper or the lower edge of a picture, or a cross at a value inside.
 *
 * @param {Context} context
 * @param {Frame} frame
 * @param {{side: number, value?: number, x: number, run: Run, theme: Theme}} exit
 */
export function drawExit(context, frame, { side, value = NaN, x, run, theme }) {
  const { top, height } = frame;
  const [shape, y] = side ? [side > 0 ? "triangle" : "triangle_down", side > 0 ? top + SIZE : top + height - SIZE] : ["cross", frame.py(value)];
  drawPoint(context, { fill: run.color[theme.mode], stroke: theme.background, radius: SIZE, shape, x: frame.px(x), y });
}
