import { tick } from "./numbers.js";
import { reliefOf } from "./relief.js";
import { subscript } from "./texts.js";
/** @import { Context, Scene, Theme } from "./drawn.d.ts" */
/** @import { Window } from "./contour.js" */

const MOST = 7; // ticks of an axis, as Plotly is told
const MARK = 4; // px; length of a tick
const BAR = { from: 0.015, most: 8, width: 10, gap: 5 }; // where Plotly has the bar of colours: part of the width, px, px, px

/**
 * Axes and the bar of colours around a surface, where and as Plotly will draw them: until it is there.
 *
 * @param {Context} context
 * @param {Scene} scene
 * @param {{area: Window, theme: Theme, height: number, bar: boolean}} of
 */
export function drawSurround(context, scene, { area, theme, height, bar }) {
  const { left, top, x0, x1, y0, y1 } = area, bottom = top + area.height, letters = 11 * theme.size;
  context.save();
  Object.assign(context, { font: `${letters}px ${theme.font}`, fillStyle: theme.muted, strokeStyle: theme.axis, lineWidth: 1, textAlign: "center", textBaseline: "alphabetic" });
  context.beginPath();
  for (const { value, text } of roundTicks(x0, x1)) {
    const x = left + (area.width * (value - x0)) / (x1 - x0);
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + MARK);
    context.fillText(text, x, bottom + MARK + letters);
  }
  Object.assign(context, { textAlign: "right", textBaseline: "middle" });
  for (const { value, text } of roundTicks(y0, y1)) {
    const y = top + (area.height * (y1 - value)) / (y1 - y0);
    context.moveTo(left, y);
    context.lineTo(left - MARK, y);
    context.fillText(text, left - MARK - 3, y);
  }
  context.stroke();
  if (bar) drawBar(context, scene, { area, theme });
  const [across, up] = scene.plane.labels.map(subscript);
  Object.assign(context, { font: `${13 * theme.size}px ${theme.font}`, fillStyle: theme.text, textAlign: "center" });
  context.fillText(across, left + area.width / 2, Math.min(bottom + 30 * theme.size, height - 8));
  if (bar) {
    context.textAlign = "left";
    context.fillText(scene.texts.loss, left + area.width + 4, Math.min(bottom + 30 * theme.size, height - 8));
    context.textAlign = "center";
  }
  context.translate(left - 38 * theme.size, top + area.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(up, 0, 0);
  context.restore();
}

/** @param {Context} context @param {Scene} scene @param {{area: Window, theme: Theme}} of */
function drawBar(context, { surface }, { area, theme }) {
  const { low, high, ticks } = reliefOf(surface), x = area.left + area.width + Math.min(BAR.from * area.width, BAR.most), bottom = area.top + area.height;
  const colors = context.createLinearGradient(0, bottom, 0, area.top);
  for (const [place, color] of theme.relief) colors.addColorStop(place, color);
  context.fillStyle = colors;
  context.fillRect(x, area.top, BAR.width, area.height);
  Object.assign(context, { fillStyle: theme.muted, textAlign: "left" });
  ticks.values.forEach((value, k) => context.fillText(ticks.texts[k], x + BAR.width + BAR.gap, bottom - (area.height * (value - low)) / (high - low)));
}

/**
 * The round values of an axis that Plotly would choose.
 *
 * @param {number} low
 * @param {number} high
 */
function roundTicks(low, high) {
  const rough = (high - low) / MOST, unit = 10 ** Math.floor(Math.log10(rough)), step = unit * ([2, 5].find((digit) => digit * unit >= rough) ?? 10);
  const first = Math.ceil(low / step), count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, k) => (first + k) * step).map((value) => ({ value, text: tick(value, step) }));
}
