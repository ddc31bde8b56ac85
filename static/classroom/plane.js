import { drawLabel, drawMarker, Sheet, strokeCased } from "../stage/draw.js";
import { element } from "../stage/dom.js";
import { QuickContour } from "../stage/quick_contour.js";
import { floats, raised } from "../stage/scene.js";
import { drawSurround } from "../stage/surround.js";
import { readTheme } from "../stage/theme.js";
/** @import { Context, Scene, Theme } from "../stage/drawn.d.ts" */
/** @import { Window } from "../stage/contour.js" */
/** @import { Ground, Marks, Place, Region } from "./class.d.ts" */

const ROOM = { left: 54, right: 12, top: 8, bottom: 42 }; // px around the surface, at the usual lettering
const DOT = 5; // px
const MANY = 60; // dots above which they are small ones
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** A surface from above with what a class says of it: drawn by hand, so that a phone need not load more. */
export class PlanePicture {
  /** @type {Pick<Scene, "surface" | "plane" | "texts"> & {start: Place | null} | null} */
  #scene = null;
  /** @type {Marks} */
  #marks = {};
  #request = 0;

  /**
   * `onPick` is called with the place of the plane that was clicked.
   *
   * @param {HTMLElement} host
   * @param {{onPick?: (place: Place) => void}} [of]
   */
  constructor(host, { onPick } = {}) {
    this.root = element("div", { className: "cl-plane" });
    this.root.setAttribute("role", "img");
    host.append(this.root);
    this.#quick = new QuickContour(this.root);
    this.#sheet = new Sheet(this.root, "lo-sheet");
    this.#watch = new ResizeObserver(() => this.#refresh());
    this.#watch.observe(this.root);
    DARK.addEventListener("change", this.#refresh);
    if (onPick) this.root.addEventListener("click", (event) => {
      const place = this.placeAt(event);
      if (place) onPick(place);
    });
  }

  #quick;
  #sheet;
  #watch;

  /**
   * Show a surface, as `GET /class/scene` gives it; `label` says in words what is seen.
   *
   * @param {Ground} ground
   * @param {string} label
   */
  show(ground, label) {
    const { x, y, z, ...how } = ground.surface;
    const surface = raised(how, { x: floats(x), y: floats(y), z: floats(z) });
    this.#scene = { surface, plane: /** @type {Scene["plane"]} */ (ground.plane), texts: ground.texts, start: ground.start };
    this.root.setAttribute("aria-label", label);
    this.#refresh();
  }

  /**
   * Draw what lies on the surface.
   *
   * @param {Marks} marks
   */
  mark(marks) {
    this.#marks = marks;
    this.#refresh();
  }

  /**
   * The place of the plane below a pointer; null beside the surface.
   *
   * @param {{clientX: number, clientY: number}} pointer
   * @returns {Place | null}
   */
  placeAt({ clientX, clientY }) {
    const area = this.#area();
    if (!area) return null;
    const box = this.root.getBoundingClientRect();
    const u = (clientX - box.left - area.left) / area.width, v = (clientY - box.top - area.top) / area.height;
    if (u < 0 || u > 1 || v < 0 || v > 1) return null;
    return [area.x0 + u * (area.x1 - area.x0), area.y1 + v * (area.y0 - area.y1)];
  }

  destroy() {
    cancelAnimationFrame(this.#request);
    this.#watch.disconnect();
    DARK.removeEventListener("change", this.#refresh);
    this.root.remove();
  }

  #refresh = () => {
    this.#request ||= requestAnimationFrame(() => this.#draw());
  };

  /** @returns {Window | null} */
  #area() {
    const size = readTheme(this.root).size, width = this.root.clientWidth - (ROOM.left + ROOM.right) * size, height = this.root.clientHeight - (ROOM.top + ROOM.bottom) * size;
    if (!this.#scene || !(width > 20 && height > 20)) return null;
    const [[x0, x1], [y0, y1]] = this.#scene.surface.box;
    return { left: ROOM.left * size, top: ROOM.top * size, width, height, x0, x1, y0, y1 };
  }

  #draw() {
    this.#request = 0;
    const area = this.#area(), theme = readTheme(this.root);
    if (!area || !this.#scene || !this.#sheet.fit()) return;
    this.#quick.draw(this.#scene.surface, area, theme);
    drawSurround(this.#quick.context, /** @type {Scene} */ (this.#scene), { area, theme, height: this.root.clientHeight, bar: false });
    this.#sheet.clear();
    const { context } = this.#sheet;
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    drawMarks(context, this.#marks, { area, theme, start: this.#scene.start });
    context.restore();
  }
}

/**
 * @param {Context} context
 * @param {Marks} marks
 * @param {{area: Window, theme: Theme, start: Place | null}} around
 */
function drawMarks(context, { dots = [], mine = null, truth = null, names = {} }, { area, theme, start }) {
  const at = (/** @type {readonly number[]} */ [x, y]) => pixel(area, [x, y]), colors = COLORS[theme.mode];
  if (truth?.region) drawRegion(context, truth.region, { area, color: colors.truth });
  if (start) marker(context, at(start), { shape: "circle", radius: 4, color: "#1d2730" });
  const radius = dots.length > MANY ? DOT / 2 : DOT;
  context.globalAlpha = 0.85;
  for (const dot of dots) marker(context, at(dot), { shape: "circle", radius, color: colors.room });
  context.globalAlpha = 1;
  context.font = `600 ${13 * theme.size}px ${theme.font}`;
  if (truth?.path) {
    context.beginPath();
    for (let k = 0; k < truth.path.length; k += 2) context.lineTo(...at(truth.path.slice(k, k + 2)));
    strokeCased(context, { color: colors.truth, dash: [], width: 2.4 });
  }
  if (mine) named(context, at(mine), { text: names.mine, shape: "diamond", color: colors.mine, theme, area });
  if (truth?.point) named(context, at(truth.point), { text: truth.region ? "" : names.truth, shape: "star", color: colors.truth, theme, area });
}

/** Colours that stand out on every surface, each with a shape of its own. */
const COLORS = {
  light: { room: "#0072b2", mine: "#f0a500", truth: "#d55e00" },
  dark: { room: "#56b4e9", mine: "#f5c542", truth: "#ff8a3d" },
};

/** @param {Window} area @param {Place} place @returns {[number, number]} */
function pixel({ left, top, width, height, x0, x1, y0, y1 }, [x, y]) {
  return [left + (width * (x - x0)) / (x1 - x0), top + (height * (y1 - y)) / (y1 - y0)];
}

/** @param {Context} context @param {[number, number]} at @param {{shape: string, radius: number, color: string}} look */
function marker(context, [x, y], look) {
  if (Number.isFinite(x + y)) drawMarker(context, { ...look, x, y });
}

/**
 * A mark with its name, on the side where there is room.
 *
 * @param {Context} context
 * @param {[number, number]} at
 * @param {{text?: string, shape: string, color: string, theme: Theme, area: Window}} look
 */
function named(context, [x, y], { text = "", shape, color, theme, area }) {
  marker(context, [x, y], { shape, radius: 8, color });
  const left = x > area.left + 0.7 * area.width;
  if (text) drawLabel(context, { text, x: x + (left ? -14 : 14), y, color: theme.text, theme, align: left ? "right" : "left" });
}

/**
 * Starts from which the truth comes out, cell by cell.
 *
 * @param {Context} context
 * @param {Region} region
 * @param {{area: Window, color: string}} look
 */
function drawRegion(context, { box: [[x0, x1], [y0, y1]], nx, ny, cells }, { area, color }) {
  const [left, bottom] = pixel(area, [x0, y0]), [right, top] = pixel(area, [x1, y1]);
  const dx = (right - left) / nx, dy = (bottom - top) / ny;
  context.fillStyle = color;
  context.globalAlpha = 0.45;
  context.beginPath();
  for (let j = 0; j < ny; j += 1) {
    for (let i = 0, from = -1; i <= nx; i += 1) {
      const inside = i < nx && cells[j * nx + i] === "1";
      if (inside && from < 0) from = i;
      if (inside || from < 0) continue;
      context.rect(left + from * dx, bottom - (j + 1) * dy, (i - from) * dx, dy + 0.5);
      from = -1;
    }
  }
  context.fill();
  context.globalAlpha = 1;
}
