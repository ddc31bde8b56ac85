import { linearScale } from "../stage/axes.js";
import { drawPoint } from "../stage/draw.js";
import { classLook, RegionsView } from "../stage/fit_regions.js";
import { number } from "../stage/numbers.js";
import { extent } from "../stage/scene.js";
import { fill } from "../stage/texts.js";
import { BEHIND, paintClasses, paintField } from "./paint.js";
/** @import { Frame } from "../stage/axes.js" */
/** @import { Context, Run, State } from "../stage/drawn.d.ts" */
/** @import { Scores } from "../stage/regions.js" */

const LINE = 16; // px; of the words below a square
const NARROW = 200; // px; below that the two losses stand one below the other
const EDGE = 3; // px; border of the square whose network is shown

/** The regions of every run in a square of its own, all at the same step and in the same colors. */
export class SquaresView extends RegionsView {
  lines = 2;
  /** @type {HTMLCanvasElement | null} */
  #points = null;

  get standing() {
    return null; // what lies below the samples moves, so that they are drawn with it
  }

  scales() {
    const { grid_x: across, grid_y: up } = this.fit;
    return this.scene.runs.map(() => ({ x: linearScale(extent(across)), y: linearScale(extent(up)) }));
  }

  /** @param {ReturnType<SquaresView["scales"]>} scales */
  begin(scales) {
    const { size } = this.theme, { chart } = this;
    for (this.lines of [2, 3]) {
      chart.beginSquares(scales, { below: (this.lines * LINE + 4) * size, edge: EDGE });
      if (chart.frames[0]?.width >= NARROW * size) break;
    }
  }

  drawStill() {
    this.#points = null;
  }

  drawBatch() {}

  drawPenalties() {}

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, lit }) {
    this.#points ??= this.#drawPoints();
    const points = this.#points;
    this.scene.runs.forEach((run, k) => {
      const frame = this.chart.frames[k], isLit = run.id === lit;
      if (!frame) return;
      this.#drawSquare(context, frame, this.scores(run, index));
      if (points) context.drawImage(points, 0, 0, points.width, points.height, frame.left, frame.top, frame.width, frame.height);
      context.strokeStyle = isLit ? run.color[this.theme.mode] : this.theme.axis;
      context.lineWidth = isLit ? EDGE : 1;
      context.beginPath();
      context.rect(frame.left, frame.top, frame.width, frame.height);
      context.stroke();
      this.#write(context, frame, { run, index, isLit });
    });
  }

  /** @param {Context} context @param {Frame} frame @param {Scores | null} scores */
  #drawSquare(context, frame, scores) {
    if (!scores) return;
    const { grid_x: across, grid_y: up } = this.fit, { theme } = this;
    const grid = { columns: across.length, rows: up.length, theme };
    if (scores.length > 1) paintClasses(context, scores, grid, frame);
    else paintField(context, Float64Array.from(scores[0], (score) => Math.tanh(score / 2)), { ...grid, full: 1, strength: BEHIND }, frame);
    frame.clipped(context, () => {
      context.beginPath();
      this.traceBoundaries(context, scores, frame);
      context.strokeStyle = theme.text;
      context.lineWidth = 1.2;
      context.stroke();
    });
  }

  /** The samples, drawn once for all squares and steps. */
  #drawPoints() {
    const [frame] = this.chart.frames, { fit, theme } = this;
    if (!frame) return null;
    const canvas = document.createElement("canvas"), ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.max(1, Math.round(frame.width * ratio));
    canvas.height = Math.max(1, Math.round(frame.height * ratio));
    const context = /** @type {Context} */ (canvas.getContext("2d"));
    context.scale(ratio, ratio);
    const radius = Math.min(Math.max(frame.width / 65, 1.6), 3.4);
    fit.y.forEach((k, i) => {
      drawPoint(context, { ...classLook(k, theme), radius, x: frame.px(fit.x1[i]) - frame.left, y: frame.py(fit.x2[i]) - frame.top });
    });
    return canvas;
  }

  /** @param {Context} context @param {Frame} frame @param {{run: Run, index: number, isLit: boolean}} of */
  #write(context, frame, { run, index, isLit }) {
    const { theme, texts } = this, { size } = theme;
    const losses = [fill(texts.network_train, { loss: number(run.loss[index]) })];
    if (run.testLoss) losses.push(fill(texts.network_test, { loss: number(run.testLoss[index]) }));
    const below = this.lines === 2 ? [losses.join(" · ")] : losses;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    [run.label, ...below].forEach((text, k) => {
      const indent = k ? 0 : 14 * size;
      context.font = `${k ? "" : "600 "}${12 * size}px ${theme.font}`;
      context.fillStyle = k && !isLit ? theme.muted : theme.text;
      context.fillText(shortened(context, text, frame.width - indent), frame.left + indent, frame.top + frame.height + (LINE * (k + 1) + 1) * size);
    });
    const mark = { x: frame.left + 5 * size, y: frame.top + frame.height + (LINE - 3) * size, radius: 4.5 * size };
    drawPoint(context, { shape: run.marker, fill: run.color[theme.mode], stroke: theme.background, ...mark });
  }
}

/** @param {Context} context @param {string} text @param {number} room */
function shortened(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let kept = text;
  while (kept && context.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1);
  return `${kept}…`;
}
