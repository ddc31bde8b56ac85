import { drawLabel, drawMarker, strokeCased } from "./draw.js";
/** @import { Context, Scene, Theme, View } from "./drawn.d.ts" */

/** @typedef {{view: View, theme: Theme}} Around */

const HEAD = 9; // px; length of an arrow's head
const AIR = 4; // px between a place and its name

/**
 * What a page lays over the plane besides the paths, all optional in a scene:
 * `lines` stand still, `dots` are clouds and `arrows` go from point to point, both per frame.
 *
 * @param {Context} context
 * @param {Scene} scene
 * @param {View} view
 * @param {{index: number, theme: Theme}} state
 */
export function drawOverlays(context, scene, view, { index, theme }) {
  context.save();
  context.beginPath();
  context.rect(...view.clip);
  context.clip();
  for (const line of scene.lines) drawLine(context, line, { view, theme });
  for (const dots of scene.dots) drawDots(context, dots, { view, theme, index });
  for (const arrow of scene.arrows) drawArrow(context, arrow, { view, theme, index });
  context.restore();
}

/** @param {Context} context @param {Scene["lines"][number]} line @param {Around} around */
function drawLine(context, line, { view, theme }) {
  context.beginPath();
  for (let k = 0; k < line.xy.length; k += 2) {
    context[k ? "lineTo" : "moveTo"](...view.project([line.xy[k], line.xy[k + 1]]));
  }
  if (line.closed) context.closePath();
  strokeCased(context, { color: line.color[theme.mode], dash: line.dash, width: 1.8 });
  if (line.label && line.xy.length) nameAt(context, line.label, view.project([line.xy[0], line.xy[1]]), theme, sideOf(context, line, { view, theme }));
}

/**
 * Clouds hold `n` points for every frame, or the same for all.
 *
 * @param {Context} context
 * @param {Scene["dots"][number]} dots
 * @param {Around & {index: number}} around
 */
function drawDots(context, dots, { view, theme, index }) {
  const size = 2 * dots.n;
  const from = dots.xy.length > size ? index * size : 0;
  context.globalAlpha = 0.75;
  for (let k = from; k < from + size; k += 2) {
    const [x, y] = view.project([dots.xy[k], dots.xy[k + 1]]);
    if (!Number.isFinite(x + y)) continue;
    drawMarker(context, { shape: dots.marker, x, y, radius: 2.4, color: dots.color[theme.mode] });
  }
  context.globalAlpha = 1;
}

/** @param {Context} context @param {Scene["arrows"][number]} arrow @param {Around & {index: number}} around */
function drawArrow(context, arrow, { view, theme, index }) {
  const [x0, y0, x1, y1] = arrow.xy.subarray(4 * index, 4 * index + 4);
  const [ax, ay] = view.project([x0, y0]);
  const [bx, by] = view.project([x1, y1]);
  const length = Math.hypot(bx - ax, by - ay);
  if (!(length > 1 && length < 1e5)) return;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const head = Math.min(HEAD, length);
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.moveTo(bx - head * (ux + 0.5 * uy), by - head * (uy - 0.5 * ux));
  context.lineTo(bx, by);
  context.lineTo(bx - head * (ux - 0.5 * uy), by - head * (uy + 0.5 * ux));
  strokeCased(context, { color: arrow.color[theme.mode], dash: arrow.dash, width: 2.6 });
  if (arrow.label) nameAt(context, arrow.label, [bx + 6 * ux, by + 6 * uy], theme, ux < -0.2 ? "right" : "left");
}

/**
 * A name stands outside of what its line leads to, as long as there is room.
 *
 * @param {Context} context
 * @param {Scene["lines"][number]} line
 * @param {Around} around
 */
function sideOf(context, { xy, label, closed }, { view, theme }) {
  if (closed || xy.length < 4) return "left";
  const [[x], [next]] = [0, 2].map((k) => view.project([xy[k], xy[k + 1]]));
  context.font = fontOf(theme);
  return next > x && x - AIR - context.measureText(label ?? "").width > view.clip[0] ? "right" : "left";
}

/** @param {Theme} theme */
function fontOf(theme) {
  return `600 ${12 * theme.size}px ${theme.font}`;
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {number[]} place
 * @param {Theme} theme
 * @param {CanvasTextAlign} [align]
 */
function nameAt(context, text, [x, y], theme, align = "left") {
  context.font = fontOf(theme);
  drawLabel(context, { text, x: x + (align === "left" ? AIR : -AIR), y, color: theme.text, theme, align });
}
