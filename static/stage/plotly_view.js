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
  #waits; // whether Plotly is left out until somebody wants to zoom
  /** @type {Promise<void> | null} */
  #shown = null;
  /** @type {Theme} */
  #theme;

  /**
   * @param {HTMLElement} host
   * @param {{url: string, waits: boolean, zoomStep: number, onMove: () => void} & Held} of
   */
  constructor(host, { url, waits, ...of }) {
    super(host, of);
    this.#url = url;
    this.#waits = waits;
    for (const kind of ["pointerenter", "pointerdown"]) this.base.addEventListener(kind, () => this.whole());
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
    this.#theme = theme;
    this.isSketched = !this.plotly && this.sketch(scene, theme);
    if (!this.#url || (this.#waits && this.isSketched)) return;
    this.#shown = this.#drawWhole();
    await this.#shown;
  }

  async #drawWhole() {
    this.plotly ??= await loadPlotly(this.#url);
    if (this.sheet.keepFit()) this.drawBase(this.scene, this.#theme);
  }

  /** The picture with all that can be done to it: who reaches for it does not wait for Plotly any longer. */
  async whole() {
    if (this.#waits && this.#url && this.scene) {
      this.#waits = false;
      this.#shown = this.#drawWhole();
      await this.#shown.catch(console.error); // what is sketched stays
      this.onMove();
    }
    await this.#shown?.catch(() => {}); // whoever shows the scene says so
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
    await this.whole();
    if (!this.base._fullLayout) return "";
    const { width, height } = this.sheet;
    const address = await this.plotly.toImage(this.base, { format: "svg", width, height });
    return decodeURIComponent(address.slice(address.indexOf(",") + 1));
  }

  destroy() {
    this.plotly?.purge(this.base);
  }
}
