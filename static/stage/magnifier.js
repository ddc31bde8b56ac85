import { element } from "./dom.js";
import { Sheet } from "./draw.js";
import { knotOf } from "./knot.js";
import { widest } from "./labels.js";
import { MagnifierBox } from "./magnifier_box.js";
import { drawOverlays } from "./overlays.js";
import { PathLayer } from "./paths.js";
import { QuickContour } from "./quick_contour.js";
import { extent, heightAt, lossOf } from "./scene.js";
import { fill } from "./texts.js";
/** @import { Window } from "./contour.js" */
/** @import { Knot } from "./knot.js" */
/** @import { Moment, Place, Scene, Surface, Theme, View } from "./drawn.d.ts" */

const FACTORS = [2, 3, 5, 10, 20, 50, 100, 200, 500]; // how much larger things are drawn
const COARSE = 20; // the most where losses are only known on the grid of the surface
const ROOMY = 0.62, EMPTY = 0.2; // parts of the window that a knot fills at most when it is chosen, and at least
const CROWD = 26; // px between two runs that are too near each other for names beside them
const SMALL = 60; // px; arrows and clouds smaller than that cannot be told apart
const LOOSE = 2; // times as far apart things have to be until it closes unasked: it does not flicker
const [FEWEST, MOST] = [12, 40]; // places a side where the loss is computed
const BUDGET = 8; // ms for them

/**
 * A part of the surface at a larger scale, with its own contours, over the picture. It follows what happens in
 * little room, shows itself while that is too small to be seen into and names have room beside it, and obeys whoever
 * pins, moves, closes or opens it.
 */
export class Magnifier {
  /** @type {boolean | null} */
  #asked = null; // whether a person wants it; null: as it comes
  #pinned = false;
  #scale = { factor: 0, middle: /** @type {Place} */ ([0, 0]) };
  #paths = new PathLayer();
  #laidOut = "";
  #painted = "";
  #marked = "";
  /** @type {Scene | null} */
  #drawn = null; // the scene whose paths are laid out
  #corner = { left: false, top: true };
  /** @type {{key: string, is: boolean} | null} */
  #room = null; // whether there is any beside names

  /**
   * @param {HTMLElement} host
   * @param {{onChange: () => void}} told when another picture is due, because it was opened, closed, or moved
   */
  constructor(host, { onChange }) {
    this.onChange = onChange;
    this.box = new MagnifierBox(host, {
      onPin: (on) => {
        this.#pinned = on;
        this.box.markPinned(on);
        onChange();
      },
      onClose: () => this.ask(false),
      onMove: onChange,
    });
    this.mark = element("div", { className: "lo-magnifier-mark", hidden: true });
    this.box.root.before(this.mark);
    this.ground = new QuickContour(this.box.body);
    this.sheet = new Sheet(this.box.body, "lo-sheet lo-overlay");
  }

  /** Whether it is open. */
  get isOpen() {
    return !this.box.root.hidden;
  }

  /** The size of the page, its words, or its theme may be other ones. */
  measure() {
    this.box.forget();
    this.#room = null;
  }

  /** Whether names of runs find room beside it. @param {Scene} scene @param {Window} area @param {Theme} theme */
  #hasRoom({ runs, unnamed }, { width }, theme) {
    const key = `${runs.map(({ label }) => label)} ${width}`;
    if (this.#room?.key !== key) this.#room = { key, is: this.box.measure() + (unnamed ? 0 : widest(this.sheet.context, runs, theme)) < width };
    return this.#room.is;
  }

  #refit() {
    this.sheet.fit();
    this.#painted = this.#laidOut = "";
  }

  /** @param {boolean} open */
  ask(open) {
    this.#asked = open;
    this.onChange();
  }

  /** Where names have to keep clear of it. @returns {[number, number, number, number][]} */
  get taken() {
    return this.isOpen ? [this.box.area] : [];
  }

  /**
   * Find what to look at, and where to stand: before the picture is drawn.
   *
   * @param {Scene} scene
   * @param {Window} area
   * @param {View} view
   * @param {Moment} state
   * @param {{byItself: boolean}} may whether it opens unasked
   */
  follow(scene, area, view, { frame, theme }, { byItself }) {
    const wide = theme.size * (this.isOpen ? LOOSE : 1);
    const knot = knotOf(scene, frame.index, { project: view.project, size: [area.left + area.width, area.top + area.height], near: CROWD * wide, small: SMALL * wide });
    const open = knot !== null && (this.#asked ?? (byItself && knot.tight && this.#hasRoom(scene, area, theme) && (this.isOpen || this.#isWorth(scene, knot, area))));
    if (this.isOpen !== open) {
      this.box.root.hidden = !open;
      this.box.layOut(scene.texts);
      this.measure();
    }
    if (!open || !knot) return;
    if (this.box.place(area, this.#corner)) this.#refit();
    if (!this.#pinned || !this.#scale.factor) this.#look(scene, knot, area);
    this.#stand(area, view, scene, frame.index);
    const { factor } = this.#scale;
    this.box.name(`${factor}×`, fill(scene.texts.magnifier_of ?? "{factor}", { factor }));
  }

  /**
   * Draw what is in its window, and mark on the picture where that is.
   *
   * @param {Scene} scene
   * @param {Window} area
   * @param {View} view
   * @param {Moment} state
   */
  draw(scene, area, view, state) {
    this.mark.hidden = !this.isOpen;
    if (!this.isOpen) return;
    const window = this.#window(area), inside = viewOf(window), key = [...Object.values(window), scene.surface.id, state.theme.key].join(" ");
    if (key !== this.#painted) this.ground.draw(magnified(scene, window), window, state.theme);
    this.#painted = key;
    if (key !== this.#laidOut || scene !== this.#drawn) this.#paths.layOut({ ...scene, unnamed: true }, inside);
    [this.#laidOut, this.#drawn] = [key, scene];
    this.sheet.clear();
    this.#paths.draw(this.sheet.context, state);
    drawOverlays(this.sheet.context, scene, inside, { index: state.frame.index, theme: state.theme });
    this.#mark(area, view, window);
  }

  /**
   * Where the window is on the picture, never too small to be seen.
   *
   * @param {Window} area
   * @param {View} view
   * @param {Window} window
   */
  #mark({ left, top, width, height }, view, { x0, x1, y0, y1 }) {
    const [[from, to], [high, low]] = extents([[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map((corner) => view.project(corner))), wide = Math.max(to - from, 12), tall = Math.max(low - high, 12);
    const [x, y] = [(from + to - wide) / 2, (low + high - tall) / 2], style = `left: ${x.toFixed(1)}px; top: ${y.toFixed(1)}px; width: ${wide.toFixed(1)}px; height: ${tall.toFixed(1)}px`;
    this.mark.hidden = x < left || y < top || x + wide > left + width || y + tall > top + height;
    if (this.#marked !== style) this.mark.style.cssText = this.#marked = style;
  }

  /** Keep the window as long as the knot is well inside; else choose another. @param {Scene} scene @param {Knot} knot @param {Window} area */
  #look(scene, { middle, half }, area) {
    const { factor } = this.#scale, [wide, high] = this.#spanAt(area, factor);
    const off = this.#scale.middle.map((value, i) => (Math.abs(middle[i] - value) + half[i]) / ([wide, high][i] / 2));
    const isLast = factor === factorsOf(scene).at(-1);
    if (factor && Math.max(...off) < 1 && (this.#filled(half, area, factor) > EMPTY || isLast)) return;
    const fitting = factorsOf(scene).filter((each) => this.#filled(half, area, each) < ROOMY);
    this.#scale = { factor: fitting.at(-1) ?? FACTORS[0], middle };
  }

  /** Whether it would show a knot large enough to open for it. @param {Scene} scene @param {Knot} knot @param {Window} area */
  #isWorth(scene, { half, worth }, area) {
    return factorsOf(scene).some((each) => each >= worth && this.#filled(half, area, each) < ROOMY);
  }

  /** Part of its window that a knot fills at a scale. @param {[number, number]} half @param {Window} area @param {number} factor */
  #filled(half, area, factor) {
    const span = this.#spanAt(area, factor);
    return Math.max((2 * half[0]) / span[0], (2 * half[1]) / span[1]);
  }

  /** How much of the plane is seen in it at a scale. @param {Window} area @param {number} factor */
  #spanAt(area, factor) {
    const { width, height } = this.box.inside;
    return [(area.x1 - area.x0) * (width / area.width) / factor, (area.y1 - area.y0) * (height / area.height) / factor];
  }

  /** @param {Window} area @returns {Window} */
  #window(area) {
    const { factor, middle: [x, y] } = this.#scale, [wide, high] = this.#spanAt(area, factor), { width, height } = this.box.inside;
    return { left: 0, top: 0, width, height, x0: x - wide / 2, x1: x + wide / 2, y0: y - high / 2, y1: y + high / 2 };
  }

  /**
   * In the corner that is farthest from the runs and from where they began, until what it looks at gets there.
   *
   * @param {Window} area
   * @param {View} view
   * @param {Scene} scene
   * @param {number} index
   */
  #stand(area, view, { runs, start }, index) {
    const { middle } = this.#scale, spots = [middle, start, ...runs.map(({ xy }) => [xy[2 * index], xy[2 * index + 1]])].map((place) => view.project(place));
    const [[px, py]] = spots, [left, top, wide, high] = this.box.area;
    const isHit = px > left - 20 && px < left + wide + 20 && py > top - 20 && py < top + high + 20;
    if (isHit && !this.box.isPut) this.#corner = emptiest(area, [wide, high], spots);
    if (this.box.place(area, this.#corner)) this.#refit();
  }
}

/** Scales at which a surface is drawn well. @param {Scene} scene */
function factorsOf({ lossAt }) {
  return lossAt ? FACTORS : FACTORS.filter((factor) => factor <= COARSE);
}

/**
 * The surface in a window: its losses as heights, computed where the race is run here, else between those of the grid.
 *
 * @param {Scene} scene
 * @param {Window} window
 * @returns {Surface}
 */
function magnified({ surface, lossAt }, { x0, x1, y0, y1 }) {
  const at = lossAt ?? ((/** @type {number} */ x, /** @type {number} */ y) => lossOf(surface, heightAt(surface, x, y))), begun = performance.now();
  at(x0, y0);
  const each = Math.max(performance.now() - begun, 1e-3), side = Math.round(Math.min(Math.max(Math.sqrt(BUDGET / each), FEWEST), MOST));
  const [x, y] = [[x0, x1], [y0, y1]].map(([low, high]) => Float64Array.from({ length: side }, (_, k) => low + ((high - low) * k) / (side - 1)));
  const h = Array.from(y, (v) => Array.from(x, (u) => at(u, v))), z = Float64Array.from(h.flat());
  return { ...surface, log: false, x, y, z, h, heights: extent(z), losses: extent(z), box: [[x0, x1], [y0, y1]] };
}

/** @param {number[][]} spots @returns {[number, number][]} */
function extents(spots) {
  return [0, 1].map((i) => [Math.min(...spots.map((spot) => spot[i])), Math.max(...spots.map((spot) => spot[i]))]);
}

/** @param {Window} window @returns {View} */
function viewOf({ left, top, width, height, x0, x1, y0, y1 }) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  return {
    dimensions: 2, low: [x0 - 0.1 * dx, y0 - 0.1 * dy], high: [x1 + 0.1 * dx, y1 + 0.1 * dy], edges: { low: [x0 - dx, y0 - dy], high: [x1 + dx, y1 + dy] },
    clip: [left, top, width, height], project: ([x, y]) => [left + (width * (x - x0)) / dx, top + (height * (y1 - y)) / dy],
  };
}

/**
 * The corner whose box is farthest from some spots.
 *
 * @param {Window} area
 * @param {number[]} size of the box
 * @param {number[][]} spots
 */
function emptiest({ left, top, width, height }, [wide, high], spots) {
  const corners = [{ left: false, top: true }, { left: true, top: true }, { left: false, top: false }, { left: true, top: false }];
  const free = corners.map((corner) => {
    const x = corner.left ? left + wide / 2 : left + width - wide / 2, y = corner.top ? top + high / 2 : top + height - high / 2;
    return Math.min(...spots.filter(([px]) => Number.isFinite(px)).map(([px, py]) => Math.max(Math.abs(px - x) / wide, Math.abs(py - y) / high)));
  });
  return corners[free.indexOf(Math.max(...free))];
}
