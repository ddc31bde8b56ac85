import { Chart, linearScale, traceLine } from "../stage/axes.js";
import { element } from "../stage/dom.js";
import { drawPoint, strokeHaloed } from "../stage/draw.js";
import { linkStyles, placing } from "../stage/placing.js";
import { floats } from "../stage/scene.js";
import { clockOf } from "../stage/registry.js";
import { readTheme, watchTheme } from "../stage/theme.js";

const OTHER = 0.45; // opacity of the curve for the other class

/**
 * Losses over the prediction: value above, slope below, and every sample of the run as a dot that
 * follows the clock of a group of stages. component.data is {shapes, group}.
 */
export default placing((parentElement, { data: { group } }) => {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const view = new ShapeView(place, clockOf(group));
  return { place, update: ({ shapes }) => view.update(shapes), destroy: () => view.destroy() };
});

class ShapeView {
  #shapes = null;
  #theme = null;
  #request = 0;
  #stale = true;
  #undo;

  constructor(host, clock) {
    this.probe = element("span", { className: "lo-probe", ariaHidden: "true" });
    this.body = element("div", { className: "lo-body" });
    this.root = element("div", { className: "lo-stage lo-shapes" }, [this.probe, this.body]);
    this.root.dataset.testid = "shapes";
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

  update(message) {
    this.#shapes = decodeShapes(message);
    this.root.setAttribute("aria-label", message.description);
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
    if (this.#request === 0 && this.#shapes) this.#request = requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame() {
    this.#request = 0;
    if (!this.root.isConnected) return;
    if (this.#stale) this.#layOut();
    const { count, last_step: last } = this.#shapes.frames;
    this.#draw(Math.min(Math.round((this.clock.step * (count - 1)) / (last || 1)), count - 1));
  }

  #layOut() {
    this.#stale = false;
    this.#theme = readTheme(this.probe);
    const { x, panels, labels: [across, ...up], grid, losses } = this.#shapes;
    this.chart.begin(panels.map((range, k) => ({
      x: linearScale(x, { label: across }), y: linearScale(range, { room: 0.06, label: up[k] }),
    })), this.#theme);
    const { context } = this.chart.still;
    this.chart.frames.forEach((frame, k) => frame.clipped(context, () => {
      for (const { curves, targets, color, dash } of losses) {
        curves.forEach((curve, j) => {
          context.globalAlpha = targets[j] === targets[0] ? 1 : OTHER;
          context.beginPath();
          traceLine(context, frame, { count: grid.length, x: (i) => grid[i], y: (i) => curve[k][i] });
          strokeHaloed(context, { color: color[this.#theme.mode], dash, width: 2.2 }, this.#theme);
        });
      }
    }));
  }

  #draw(index) {
    const { context } = this.chart.moving;
    this.chart.moving.clear();
    this.chart.frames.forEach((frame, k) => frame.clipped(context, () => {
      for (const { n, places, dots, color, marker } of this.#shapes.losses) {
        const look = { shape: marker, radius: 3.2, fill: color[this.#theme.mode], stroke: this.#theme.background };
        for (let i = index * n; i < (index + 1) * n; i += 1) {
          const [x, y] = [frame.px(places[i]), frame.py(dots[k][i])];
          if (Number.isFinite(x + y)) drawPoint(context, { ...look, x, y });
        }
      }
    }));
  }
}

/** Decode what `lossopt.figures.shapes.shapes_message` packs. */
function decodeShapes(message) {
  const losses = message.losses.map((loss) => ({
    ...loss,
    curves: loss.curves.map((pair) => pair.map(floats)),
    places: floats(loss.places),
    dots: loss.dots.map(floats),
  }));
  return { ...message, grid: floats(message.grid), losses };
}
