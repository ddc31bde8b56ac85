import { loadPlotly } from "./plotly.js";
import { SceneView } from "./scene_view.js";
/** @import { Scene, Theme } from "./drawn.d.ts" */
/** @import { Held } from "./scene_view.js" */

/** The surface drawn once by Plotly. A subclass gives `drawBase(scene, theme)`, too. */
export class PlotlyView extends SceneView {
  /** @type {any} */
  plotly = null;
  #drawn = ""; // what the base picture shows
  #url;

  /**
   * @param {HTMLElement} host
   * @param {{url: string, zoomStep: number, onMove: () => void} & Held} of
   */
  constructor(host, { url, ...of }) {
    super(host, of);
    this.#url = url;
    this.base.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) event.preventDefault();
      else event.stopPropagation();
    }, { capture: true, passive: false });
  }

  /**
   * Once Plotly is there this draws at once.
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
    if (this.sheet.keepFit()) this.drawBase(scene, theme);
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

  /** The base picture as SVG. */
  async picture() {
    if (!this.base._fullLayout) return "";
    const { width, height } = this.sheet;
    const address = await this.plotly.toImage(this.base, { format: "svg", width, height });
    return decodeURIComponent(address.slice(address.indexOf(",") + 1));
  }

  destroy() {
    this.plotly?.purge(this.base);
  }
}
