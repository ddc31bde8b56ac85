import { element, nameControl, write } from "../stage/dom.js";
import { Sheet } from "../stage/draw.js";
import { number, shortNumber } from "../stage/numbers.js";
import { extent } from "../stage/scene.js";
import { fill } from "../stage/texts.js";
import { inputsOf, isNetwork, neuronsAt, weightsAt } from "./neurons.js";
import { paintField } from "./paint.js";
import { planOf } from "./plan.js";
/** @import { Context, Parts, Run, Scene, State, Texts, Theme } from "../stage/drawn.d.ts" */
/** @import { Panel } from "../stage/layout.js" */
/** @import { NetworkFit, Weights } from "./neurons.js" */
/** @import { Spot } from "./plan.js" */

const WIDEST = 7; // px; a weight that is much larger than USUAL
const USUAL = 2; // a weight that is drawn half as wide
const MANY = 8; // weights that leave room for a large picture
const SHARE = 4; // a picture may take one of so many parts of the time
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A network at the step shown: what each neuron says of the plane of the inputs, and its weights as lines. */
export class Diagram {
  /** @type {Scene} */
  #scene;
  /** @type {Theme} */
  #theme;
  /** @type {Texts} */
  #texts;
  /** @type {Spot[][]} */
  #plan = [];
  /** @type {Spot | null} */
  #near = null; // the neuron that is looked at
  #pinned = false; // whether it stays when the pointer leaves
  /** @type {State | null} */
  #shown = null;
  #rests = 0; // time until which nothing is drawn while the run plays
  #laidOut = "";
  /** @type {HTMLButtonElement[][]} */
  #buttons = [];

  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.sheet = new Sheet(panel.body, "lo-sheet");
    this.picks = panel.body.appendChild(element("div", { className: "lo-neurons" }));
    this.picks.setAttribute("role", "group");
    this.words = element("p", { id: "lo-neuron-words" });
    this.title = element("strong");
    const picture = element("div", { className: "lo-neuron-picture" });
    this.large = new Sheet(picture, "lo-sheet");
    this.box = panel.body.appendChild(element("div", { className: "lo-neuron", hidden: true }, [this.title, picture, this.words]));
    this.signs = panel.tools.appendChild(element("span", { className: "lo-signs" }, ["−", element("i"), "+"]));
    this.signs.setAttribute("role", "img");
    this.picks.addEventListener("keydown", (event) => this.#onKey(event));
    this.picks.addEventListener("pointerleave", () => this.#pinned || this.#look(null));
  }

  /** The canvases that it is drawn on. */
  get sheets() {
    return [this.sheet];
  }

  /** @param {Parts} parts */
  layOut({ scene, theme, texts }) {
    this.#scene = scene;
    this.#theme = theme;
    this.#texts = texts;
    this.#rests = 0;
    if (!isNetwork(scene.fit) || !this.sheet.keepFit()) return;
    const { width, height } = this.sheet, { network } = scene.fit;
    const laidOut = [width, height, theme.size, JSON.stringify(network), scene.lang].join();
    if (laidOut === this.#laidOut) return;
    nameControl(this.signs, texts.network_signs);
    this.#laidOut = laidOut;
    this.#plan = planOf(network, { width, height, size: theme.size });
    this.#look(null);
    const name = (/** @type {Spot} */ spot) => this.#nameOf(/** @type {NetworkFit} */ (scene.fit), spot);
    this.#buttons = this.#plan.map((spots) => spots.map((spot) => this.#makeButton(spot, name(spot))));
    this.picks.replaceChildren(...this.#buttons.flat());
    this.#buttons[0][0].tabIndex = 0;
  }

  /**
   * Draw the network of the run that is lit. While it plays, this takes no more than its share of the time.
   *
   * @param {State} state
   * @param {boolean} [playing]
   */
  draw(state, playing = false) {
    const now = performance.now(), { fit, runs } = this.#scene;
    const run = runs.find(({ id }) => id === state.lit) ?? runs[0];
    this.#shown = state;
    if (!isNetwork(fit) || !this.#plan.length || (playing && now < this.#rests)) return;
    const said = neuronsAt(this.#scene, run, state.index), weights = weightsAt(this.#scene, run, state.index);
    this.sheet.clear();
    if (said && weights) {
      const pictures = [inputsOf(fit).slice(0, fit.network.sizes[0][0]), ...said];
      this.#drawLines(fit, weights);
      this.#drawNeurons(fit, pictures);
      if (this.#near) this.#tell(fit, this.#near, { pictures, weights });
    }
    this.#name(fit, run);
    this.#rests = now + SHARE * (performance.now() - now);
  }

  /** @param {NetworkFit} fit @param {Run} run */
  #name({ network: { sizes, activation } }, run) {
    const { network_title: title, network_label: label } = this.#texts;
    const shape = [sizes[0][0], ...sizes.map(([, nOut]) => nOut)].join(" → ");
    const words = fill(label, { name: run.label, shape, activation });
    write(this.panel.title, fill(title, { name: run.label }));
    if (this.picks.ariaLabel !== words) this.picks.ariaLabel = words;
  }

  /** @param {NetworkFit} fit @param {Weights} weights */
  #drawLines({ network: { sizes } }, { params, at }) {
    const { context } = this.sheet, near = this.#near;
    let first = at;
    sizes.forEach(([nIn, nOut], layer) => {
      for (let i = 0; i < nIn; i += 1) {
        for (let j = 0; j < nOut; j += 1) {
          const from = this.#plan[layer][i], to = this.#plan[layer + 1][j];
          const isNear = !near || (near.column === layer && near.k === i) || (near.column === layer + 1 && near.k === j);
          this.#drawLine(context, params[first + i * nOut + j], { from, to, isNear });
        }
      }
      first += (nIn + 1) * nOut;
    });
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {number} weight @param {{from: Spot, to: Spot, isNear: boolean}} how */
  #drawLine(context, weight, { from, to, isNear }) {
    if (!Number.isFinite(weight)) return;
    const share = Math.abs(weight) / (Math.abs(weight) + USUAL);
    context.globalAlpha = isNear ? 0.25 + 0.7 * share : 0.08;
    context.strokeStyle = this.#theme.signs[weight < 0 ? 0 : 1];
    context.lineWidth = 0.4 + WIDEST * share;
    context.beginPath();
    context.moveTo(from.left + from.side, from.top + from.side / 2);
    context.lineTo(to.left, to.top + to.side / 2);
    context.stroke();
  }

  /** @param {NetworkFit} fit @param {ArrayLike<number>[][]} pictures */
  #drawNeurons(fit, pictures) {
    const { context } = this.sheet, theme = this.#theme;
    context.font = `${11 * theme.size}px ${theme.font}`;
    context.textBaseline = "alphabetic";
    this.#plan.forEach((spots, column) => {
      for (const spot of spots) {
        const place = { left: spot.left, top: spot.top, width: spot.side, height: spot.side };
        paintField(context, this.#field(pictures, spot), { ...this.#grid(fit), full: this.#full(fit, pictures, spot) }, place);
        context.strokeStyle = spot === this.#near ? theme.text : theme.axis;
        context.lineWidth = spot === this.#near ? 2.5 : 1;
        context.beginPath();
        context.rect(spot.left, spot.top, spot.side, spot.side);
        context.stroke();
        context.fillStyle = theme.muted;
        context.textAlign = "left";
        if (!column) context.fillText(fit.labels[spot.k] ?? "", spot.left, spot.top - 3);
      }
      this.#writeHead(context, spots, column);
    });
  }

  /** @param {Context} context @param {Spot[]} spots @param {number} column */
  #writeHead(context, spots, column) {
    const texts = this.#texts, last = this.#plan.length - 1, { width } = this.sheet;
    const text = column === 0 ? texts.network_inputs : column === last ? texts.network_output : fill(texts.network_layer, { layer: column });
    const middle = (spots[0].left + (spots[1] ?? spots[0]).left + spots[0].side) / 2;
    context.textAlign = column === 0 ? "left" : column === last ? "right" : "center";
    context.fillStyle = this.#theme.muted;
    context.fillText(text, column === 0 ? 0 : column === last ? width : middle, 11 * this.#theme.size);
  }

  /** @param {NetworkFit} fit */
  #grid({ grid_x: across, grid_y: up }) {
    return { columns: across.length, rows: up.length, theme: this.#theme };
  }

  /**
   * What a neuron says; an output, how sure it is.
   *
   * @param {ArrayLike<number>[][]} pictures
   * @param {Spot} spot
   */
  #field(pictures, { column, k }) {
    const values = pictures[column][k];
    return column === pictures.length - 1 ? Float64Array.from(values, (score) => Math.tanh(score / 2)) : values;
  }

  /**
   * The value that is painted in the full color: the largest there can be, else the largest of the layer.
   *
   * @param {NetworkFit} fit
   * @param {ArrayLike<number>[][]} pictures
   * @param {Spot} spot
   */
  #full({ network: { activation } }, pictures, { column }) {
    if (column > 0 && (activation !== "relu" || column === pictures.length - 1)) return 1;
    return Math.max(1e-9, ...pictures[column].map((values) => Math.max(...extent(Array.from(values)).map(Math.abs))));
  }

  /** @param {Spot} spot @param {string} name */
  #makeButton(spot, name) {
    const button = element("button", { type: "button", tabIndex: -1, ariaLabel: name });
    Object.assign(button.style, { left: `${spot.left}px`, top: `${spot.top}px`, width: `${spot.side}px`, height: `${spot.side}px` });
    button.setAttribute("aria-describedby", this.words.id);
    button.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && !this.#pinned && this.#look(spot));
    button.addEventListener("focus", () => this.#look(spot));
    button.addEventListener("blur", () => { this.#pinned = false; this.#look(null); });
    button.addEventListener("click", () => {
      this.#pinned = this.#near !== spot || !this.#pinned;
      this.#look(this.#pinned ? spot : null);
    });
    return button;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const at = this.#buttons.flat().indexOf(/** @type {HTMLButtonElement} */ (event.target)), spot = this.#plan.flat()[at];
    const arrow = ARROWS[event.key];
    if (!spot || !(arrow || (event.key === "Escape" && this.#near))) return;
    event.preventDefault();
    event.stopPropagation();
    if (!arrow) {
      this.#pinned = false;
      this.#look(null);
      return;
    }
    const column = Math.min(Math.max(spot.column + arrow[0], 0), this.#buttons.length - 1), { length } = this.#buttons[column];
    const row = arrow[0] ? Math.round(((spot.k + 0.5) / this.#buttons[spot.column].length) * length - 0.5) : spot.k + arrow[1];
    const next = this.#buttons[column][Math.min(Math.max(row, 0), length - 1)];
    for (const button of this.#buttons.flat()) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  /** @param {Spot | null} spot */
  #look(spot) {
    this.#near = spot;
    this.#rests = 0;
    this.box.hidden = spot === null;
    if (spot) this.box.classList.toggle("lo-left", spot.left > this.sheet.width / 2);
    if (spot) this.box.classList.toggle("lo-many", (this.#plan[spot.column - 1]?.length ?? 0) > MANY);
    if (this.#shown) this.draw(this.#shown);
  }

  /**
   * Say of a neuron what it says, and what it listens to.
   *
   * @param {NetworkFit} fit
   * @param {Spot} spot
   * @param {{pictures: ArrayLike<number>[][], weights: Weights}} of
   */
  #tell(fit, spot, { pictures, weights }) {
    const values = Array.from(pictures[spot.column][spot.k]), [low, high] = values.some(Number.isFinite) ? extent(values) : [NaN, NaN];
    const texts = [fill(this.#texts.network_values, { low: shortNumber(low), high: shortNumber(high) })];
    if (spot.column) texts.push(this.#weightsOf(fit, spot, weights));
    write(this.title, this.#nameOf(fit, spot));
    write(this.words, texts.join(". "));
    if (!this.large.fit()) return;
    const { context, width, height } = this.large;
    const how = { ...this.#grid(fit), full: this.#full(fit, pictures, spot) };
    paintField(context, this.#field(pictures, spot), how, { left: 0, top: 0, width, height });
  }

  /**
   * The weights of a neuron: w of each that it listens to, then b.
   *
   * @param {NetworkFit} fit
   * @param {Spot} spot
   * @param {Weights} weights
   */
  #weightsOf({ network: { sizes }, labels }, { column, k }, { params, at }) {
    const before = sizes.slice(0, column - 1).reduce((sum, [nIn, nOut]) => sum + (nIn + 1) * nOut, at), [nIn, nOut] = sizes[column - 1];
    const name = (/** @type {number} */ i) => (i === nIn ? "b" : column === 1 ? labels[i] ?? `x${i + 1}` : String(i + 1));
    const told = Array.from({ length: nIn + 1 }, (_, i) => `${name(i)}: ${number(params[before + i * nOut + k])}`);
    return fill(this.#texts.network_weights, { weights: told.join(", ") });
  }

  /** @param {NetworkFit} fit @param {Spot} spot */
  #nameOf({ labels, network: { sizes }, class_names: names }, { column, k }) {
    const texts = this.#texts;
    if (column === 0) return fill(texts.network_input, { name: labels[k] ?? k + 1 });
    if (column < sizes.length) return fill(texts.network_neuron, { layer: column, k: k + 1 });
    return sizes[column - 1][1] > 1 ? `${texts.network_output}: ${names[k]}` : texts.network_output;
  }
}

/**
 * Buttons over the squares of runs, each of which lights one.
 */
export class SquarePicks {
  /** @param {Panel} panel @param {(id: string) => void} onPick */
  constructor({ body }, onPick) {
    this.onPick = onPick;
    this.host = body.appendChild(element("div", { className: "lo-square-picks" }));
  }

  /** @param {{scene: Scene, texts: Texts, frames: import("../stage/axes.js").Frame[]}} parts */
  layOut({ scene, texts, frames }) {
    const key = JSON.stringify([scene.runs.map(({ id, label }) => [id, label]), frames.map(({ left, top, width }) => [left, top, width]), scene.lang]);
    if (this.host.dataset.key === key) return;
    this.host.dataset.key = key;
    this.host.replaceChildren(...frames.map(({ left, top, width, height }, k) => {
      const { id, label } = scene.runs[k];
      const button = element("button", { type: "button", ariaLabel: fill(texts.network_pick, { name: label }) });
      Object.assign(button.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
      button.addEventListener("click", () => this.onPick(id));
      button.dataset.id = id;
      return button;
    }));
  }

  /** @param {string} lit */
  mark(lit) {
    for (const button of /** @type {Iterable<HTMLElement>} */ (this.host.children)) button.setAttribute("aria-pressed", String(button.dataset.id === lit));
  }
}
