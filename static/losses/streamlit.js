import { linearScale } from "../stage/axes.js";
import { Companion, companion } from "../stage/companion.js";
import { drawPoint, strokeHaloed } from "../stage/draw.js";
import { Line } from "../stage/line.js";
import { stageNamed } from "../stage/registry.js";
import { floats } from "../stage/scene.js";
/** @import { Shapes } from "../stage/messages.d.ts" */

const OTHER = 0.45; // opacity of the curve for the other class

/**
 * @typedef {ReturnType<ShapeView["decode"]>} Shown
 * @typedef {"residual" | "logit" | "probability" | "true_probability"} Over
 * @typedef {{place: number, value: number, slope: number}} Spot
 */

/**
 * Losses over the prediction: value above, slope below, and every sample of the run as a dot.
 * component.data is {shapes, group, over, stages}; `lossopt.figures.shapes.shapes_message` packs the shapes, and
 * `stages` names the stage of each loss: what is moved there moves the dots here.
 */
class ShapeView extends Companion {
  /** @param {{shapes: Shapes, over: Over, stages: string[]}} data */
  decode({ shapes, over, stages }) {
    const losses = shapes.losses.map((loss, k) => ({
      ...loss,
      stage: stages[k],
      curves: loss.curves.map((pair) => pair.map(floats)),
      places: floats(loss.places),
      dots: loss.dots.map(floats),
    }));
    return { ...shapes, over, grid: floats(shapes.grid), losses };
  }

  /** @param {Shown} shown */
  layOut({ x, panels, labels: [across, ...up] = [], grid, losses }) {
    this.chart.begin(panels.map((range, k) => ({
      x: linearScale(x, { label: across }), y: linearScale(range, { room: 0.06, label: up[k] }),
    })), this.theme);
    const { context } = this.chart.still;
    this.chart.frames.forEach((frame, k) => frame.clipped(context, () => {
      for (const { curves, targets, color, dash } of losses) {
        curves.forEach((curve, j) => {
          context.globalAlpha = targets[j] === targets[0] ? 1 : OTHER;
          context.beginPath();
          new Line(frame, { count: grid.length, x: (i) => grid[i], y: (i) => curve[k][i] }).trace(context);
          strokeHaloed(context, { color: color[this.theme.mode], dash, width: 2.2 }, this.theme);
        });
      }
    }));
  }

  /** @param {Shown} shown */
  draw({ frames: { count, last_step: last }, losses, over }) {
    const index = Math.min(Math.round((this.clock.step * (count - 1)) / (last || 1)), count - 1);
    const { context } = this.chart.moving;
    for (const { n, places, dots: [values, slopes], color, marker, stage } of losses) {
      const sent = (/** @type {number} */ k) => ({ place: places[index * n + k], value: values[index * n + k], slope: slopes[index * n + k] });
      const spots = spotsOf(stage, over) ?? Array.from({ length: n }, (_, k) => sent(k));
      const look = { shape: marker, radius: 3.2, fill: color[this.theme.mode], stroke: this.theme.background };
      this.chart.frames.forEach((frame, panel) => frame.clipped(context, () => {
        for (const { place, value, slope } of spots) {
          const [x, y] = [frame.px(place), frame.py(panel ? slope : value)];
          if (Number.isFinite(x + y)) drawPoint(context, { ...look, x, y });
        }
      }));
    }
  }
}

/**
 * Where the samples of a stage are that shows another race than the page knows, as lossopt.theory.loss_shapes places
 * them; null where it shows the same.
 *
 * @param {string} name
 * @param {Over} over
 * @returns {Spot[] | null}
 */
function spotsOf(name, over) {
  const samples = stageNamed(name)?.samples();
  if (!samples) return null;
  const { labels = new Float64Array(), outputs, costs, slopes } = samples, count = outputs.length / labels.length;
  return Array.from(labels, (label, k) => {
    const own = over === "true_probability" ? label : 0, z = outputs[k * count + own], slope = slopes[k * count + own];
    const at = { place: z, value: costs[k], slope };
    if (over === "residual") return { ...at, place: z - label };
    if (over === "logit") return at;
    if (over === "probability") return { ...at, place: sigmoid(z), slope: slope / (sigmoid(z) * sigmoid(-z)) };
    return { ...at, place: 1 / outputs.subarray(k * count, (k + 1) * count).reduce((sum, other) => sum + Math.exp(other - z), 0) };
  });
}

/** @param {number} z */
function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

export default companion(ShapeView, "shapes");
