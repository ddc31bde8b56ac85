import { Chart } from "../stage/axes.js";
import { element, switchGroup } from "../stage/dom.js";
import { drawLabel, drawMarker, strokeCased, strokePlain } from "../stage/draw.js";
import { Line } from "../stage/line.js";
import { number, shortNumber } from "../stage/numbers.js";
import { fill } from "../stage/texts.js";
import { readTheme, watchTheme } from "../stage/theme.js";
import { cellAt, decodeMap, shadeOf, spanOf } from "./decode.js";
import { drawLegend } from "./legend.js";
import { Profile } from "./profile.js";
/** @import { ColorLayer, DecodedMap } from "./decode.js" */
/** @import { Context, Stroke, Theme } from "../stage/drawn.d.ts" */
/** @import { Cell, HeatMap as Message } from "../stage/messages.d.ts" */

/**
 * @typedef {[number, number]} Place column and row
 * @typedef {{column: number, row: number, x: number, y: number}} Hovered
 * @typedef {object} Callbacks
 * @property {(cell: Cell) => void} onCell
 * @property {(cell: Hovered | null) => void} onHover
 * @property {(layer: string) => void} onLayer
 */

const FAR = 8; // cells that Page Up and Page Down go

/**
 * A map of many runs, one coloured cell each: by pointer or arrow keys a cell is read and chosen.
 *
 * `onCell({column, row})` is called when a cell is chosen, `onHover({column, row, x, y} or null)`
 * when the pointer or the keyboard comes to a cell, `onLayer(id)` when another colouring is chosen.
 *
 * @param {HTMLElement} host
 * @param {Callbacks} callbacks
 */
export function mountMap(host, callbacks) {
  return new HeatMap(host, callbacks);
}

class HeatMap {
  /** @type {Message | undefined} */
  #message;
  /** @type {DecodedMap} */
  #map;
  /** @type {Theme} */
  #theme;
  /** @type {string | undefined} */
  #layer;
  /** @type {Place | null} */
  #hovered = null;
  #used = false; // whether a cell was chosen here
  #request = 0;
  /** @type {ReturnType<typeof switchGroup<string>> | null} */
  #switch = null;

  /** @param {HTMLElement} host @param {Callbacks} callbacks */
  constructor(host, { onCell, onHover, onLayer }) {
    this.onCell = onCell;
    this.onHover = onHover;
    this.onLayer = onLayer;
    this.parts = makeParts(host);
    this.chart = new Chart(this.parts.body);
    this.profile = new Profile(this.parts.curve);
    const refresh = () => this.#wake();
    const observer = new ResizeObserver(refresh);
    observer.observe(this.parts.body);
    const unwatch = watchTheme(this.parts.probe, refresh);
    this.#listen();
    this.undo = () => {
      observer.disconnect();
      unwatch();
    };
  }

  /**
   * Show another map; a colouring that was chosen here stays until the page asks for another.
   *
   * @param {Message} message
   */
  update(message) {
    const asked = this.#message?.layer !== message.layer;
    this.#message = message;
    this.#map = decodeMap(message);
    if (asked || !this.#layerNamed(this.#layer)) this.#layer = message.layer;
    this.#hovered = null;
    this.#wake();
  }

  destroy() {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
    this.undo();
    this.parts.root.remove();
  }

  /** @param {string | undefined} id */
  #layerNamed(id) {
    return this.#map.layers.find((layer) => layer.id === id);
  }

  #wake() {
    if (this.#request === 0 && this.#map) this.#request = requestAnimationFrame(() => this.#layOut());
  }

  #layOut() {
    this.#request = 0;
    if (!this.parts.root.isConnected) return;
    const { root, body, probe, title, legend, tools } = this.parts;
    const map = this.#map;
    const layer = this.#layerNamed(this.#layer);
    this.#theme = readTheme(probe);
    root.lang = map.lang ?? "en";
    title.textContent = map.title ?? "";
    body.setAttribute("aria-label", map.label ?? "");
    Object.assign(root.dataset, map.cell ? { column: map.cell[0], row: map.cell[1] } : {});
    this.#switch ??= map.layers.length > 1 ? this.#addSwitch(tools) : null;
    this.#switch?.name(map.texts?.layers ?? "", map.layers.map(({ name }) => name ?? ""));
    if (this.#layer) this.#switch?.show(this.#layer);
    this.chart.begin([{ x: map.x.scale, y: map.y.scale }], this.#theme);
    root.classList.toggle("lo-map-compact", Boolean(map.compact));
    legend.hidden = map.legend === false;
    drawLegend(legend, { map, layer, theme: this.#theme });
    this.profile.layOut({ map, layer, theme: this.#theme });
    this.#invite();
    if (!this.#frame) return;
    this.#frame.clipped(this.chart.still.context, (context) => {
      this.#paintCells(context, layer);
      for (const line of map.lines) this.#drawLine(context, line);
      for (const mark of map.marks) this.#drawMark(context, mark);
    });
    this.#drawCursor();
  }

  /** @param {HTMLElement} tools */
  #addSwitch(tools) {
    const choose = (/** @type {string} */ id) => {
      this.#layer = id;
      this.#wake();
      this.onLayer(id);
    };
    const made = switchGroup(this.#map.layers.map(({ id }) => id), choose);
    tools.replaceChildren(made.group);
    return made;
  }

  get #frame() {
    return this.chart.frames[0];
  }

  /**
   * Left, top, right and bottom of a cell, on whole pixels so that no seam shows.
   *
   * @param {number} column
   * @param {number} row
   */
  #rectangle(column, row) {
    const { left, top, width, height } = this.#frame;
    const [x0, x1] = spanOf(this.#map.x, column).map((part) => Math.round(left + part * width));
    const [y0, y1] = spanOf(this.#map.y, row).map((part) => Math.round(top + (1 - part) * height));
    return [x0, y1, x1, y0];
  }

  /** @param {Context} context @param {ColorLayer | undefined} layer */
  #paintCells(context, layer) {
    const { x, codes, classes, faded } = this.#map;
    const { mode } = this.#theme;
    const ramp = rampOf(this.#theme.relief);
    const missing = this.#map.missing?.[mode] ?? "transparent";
    context.fillStyle = this.#theme.background; // faded cells let no grid line through
    context.fillRect(0, 0, this.chart.still.width, this.chart.still.height);
    for (let k = 0; k < codes.length; k += 1) {
      const [x0, y0, x1, y1] = this.#rectangle(k % x.values.length, Math.floor(k / x.values.length));
      const shade = layer ? shadeOf(layer, layer.values[k]) : NaN;
      context.fillStyle = codes[k] ? classes[codes[k] - 1].color[mode] : ramp[Math.round(shade * (ramp.length - 1))] ?? missing;
      context.globalAlpha = faded?.[k] ? 0.22 : 1;
      context.fillRect(x0, y0, x1 - x0, y1 - y0);
    }
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {DecodedMap["lines"][number]} line */
  #drawLine(context, { xy, color, dash }) {
    context.beginPath();
    new Line(this.#frame, { count: xy.length / 2, x: (k) => xy[2 * k], y: (k) => xy[2 * k + 1] }).trace(context);
    strokeCased(context, { color: color[this.#theme.mode], dash, width: 1.8 });
  }

  /** @param {Context} context @param {DecodedMap["marks"][number]} mark */
  #drawMark(context, { xy: [x, y], marker, color, label }) {
    const place = { x: this.#frame.px(x), y: this.#frame.py(y) };
    drawMarker(context, { shape: marker, ...place, radius: 5, color: color[this.#theme.mode] });
    if (!label) return;
    context.font = `600 ${12 * this.#theme.size}px ${this.#theme.font}`;
    const { left, width } = this.#frame, half = context.measureText(label).width / 2 + 3;
    const middle = Math.min(Math.max(place.x, left + half), left + width - half);
    drawLabel(context, { text: label, x: middle, y: place.y - 13, color: this.#theme.text, theme: this.#theme, align: "center" });
  }

  /** The map says on itself what can be done with it, until somebody has done so. */
  #invite() {
    const { invite } = this.parts, text = this.#map.texts?.invite ?? "";
    invite.hidden = this.#used || this.#hovered !== null || !text;
    invite.textContent = text;
  }

  /** Frame the chosen cell, with a cross hair through the whole map, and the one being read. */
  #drawCursor() {
    if (!this.#frame) return;
    const { moving } = this.chart;
    moving.clear();
    const { cell } = this.#map;
    this.#frame.clipped(moving.context, (context) => {
      if (cell) this.#drawCross(context, ...cell);
      if (cell) this.#outline(context, cell, { color: this.#theme.text, dash: [], width: 2 });
      if (this.#hovered) this.#outline(context, this.#hovered, { color: this.#theme.text, dash: [], width: 1 });
    });
    const shown = this.#hovered ?? cell;
    this.profile.draw(shown ?? null);
    const near = shown && !this.#hovered && this.#map.between ? [this.#map.texts?.between] : [];
    this.parts.readout.textContent = shown ? [...near, this.#describe(...shown)].join(" ") : this.#map.texts?.hint ?? "";
  }

  /** @param {Context} context @param {number} column @param {number} row */
  #drawCross(context, column, row) {
    const { left, top, width, height } = this.#frame;
    const [x0, y0, x1, y1] = this.#rectangle(column, row);
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    context.globalAlpha = 0.55;
    context.beginPath();
    for (const [from, to] of /** @type {[Place, Place][]} */ ([[[left, y], [x0, y]], [[x1, y], [left + width, y]], [[x, top], [x, y0]], [[x, y1], [x, top + height]]])) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
    strokePlain(context, { color: this.#theme.background, dash: [], width: 2.4 });
    strokePlain(context, { color: this.#theme.text, dash: [3, 3], width: 1 });
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {Place} place @param {Stroke} look */
  #outline(context, [column, row], look) {
    const [x0, y0, x1, y1] = this.#rectangle(column, row);
    context.beginPath();
    context.rect(x0 - 1, y0 - 1, x1 - x0 + 2, y1 - y0 + 2);
    strokeCased(context, look);
  }

  /**
   * Say in words where a cell is and what became of its run.
   *
   * @param {number} column
   * @param {number} row
   */
  #describe(column, row) {
    const { x, y, codes, classes, facts } = this.#map;
    const k = row * x.values.length + column;
    const place = [x, y].map((axis, i) => `${axis.scale.label} ${short([x.values[column], y.values[row]][i])}`);
    const kind = codes[k] ? [classes[codes[k] - 1].label] : [];
    const told = facts.filter(({ values }) => !Number.isNaN(values[k])).map(({ text, values }) => fill(text ?? "", { value: short(values[k]) }));
    return [...place, ...kind, ...told].join(" · ");
  }

  #listen() {
    const { body, root } = this.parts;
    const cellOf = (/** @type {MouseEvent} */ event) => {
      if (!this.#frame) return null;
      const box = body.getBoundingClientRect();
      const { left, top, width, height } = this.#frame;
      const column = cellAt(this.#map.x, (event.clientX - box.left - left) / width);
      const row = cellAt(this.#map.y, 1 - (event.clientY - box.top - top) / height);
      return column === null || row === null ? null : /** @type {Place} */ ([column, row]);
    };
    body.addEventListener("pointermove", (event) => this.#hover(cellOf(event)));
    body.addEventListener("pointerleave", () => this.#hover(null));
    body.addEventListener("click", (event) => this.#choose(cellOf(event)));
    body.addEventListener("blur", () => this.#hover(null));
    root.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param {Place | null} cell */
  #hover(cell) {
    if (!this.#map || String(cell) === String(this.#hovered)) return;
    this.#hovered = cell;
    this.#drawCursor();
    this.#invite();
    const { x, y } = this.#map;
    this.onHover(cell && { column: cell[0], row: cell[1], x: x.values[cell[0]], y: y.values[cell[1]] });
  }

  /** @param {Place | null} cell */
  #choose(cell) {
    if (!cell) return;
    this.#used = true;
    Object.assign(this.#map, { cell, between: false });
    Object.assign(this.parts.root.dataset, { column: cell[0], row: cell[1] });
    this.#drawCursor();
    this.onCell({ column: cell[0], row: cell[1] });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.target !== this.parts.body || !this.#map) return;
    const { x, y, cell } = this.#map;
    const [columns, rows] = [x.values.length, y.values.length];
    const [column, row] = this.#hovered ?? cell ?? [columns >> 1, rows >> 1];
    /** @type {Record<string, Place>} */
    const moves = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
      Home: [-columns, 0], End: [columns, 0], PageUp: [0, FAR], PageDown: [0, -FAR],
    };
    const clamp = (/** @type {number} */ value, /** @type {number} */ count) => Math.min(Math.max(value, 0), count - 1);
    if (event.key in moves) {
      const [right, up] = moves[event.key];
      this.#hover([clamp(column + right, columns), clamp(row + up, rows)]);
    } else if (event.key === "Enter" || event.key === " ") {
      this.#choose([column, row]);
    } else {
      return;
    }
    event.preventDefault();
  }
}

/**
 * A number for people; a whole one, such as a step, in full.
 *
 * @param {number} value
 */
function short(value) {
  return (Number.isInteger(value) ? shortNumber : number)(value);
}

/** @param {HTMLElement} host */
function makeParts(host) {
  const title = element("div", { className: "lo-title" });
  const tools = element("div", { className: "lo-tools" });
  const body = element("div", { className: "lo-body", tabIndex: 0 });
  const invite = element("div", { className: "lo-map-invite", ariaHidden: "true", hidden: true });
  const curve = element("div");
  body.append(invite);
  const readout = element("div", { className: "lo-map-readout" });
  const legend = element("div", { className: "lo-map-legend" });
  const probe = element("div", { className: "lo-probe" });
  const head = element("div", { className: "lo-head" }, [title, tools]);
  const root = element("div", { className: "lo-stage lo-map" }, [probe, head, body, readout, legend, curve]);
  root.dataset.testid = "map";
  body.setAttribute("role", "application");
  readout.setAttribute("aria-live", "polite");
  host.append(root);
  return { root, title, tools, body, readout, legend, curve, invite, probe };
}

const STEPS = 64;

/**
 * The colours of a scale, as many as eyes can tell apart.
 *
 * @param {Theme["relief"]} relief
 */
function rampOf(relief) {
  return Array.from({ length: STEPS }, (_, i) => {
    const place = i / (STEPS - 1);
    const above = Math.max(1, relief.findIndex(([stop]) => stop >= place - 1e-9));
    const [[low, from], [high, to]] = [relief[above - 1], relief[above]];
    const part = (place - low) / (high - low);
    const [a, b] = [from, to].map(channels);
    return `rgb(${a.map((value, c) => Math.round(value + part * (b[c] - value))).join(",")})`;
  });
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}
