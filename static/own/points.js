import { element, svgElement } from "../stage/dom.js";
import { markerPath } from "../stage/draw.js";
import { classLook } from "../stage/fit_regions.js";
import { fill } from "../stage/texts.js";
import { readTheme, watchTheme } from "../stage/theme.js";
/** @import { Theme } from "../stage/drawn.d.ts" */

const REACH = 3; // the plot goes from −3 to 3 on both axes
const HIT = 0.16; // a click this near to a point takes it away
const NAMES = ["A", "B", "C"];
const STEP = 0.1; // that an arrow key moves the cross
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

/**
 * @typedef {[number, number, number]} Point x, y and class
 *
 * @typedef {object} State
 * @property {Point[]} points
 * @property {boolean} classes
 * @property {number} limit
 * @property {Record<string, string>} texts
 * @property {number} chosen
 * @property {[number, number] | null} cross
 */

/**
 * A square plot into which points are clicked. `onPoints(text)` tells all of them.
 *
 * @param {HTMLElement} host
 * @param {(text: string) => void} onPoints
 */
export function mountPoints(host, onPoints) {
  host.className = "lo-stage lo-points";
  const probe = element("div", { className: "lo-probe" });
  const plot = svgElement("svg", { viewBox: "-3.1 -3.1 6.2 6.2", tabindex: 0, role: "application", class: "lo-points-plot" });
  const bar = element("div", { className: "lo-points-bar" });
  const told = element("span", { className: "lo-points-count" });
  told.setAttribute("aria-live", "polite");
  host.append(probe, bar, plot, told);
  /** @type {State} */
  const state = { points: [], classes: true, limit: 60, texts: {}, chosen: 0, cross: null };

  const picks = NAMES.map((_, k) => act(() => { state.chosen = k; draw(); }));
  const takes = {
    undo: act(() => change(state.points.slice(0, -1))),
    clear: act(() => change([])),
  };
  bar.append(...picks, ...Object.values(takes));

  function draw() {
    const theme = readTheme(probe);
    plot.replaceChildren(...grid(), ...state.points.map((point) => mark(point, state, theme)), ...cross(state.cross));
    plot.setAttribute("aria-label", state.texts.plot ?? "");
    told.textContent = fill(state.texts.count ?? "", { count: state.points.length, limit: state.limit });
    drawBar(theme);
  }

  /** The buttons stay the same elements, so that the one just pressed keeps the focus. @param {Theme} theme */
  function drawBar(theme) {
    for (const [k, pick] of picks.entries()) {
      const name = NAMES[k];
      const { shape, fill: color, stroke } = classLook(k, theme);
      const mark = svgElement("path", { d: markerPath(shape, 5), fill: color, stroke });
      pick.replaceChildren(svgElement("svg", { viewBox: "-7 -7 14 14", width: 14, height: 14, "aria-hidden": "true" }, [mark]), name);
      pick.hidden = !state.classes;
      pick.setAttribute("aria-pressed", String(k === state.chosen));
      pick.setAttribute("aria-label", fill(state.texts.class_name ?? "{name}", { name }));
    }
    for (const [key, button] of Object.entries(takes)) {
      button.textContent = state.texts[key] ?? "";
      button.disabled = state.points.length === 0;
    }
  }

  /** @param {Point[]} points */
  function change(points) {
    state.points = points;
    draw();
    onPoints(textOf(points));
  }

  /** @param {number} x @param {number} y */
  function click(x, y) {
    const near = state.points.findIndex(([px, py]) => Math.hypot(px - x, py - y) < HIT);
    if (near >= 0) change(state.points.filter((_, i) => i !== near));
    else if (state.points.length < state.limit) change([...state.points, [x, y, state.classes ? state.chosen : 0]]);
  }

  plot.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM()?.inverse());
    click(inside(at.x), inside(-at.y));
  });
  plot.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    const [x, y] = state.cross ?? [0, 0];
    if (move) state.cross = [inside(x + move[0]), inside(y + move[1])];
    else if (event.key === "Enter" || event.key === " ") click(x, y);
    else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  });
  plot.addEventListener("blur", () => { state.cross = null; draw(); });
  const unwatch = watchTheme(probe, draw);

  return {
    textOf,
    /** @param {State} data @param {{keepPoints: boolean}} how */
    update({ points, classes, limit, texts }, { keepPoints }) {
      Object.assign(state, { classes, limit, texts });
      if (!keepPoints) state.points = points.map(([x, y, k]) => [x, y, k]);
      draw();
    },
    destroy() {
      unwatch();
      host.remove();
    },
  };
}

/** @param {Point[]} points */
function textOf(points) {
  return points.map(([x, y, k]) => `${decimal(x)}_${decimal(y)}_${k}`).join("~");
}

/**
 * Shortest decimal that reads back as the same number; the sign of zero is kept.
 *
 * @param {number} value
 */
function decimal(value) {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

/** @param {number} value */
function inside(value) {
  return Math.min(Math.max(Math.round(value * 100) / 100, -REACH), REACH);
}

/** @param {() => void} onClick */
function act(onClick) {
  const button = element("button", { type: "button", className: "lo-choice lo-points-button" });
  button.addEventListener("click", onClick);
  return button;
}

function grid() {
  const lines = [];
  for (let at = -REACH; at <= REACH; at += 1) {
    const look = { class: at ? "lo-points-grid" : "lo-points-axis" };
    lines.push(svgElement("line", { x1: at, x2: at, y1: -REACH, y2: REACH, ...look }));
    lines.push(svgElement("line", { y1: at, y2: at, x1: -REACH, x2: REACH, ...look }));
  }
  return lines;
}

/** @param {Point} point @param {State} state @param {Theme} theme */
function mark([x, y, k], { classes }, theme) {
  const look = classLook(classes ? k : 0, theme);
  return svgElement("path", {
    d: markerPath(look.shape, 4), transform: `translate(${x} ${-y}) scale(0.025)`, fill: look.fill, stroke: look.stroke, class: "lo-points-mark",
  });
}

/** @param {[number, number] | null} at */
function cross(at) {
  if (!at) return [];
  const [x, y] = at;
  return [
    svgElement("line", { x1: x - 0.2, x2: x + 0.2, y1: -y, y2: -y, class: "lo-points-cross" }),
    svgElement("line", { x1: x, x2: x, y1: -y - 0.2, y2: -y + 0.2, class: "lo-points-cross" }),
  ];
}
