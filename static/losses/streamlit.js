import { linearScale, traceLine } from "../stage/axes.js";
import { Companion, companion } from "../stage/companion.js";
import { drawPoint, strokeHaloed } from "../stage/draw.js";
import { floats } from "../stage/scene.js";
/** @import { Shapes } from "../stage/messages.d.ts" */

const OTHER = 0.45; // opacity of the curve for the other class

/** @typedef {ReturnType<ShapeView["decode"]>} Shown */

/**
 * Losses over the prediction: value above, slope below, and every sample of the run as a dot.
 * component.data is {shapes, group}; `lossopt.figures.shapes.shapes_message` packs the shapes.
 */
class ShapeView extends Companion {
  /** @param {{shapes: Shapes}} data */
  decode({ shapes }) {
    const losses = shapes.losses.map((loss) => ({
      ...loss,
      curves: loss.curves.map((pair) => pair.map(floats)),
      places: floats(loss.places),
      dots: loss.dots.map(floats),
    }));
    return { ...shapes, grid: floats(shapes.grid), losses };
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
          traceLine(context, frame, { count: grid.length, x: (i) => grid[i], y: (i) => curve[k][i] });
          strokeHaloed(context, { color: color[this.theme.mode], dash, width: 2.2 }, this.theme);
        });
      }
    }));
  }

  /** @param {Shown} shown */
  draw({ frames: { count, last_step: last }, losses }) {
    const index = Math.min(Math.round((this.clock.step * (count - 1)) / (last || 1)), count - 1);
    const { context } = this.chart.moving;
    this.chart.frames.forEach((frame, k) => frame.clipped(context, () => {
      for (const { n, places, dots, color, marker } of losses) {
        const look = { shape: marker, radius: 3.2, fill: color[this.theme.mode], stroke: this.theme.background };
        for (let i = index * n; i < (index + 1) * n; i += 1) {
          const [x, y] = [frame.px(places[i]), frame.py(dots[k][i])];
          if (Number.isFinite(x + y)) drawPoint(context, { ...look, x, y });
        }
      }
    }));
  }
}

export default companion(ShapeView, "shapes");
