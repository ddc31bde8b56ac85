import { Chart } from "../stage/axes.js";
import { element, switchGroup } from "../stage/dom.js";
import { strokeHaloed, strokePlain } from "../stage/draw.js";
import { Line } from "../stage/line.js";
import { spanOf } from "./decode.js";
/** @import { Theme } from "../stage/drawn.d.ts" */
/** @import { ColorLayer, DecodedMap } from "./decode.js" */

/** @typedef {{map: DecodedMap, layer: ColorLayer | undefined, theme: Theme}} Drawn */

const WAYS = ["x", "y"];

/** The row or the column of a cell as a curve. */
export class Profile {
  #way = "x";
  /** @type {Drawn | null} */
  #drawn = null;
  /** @type {[number, number] | null} */
  #cell = null;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.body = element("div", { className: "lo-body" });
    this.ways = switchGroup(WAYS, (way) => {
      this.#way = way;
      this.#layOut();
    });
    this.name = element("span");
    this.root = element("div", { className: "lo-map-profile" }, [element("div", { className: "lo-head" }, [this.name, this.ways.group]), this.body]);
    this.chart = new Chart(this.body);
    host.append(this.root);
  }

  /**
   * Lay out the axes; a map without numbers has no curve.
   *
   * @param {Drawn} drawn
   */
  layOut(drawn) {
    const { map, layer } = drawn;
    this.#drawn = drawn;
    this.root.hidden = !layer || Boolean(layer.signed) || !map.texts?.curve;
    if (!this.root.hidden) this.#layOut();
  }

  #layOut() {
    if (!this.#drawn) return;
    const { map, layer, theme } = this.#drawn;
    if (!layer) return;
    this.name.textContent = map.texts?.curve ?? "";
    this.ways.name(map.texts?.curve ?? "", [map.x.scale.label, map.y.scale.label]);
    this.ways.show(this.#way);
    const axis = this.#way === "x" ? map.x : map.y, { low, high, log } = layer;
    this.chart.begin([{ x: axis.scale, y: { low, high, log, label: layer.label ?? "" } }], theme);
    this.draw(this.#cell);
  }

  /** @param {[number, number] | null} cell the cell whose row or column is drawn */
  draw(cell) {
    this.#cell = cell;
    const [frame] = this.chart.frames;
    if (!frame || !this.#drawn || this.root.hidden) return;
    const { map, layer, theme } = this.#drawn, along = this.#way === "x" ? 0 : 1;
    const axis = [map.x, map.y][along], width = map.x.values.length;
    this.chart.moving.clear();
    if (!cell || !layer) return;
    const placeOf = (/** @type {number} */ k) => (along ? k * width + cell[0] : cell[1] * width + k);
    frame.clipped(this.chart.moving.context, (context) => {
      axis.values.forEach((_, k) => {
        const at = placeOf(k), [from, to] = spanOf(axis, k).map((share) => Math.round(frame.left + share * frame.width));
        const color = map.codes[at] ? map.classes[map.codes[at] - 1].color : Number.isNaN(layer.values[at]) ? map.missing : null;
        if (!color) return;
        context.globalAlpha = 0.4;
        context.fillStyle = color[theme.mode];
        context.fillRect(from, frame.top, to - from, frame.height);
      });
      context.globalAlpha = 1;
      const px = frame.px(axis.values[cell[along]]);
      context.beginPath();
      context.moveTo(px, frame.top);
      context.lineTo(px, frame.top + frame.height);
      strokePlain(context, { color: theme.axis, dash: [], width: 1 });
      context.beginPath();
      new Line(frame, { count: axis.values.length, x: (k) => axis.values[k], y: (k) => (map.codes[placeOf(k)] ? NaN : layer.values[placeOf(k)]) }).trace(context);
      strokeHaloed(context, { color: theme.text, dash: [], width: 2 }, theme);
    });
  }
}
