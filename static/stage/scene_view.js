import { Sheet } from "./draw.js";
import { listenForStart } from "./grasp.js";
import { inHeight, PathLayer } from "./paths.js";
import { Threads } from "./threads.js";
/** @import { Moment, Path, Place, Scene, Theme, View } from "./drawn.d.ts" */

/** @typedef {{onHold: (place: Place) => void, onDrop: (place: Place) => void}} Held */

/**
 * A picture of the surface, and the paths on a canvas over it. A subclass gives `show(scene, theme)`, `draw(state)`,
 * `picture()`, `reset()`, `zoom(factor)`, `startAt()` and `nearestPoint(pixel)`.
 */
export class SceneView {
  /** @type {HTMLDivElement & Record<string, any>} with what Plotly hangs on it */
  base = document.createElement("div");
  paths = new PathLayer();
  /** @type {Scene} */
  scene;
  laidOut = ""; // what the paths are laid out for
  isSketched = false; // whether there is a picture before all of it has been loaded
  #zoomStep;
  /** @type {Threads | null} */
  #threads = null;
  #moment = ""; // what the paths show

  /**
   * `onMove` is called when another part of the surface is shown, `onHold` and `onDrop` as in `listenForStart`.
   *
   * @param {HTMLElement} host
   * @param {{zoomStep: number, onMove: () => void} & Held} of
   */
  constructor(host, { zoomStep, onMove, onHold, onDrop }) {
    this.#zoomStep = zoomStep;
    this.onMove = onMove;
    this.base.className = "lo-base";
    host.append(this.base);
    listenForStart(this.base, this, { onHold, onDrop });
    this.sheet = new Sheet(host, "lo-sheet lo-overlay");
  }

  /**
   * Show a scene: base picture and paths never differ.
   *
   * @param {Scene} _scene
   * @param {Theme} _theme
   */
  async show(_scene, _theme) {}

  /**
   * Draw the paths up to a frame.
   *
   * @param {Moment} _state
   */
  draw(_state) {}

  /**
   * Draw the paths up to a frame, where they are not drawn already; `key` changes with the view.
   *
   * @param {View} view
   * @param {string} key
   * @param {Moment} state
   */
  drawPaths(view, key, state) {
    const { frame: { index, fraction }, focus, theme } = state, moment = [index, fraction, focus, theme.key].join();
    if (key === this.laidOut && moment === this.#moment) return false;
    if (key !== this.laidOut) this.#layOut(view, theme);
    this.laidOut = key;
    this.#moment = moment;
    this.sheet.clear();
    this.#threads?.draw(index);
    this.#threads?.drawHeads(this.sheet.context, state.frame);
    this.paths.draw(this.sheet.context, state);
    return true;
  }

  /** @param {View} view @param {Theme} theme */
  #layOut(view, theme) {
    this.paths.layOut(this.scene, view);
    const { crowd } = this.scene;
    if (crowd.length) this.#threads ??= new Threads(/** @type {HTMLElement} */ (this.sheet.canvas.parentElement), this.sheet.canvas);
    this.#threads?.layOut(crowd.map((path) => threadOf(path, view, theme)), view.clip);
    this.#threads?.setVisible(!this.sheet.canvas.hidden);
  }

  /** The canvas that the paths are drawn on. */
  get sheets() {
    return [this.sheet];
  }

  /** The base picture as SVG. */
  async picture() {
    return "";
  }

  /**
   * Show more (or less) of the surface.
   *
   * @param {number} _factor
   */
  zoom(_factor) {}

  /**
   * Pixel of the start; null where nobody can move it.
   *
   * @returns {number[] | null}
   */
  startAt() {
    return null;
  }

  /**
   * Point of the plane that is drawn nearest to a pixel.
   *
   * @param {number[]} _pixel
   * @returns {Place | null}
   */
  nearestPoint(_pixel) {
    return null;
  }

  /** Show the whole surface again. */
  reset() {}

  zoomIn() {
    this.zoom(1 / this.#zoomStep);
  }

  zoomOut() {
    this.zoom(this.#zoomStep);
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.base.hidden = !visible;
    this.sheet.canvas.hidden = !visible;
    this.#threads?.setVisible(visible);
  }

  destroy() {}
}

/** @param {Path} path @param {View} view @param {Theme} theme */
function threadOf({ xy, heights, color }, view, theme) {
  const x = new Float64Array(heights.length), y = new Float64Array(heights.length);
  for (let k = 0; k < heights.length; k += 1) [x[k], y[k]] = view.project(inHeight([xy[2 * k], xy[2 * k + 1], heights[k]], view));
  return { x, y, color: color[theme.mode] };
}
