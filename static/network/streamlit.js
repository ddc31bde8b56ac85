import { linearScale } from "../stage/axes.js";
import { Companion, companion } from "../stage/companion.js";
import { element } from "../stage/dom.js";
import { drawMarker, strokeHaloed, strokePlain } from "../stage/draw.js";
import { Line } from "../stage/line.js";
import { stageNamed } from "../stage/registry.js";
import { extent, floats } from "../stage/scene.js";
/** @import { Edges } from "../stage/messages.d.ts" */

const ROOM = 1.5; // products up to this many times the highest limit are drawn

/** @typedef {ReturnType<EdgeView["decode"]>} Shown */

/**
 * Learning rate times sharpness over the steps, against the limit of stability.
 * component.data is {edge: {last_step, runs}, texts, group}; a run that comes out otherwise on the stage with
 * the name of the group is measured there, and the lines of runs that have been changed fade.
 */
class EdgeView extends Companion {
  #drawn = "";
  note = this.root.appendChild(element("p", { className: "lo-apart-note" }));

  /** @param {{edge: Edges, texts: Record<string, string>, group: string}} data */
  decode({ edge, texts, group }) {
    const runs = edge.runs.map((run) => ({ ...run, steps: floats(run.steps), products: floats(run.products) }));
    return { ...edge, runs, texts, group, description: texts.description };
  }

  /** @param {Shown} shown */
  layOut({ runs, last_step: last, texts, group }) {
    const limits = [...new Set(runs.map(({ limit }) => limit))];
    const top = Math.max(...limits), looks = runs.map((run) => looksOf(run, group));
    const [, highest] = extent(looks.flatMap(({ products }) => [...products]));
    const y = linearScale([0, Math.min(Math.max(highest, 1.1 * top), ROOM * top)], { label: texts.product });
    this.chart.begin([{ x: linearScale([0, last], { label: texts.steps, whole: true }), y }], this.theme);
    const [frame] = this.chart.frames;
    const { context } = this.chart.still;
    frame?.clipped(context, () => {
      for (const limit of limits) {
        context.beginPath();
        new Line(frame, { count: 2, x: (i) => i * last, y: () => limit }).trace(context);
        strokePlain(context, { color: this.theme.text, dash: [6, 4], width: 1.4 });
      }
      runs.forEach(({ color, dash }, k) => {
        const { steps, products } = looks[k];
        context.beginPath();
        new Line(frame, { count: steps.length, x: (i) => steps[i], y: (i) => products[i] }).trace(context);
        strokeHaloed(context, { color: color[this.theme.mode], dash, width: 2 }, this.theme);
      });
    });
    this.#drawn = signOf(looks);
  }

  /** @param {Shown} shown */
  draw(shown) {
    const { runs, group, texts } = shown, looks = runs.map((run) => looksOf(run, group));
    if (signOf(looks) !== this.#drawn) this.layOut(shown);
    this.#say(looks.some(({ waits }) => waits) ? texts.apart : "", texts);
    const [frame] = this.chart.frames;
    const { context } = this.chart.moving;
    frame?.clipped(context, () => {
      runs.forEach(({ color, marker }, i) => {
        const { steps, products } = looks[i];
        const k = steps.findLastIndex((step) => step <= this.clock.step);
        const [x, y] = [frame.px(steps[k]), frame.py(products[k])];
        if (Number.isFinite(x + y)) drawMarker(context, { shape: marker, x, y, radius: 5, color: color[this.theme.mode] });
      });
    });
  }

  /** @param {string} note @param {Record<string, string>} texts */
  #say(note, { description }) {
    if (this.note.textContent === note) return;
    this.note.textContent = note;
    this.root.classList.toggle("lo-apart", note !== "");
    this.root.setAttribute("aria-label", [description, note].filter(Boolean).join(". "));
  }
}

/**
 * Where the sharpness of a run was measured, by the page or, if it came out otherwise there, on the stage; until that
 * is done the page's line waits.
 *
 * @param {Shown["runs"][number]} run
 * @param {string} group
 */
function looksOf({ steps, products, of: { run, rate, decay } }, group) {
  const own = stageNamed(group)?.looks(run);
  if (own) return { steps: own.steps, products: own.values.map((value) => rate * (value + decay)), waits: false };
  return { steps: [...steps], products: [...products], waits: own === undefined && Boolean(stageNamed(group)) };
}

/** @param {{steps: number[], products: number[]}[]} looks */
function signOf(looks) {
  return looks.map(({ products }) => products.join()).join(" ");
}

export default companion(EdgeView, "edge");
