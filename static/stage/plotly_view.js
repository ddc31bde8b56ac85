import { Sheet } from "./draw.js";
import { listenForStart } from "./grasp.js";
import { PathLayer } from "./paths.js";
import { loadPlotly } from "./plotly.js";
/** @import { Moment, Place, Scene, Theme, View } from "./drawn.d.ts" */

/** @typedef {{onHold: (place: Place) => void, onDrop: (place: Place) => void}} Held */

/**
 * The element that Plotly draws into, with what Plotly hangs on it.
 *
 * @typedef {HTMLDivElement & {layout?: any, _fullLayout?: any, on(event: string, listener: (event: any) => void): void}} PlotlyElement
 */

/**
 * The surface drawn once by Plotly, and the paths on a canvas over it. A subclass gives
 * `drawBase(scene, theme)`, `draw(state)`, `reset()`, `zoom(factor)`, `startAt()` and `nearestPoint(pixel)`.
 */
export class PlotlyView {
  /** @type {any} */
  plotly = null;
  base = /** @type {PlotlyElement} */ (document.createElement("div"));
  paths = new PathLayer();
  /** @type {Scene} */
  scene;
  laidOut = ""; // what the paths are laid out for
  isSketched = false; // whether the base picture is there before Plotly is
  #drawn = ""; // what the base picture shows
  #url;
  #zoomStep;

  /**
   * `onMove` is called when another part of the surface is shown, `onHold` and `onDrop` as in `listenForStart`.
   *
   * @param {HTMLElement} host
   * @param {{url: string, zoomStep: number, onMove: () => void} & Held} of
   */
  constructor(host, { url, zoomStep, onMove, onHold, onDrop }) {
    this.#url = url;
    this.#zoomStep = zoomStep;
    this.onMove = onMove;
    this.base.className = "lo-base";
    host.append(this.base);
    listenForStart(this.base, this, { onHold, onDrop });
    this.sheet = new Sheet(host, "lo-sheet lo-overlay");
    this.base.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) event.preventDefault();
      else event.stopPropagation();
    }, { capture: true, passive: false });
  }

  /**
   * Show a scene. Once Plotly is there this draws at once: base picture and paths never differ.
   *
   * @param {Scene} scene
   * @param {Theme} theme
   */
  async show(scene, theme) {
    this.scene = scene;
    this.laidOut = "";
    this.isSketched = !this.plotly && this.sketch(scene, theme);
    if (!this.#url) return;
    this.plotly ??= await loadPlotly(this.#url);
    if (this.sheet.fit()) this.drawBase(scene, theme);
  }

  /**
   * Draw the base picture as long as Plotly is on its way; says whether this view can.
   *
   * @param {Scene} _scene
   * @param {Theme} _theme
   */
  sketch(_scene, _theme) {
    return false;
  }

  /**
   * Draw the base picture, where surface, theme or size changed.
   *
   * @param {Scene} _scene
   * @param {Theme} _theme
   */
  drawBase(_scene, _theme) {}

  /**
   * Whether the base picture has to be drawn; `key` tells what it is to show.
   *
   * @param {string} key
   */
  isStale(key) {
    const stale = key !== this.#drawn;
    this.#drawn = key;
    return stale;
  }

  /**
   * Draw the paths up to a frame; `key` changes with the view.
   *
   * @param {View} view
   * @param {string} key
   * @param {Moment} state
   */
  drawPaths(view, key, state) {
    if (key !== this.laidOut) this.paths.layOut(this.scene, view);
    this.laidOut = key;
    this.sheet.clear();
    this.paths.draw(this.sheet.context, state);
  }

  /** The canvas that the paths are drawn on. */
  get sheets() {
    return [this.sheet];
  }

  /** The base picture as SVG. */
  async picture() {
    if (!this.base._fullLayout) return "";
    const { width, height } = this.sheet;
    const address = await this.plotly.toImage(this.base, { format: "svg", width, height });
    return decodeURIComponent(address.slice(address.indexOf(",") + 1));
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
  }

  destroy() {
    this.plotly?.purge(this.base);
  }
}
