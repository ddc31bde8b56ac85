import { linearScale, traceLine } from "../stage/axes.js";
import { Companion, companion } from "../stage/companion.js";
import { drawMarker, strokeHaloed, strokePlain } from "../stage/draw.js";
import { extent, floats } from "../stage/scene.js";
/** @import { Edges } from "../stage/messages.d.ts" */

const ROOM = 1.5; // products up to this many times the highest limit are drawn

/** @typedef {ReturnType<EdgeView["decode"]>} Shown */

/**
 * Learning rate times sharpness over the steps, against the limit of stability.
 * component.data is {edge: {last_step, runs}, texts, group}.
 */
class EdgeView extends Companion {
  /** @param {{edge: Edges, texts: Record<string, string>}} data */
  decode({ edge, texts }) {
    const runs = edge.runs.map((run) => ({ ...run, steps: floats(run.steps), products: floats(run.products) }));
    return { ...edge, runs, texts, description: texts.description };
  }

  /** @param {Shown} shown */
  layOut({ runs, last_step: last, texts }) {
    const limits = [...new Set(runs.map(({ limit }) => limit))];
    const top = Math.max(...limits);
    const [, highest] = extent(runs.flatMap(({ products }) => [...products]));
    const y = linearScale([0, Math.min(Math.max(highest, 1.1 * top), ROOM * top)], { label: texts.product });
    this.chart.begin([{ x: linearScale([0, last], { label: texts.steps, whole: true }), y }], this.theme);
    const [frame] = this.chart.frames;
    const { context } = this.chart.still;
    frame?.clipped(context, () => {
      for (const limit of limits) {
        context.beginPath();
        traceLine(context, frame, { count: 2, x: (i) => i * last, y: () => limit });
        strokePlain(context, { color: this.theme.text, dash: [6, 4], width: 1.4 });
      }
      for (const { steps, products, color, dash } of runs) {
        context.beginPath();
        traceLine(context, frame, { count: steps.length, x: (i) => steps[i], y: (i) => products[i] });
        strokeHaloed(context, { color: color[this.theme.mode], dash, width: 2 }, this.theme);
      }
    });
  }

  /** @param {Shown} shown */
  draw({ runs }) {
    const [frame] = this.chart.frames;
    const { context } = this.chart.moving;
    frame?.clipped(context, () => {
      for (const { steps, products, color, marker } of runs) {
        const k = steps.findLastIndex((step) => step <= this.clock.step);
        const [x, y] = [frame.px(steps[k]), frame.py(products[k])];
        if (Number.isFinite(x + y)) drawMarker(context, { shape: marker, x, y, radius: 5, color: color[this.theme.mode] });
      }
    });
  }
}

export default companion(EdgeView, "edge");
