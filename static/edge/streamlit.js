import { Chart, linearScale, traceLine } from "../stage/axes.js";
import { element } from "../stage/dom.js";
import { drawMarker, strokeHaloed, strokePlain } from "../stage/draw.js";
import { linkStyles, placing } from "../stage/placing.js";
import { clockOf } from "../stage/registry.js";
import { extent, floats } from "../stage/scene.js";
import { readTheme, watchTheme } from "../stage/theme.js";

const ROOM = 1.5; // products up to this many times the highest limit are drawn

/**
 * Learning rate times sharpness over the steps, against the limit of stability; a marker follows
 * the clock of a group of stages. component.data is {edge: {last_step, runs}, texts, group}.
 */
export default placing((parentElement, { data: { group } }) => {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const view = new EdgeView(place, clockOf(group));
  return { place, update: (data) => view.update(data), destroy: () => view.destroy() };
});

class EdgeView {
  #data = null;
  #theme = null;
  #request = 0;
  #stale = true;
  #undo;

  constructor(host, clock) {
    this.probe = element("span", { className: "lo-probe", ariaHidden: "true" });
    this.body = element("div", { className: "lo-body" });
    this.root = element("div", { className: "lo-stage lo-edge" }, [this.probe, this.body]);
    this.root.dataset.testid = "edge";
    this.root.setAttribute("role", "img");
    host.append(this.root);
    this.clock = clock;
    this.chart = new Chart(this.body);
    const refresh = () => {
      this.#stale = true;
      this.#wake();
    };
    const observer = new ResizeObserver(refresh);
    observer.observe(this.body);
    this.#undo = [clock.subscribe(() => this.#wake()), watchTheme(this.probe, refresh), () => observer.disconnect()];
  }

  update({ edge, texts }) {
    const runs = edge.runs.map((run) => ({ ...run, steps: floats(run.steps), products: floats(run.products) }));
    this.#data = { ...edge, runs, texts };
    this.root.setAttribute("aria-label", texts.description);
    this.#stale = true;
    this.#wake();
  }

  destroy() {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
    for (const undo of this.#undo) undo();
    this.root.remove();
  }

  #wake() {
    if (this.#request === 0 && this.#data) this.#request = requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame() {
    this.#request = 0;
    if (!this.root.isConnected) return;
    if (this.#stale) this.#layOut();
    this.#draw();
  }

  #layOut() {
    this.#stale = false;
    this.#theme = readTheme(this.probe);
    const { runs, last_step: last, texts } = this.#data;
    const limits = [...new Set(runs.map(({ limit }) => limit))];
    const top = Math.max(...limits);
    const [, highest] = extent(runs.flatMap(({ products }) => [...products]));
    const y = linearScale([0, Math.min(Math.max(highest, 1.1 * top), ROOM * top)], { label: texts.product });
    this.chart.begin([{ x: linearScale([0, last], { label: texts.steps, whole: true }), y }], this.#theme);
    const [frame] = this.chart.frames;
    if (!frame) return;
    const { context } = this.chart.still;
    frame.clipped(context, () => {
      for (const limit of limits) {
        context.beginPath();
        traceLine(context, frame, { count: 2, x: (i) => i * last, y: () => limit });
        strokePlain(context, { color: this.#theme.text, dash: [6, 4], width: 1.4 });
      }
      for (const { steps, products, color, dash } of runs) {
        context.beginPath();
        traceLine(context, frame, { count: steps.length, x: (i) => steps[i], y: (i) => products[i] });
        strokeHaloed(context, { color: color[this.#theme.mode], dash, width: 2 }, this.#theme);
      }
    });
  }

  #draw() {
    const [frame] = this.chart.frames;
    if (!frame) return;
    const { context } = this.chart.moving;
    this.chart.moving.clear();
    frame.clipped(context, () => {
      for (const { steps, products, color, marker } of this.#data.runs) {
        const k = steps.findLastIndex((step) => step <= this.clock.step);
        const [x, y] = [frame.px(steps[k]), frame.py(products[k])];
        if (Number.isFinite(x + y)) drawMarker(context, { shape: marker, x, y, radius: 5, color: color[this.#theme.mode] });
      }
    });
  }
}
