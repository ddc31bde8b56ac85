import { element, svgElement, write } from "./dom.js";
import { markerPath } from "./draw.js";
import { columnsOfRuns } from "./live.js";
import { count, number } from "./numbers.js";
import { stepOf } from "./scene.js";
import { fill } from "./texts.js";
/** @import { Run, Scene, State, Texts, Theme } from "./drawn.d.ts" */

/**
 * @typedef {{name: string, text: string, value: (run: Run, index: number, step: number) => string}} Column
 * @typedef {{cell: HTMLElement, value: Column["value"]}} Cell
 * @typedef {object} Row of a run
 * @property {Run} run
 * @property {HTMLElement} line
 * @property {HTMLElement} pick
 * @property {HTMLElement} detail
 * @property {HTMLElement} state
 * @property {Cell[]} cells
 */

/** The figures of every run at the step shown, as a real table: also the fallback for the pictures. */
export class RunTable {
  #table = document.createElement("table");
  /** @type {Row[]} */
  #rows = [];
  /** @type {Scene} */
  #scene;
  /** @type {Texts} */
  #texts;

  /**
   * `onFocus(id)` is called when a person picks a run.
   *
   * @param {HTMLElement} host
   * @param {{onFocus: (id: string) => void}} of
   */
  constructor(host, { onFocus }) {
    Object.assign(this.#table, { className: "lo-table", role: "table" }); // roles, for on a phone it is laid out as none
    this.onFocus = onFocus;
    host.append(this.#table);
  }

  /**
   * Make the rows of a scene.
   *
   * @param {{scene: Scene, theme: Theme, texts: Texts}} parts
   */
  layOut({ scene, theme, texts }) {
    this.#scene = scene;
    this.#texts = texts;
    const columns = columnsOf(scene, texts, () => this.#scene);
    const head = element("thead", { role: "rowgroup" }, [element("tr", { role: "row" }, columns.map(({ text, name }) =>
      element("th", { scope: "col", role: "columnheader", className: `lo-${name}`, textContent: text })))]);
    this.#rows = scene.runs.map((run) => this.#makeRow(run, columns, theme));
    const caption = element("caption", { textContent: texts.table_caption });
    this.#table.replaceChildren(caption, head, element("tbody", { role: "rowgroup" }, this.#rows.map((row) => row.line)));
  }

  /**
   * Take the same runs with other figures.
   *
   * @param {Scene} scene
   */
  take(scene) {
    this.#scene = scene;
    this.#rows.forEach((row, i) => {
      row.run = scene.runs[i];
      write(row.detail, unbroken(row.run.detail));
    });
  }

  /**
   * Write the figures of a frame.
   *
   * @param {State} state
   */
  draw({ index, focus }) {
    const step = this.#scene.steps[index];
    for (const { run, line, pick, state, cells } of this.#rows) {
      const diverged = run.diverged_at !== null && step >= run.diverged_at;
      write(state, diverged ? fill(this.#texts.diverged, { step: count(run.diverged_at ?? 0, this.#scene.lang) }) : "");
      line.classList.toggle("lo-diverged", diverged);
      line.classList.toggle("lo-focused", run.id === focus);
      pick.setAttribute("aria-pressed", String(run.id === focus));
      for (const { cell, value } of cells) write(cell, value(run, index, step));
    }
  }

  /** @param {Run} run @param {Column[]} columns @param {Theme} theme @returns {Row} */
  #makeRow(run, columns, theme) {
    const state = element("span", { className: "lo-state" });
    const detail = element("span", { className: "lo-detail", textContent: unbroken(run.detail) });
    const pick = element("button", { type: "button", className: "lo-pick", title: fill(this.#texts.focus, { name: run.label }) }, [
      swatch(run, theme),
      element("span", { className: "lo-label", textContent: run.label }),
      detail,
      state,
    ]);
    const cells = columns.slice(1).map(({ name, value }) => ({ cell: element("td", { role: "cell", className: `lo-${name}` }), value }));
    const line = element("tr", { role: "row" }, [element("th", { scope: "row", role: "rowheader" }, [pick]), ...cells.map(({ cell }) => cell)]);
    line.addEventListener("click", () => this.onFocus(run.id));
    return { run, line, pick, detail, state, cells };
  }
}

/**
 * Settings whose signs stay beside their values: lines break between two settings only.
 *
 * @param {string} detail
 */
function unbroken(detail) {
  return detail.replaceAll(" ", "\u00a0").replaceAll("\u00a0·\u00a0", "\u00a0· ");
}

/** @param {Scene} scene @param {Texts} texts @param {() => Scene} current the scene with the runs as they are by now */
function columnsOf(scene, texts, current) {
  /** @type {Column[]} */
  const columns = [
    { name: "optimizer", text: texts.optimizer, value: (run) => run.label },
    { name: "step", text: texts.step, value: (run, _index, step) => count(stepOf(run, step), scene.lang) },
    { name: "epoch", text: texts.epoch, value: (run, _index, step) => number(stepOf(run, step) / run.steps_per_epoch) },
    { name: "loss", text: texts.loss, value: (run, index) => number(run.loss[index]) },
    { name: "test", text: texts.test_loss, value: (run, index) => (run.testLoss ? number(run.testLoss[index]) : "–") },
    { name: "gradient", text: texts.gradient_norm, value: (run, index) => number(run.gradientNorm[index]) },
    { name: "distance", text: texts.distance, value: (run, index) => (run.distance ? number(run.distance[index]) : "–") },
  ];
  /** @type {Record<string, "distance" | "testLoss">} */
  const known = { distance: "distance", test: "testLoss" };
  for (const { head, value } of columnsOfRuns(scene)) {
    columns.push({ name: "added", text: head, value: (run, index) => value(current(), current().runs.indexOf(run), index) });
  }
  const whole = scene.n_samples === 1 ? columns.filter(({ name }) => name !== "epoch") : columns; // no samples
  return whole.filter(({ name }) => !(name in known) || scene.runs.some((run) => run[known[name]]));
}

/**
 * The run's line and marker, as they look in the pictures.
 *
 * @param {Run} run
 * @param {Theme} theme
 */
function swatch(run, theme) {
  const color = run.color[theme.mode];
  return svgElement("svg", { width: 34, height: 14, viewBox: "0 -7 34 14", "aria-hidden": "true", class: "lo-swatch" }, [
    svgElement("line", { x1: 1, x2: 33, stroke: color, "stroke-width": 2.4, "stroke-dasharray": run.dash.join(" ") }),
    svgElement("path", { d: markerPath(run.marker, 4.2), transform: "translate(17 0)", fill: color, stroke: theme.background }),
  ]);
}
