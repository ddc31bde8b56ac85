import { drawOverlays } from "./overlays.js";
import { escapePlotly, PLOTLY_CONFIG } from "./plotly.js";
import { PlotlyView } from "./plotly_view.js";
import { QuickContour } from "./quick_contour.js";
import { colorBar, reliefOf } from "./relief.js";
import { heightAt, lossOf } from "./scene.js";
import { drawSurround } from "./surround.js";
import { subscript } from "./texts.js";
/** @import { View } from "./drawn.d.ts" */
/** @import { Magnifier } from "./magnifier.js" */
/** @import { Held } from "./scene_view.js" */
/** @import { Moment, Place, Reading, Scene, Theme } from "./drawn.d.ts" */

/**
 * @typedef {{left: number, top: number, width: number, height: number, x0: number, x1: number, y0: number, y1: number}} Window
 * @typedef {{onPick: (place: Place) => void, onHover: (point: Reading | null) => void}} Picks
 */

const CLICK = 5; // px; a pointer that moved farther was dragging
const ZOOM_STEP = 1.5;

/** The surface from above: contour lines. */
export class ContourView extends PlotlyView {
  #quick;
  #frame = ""; // what Plotly has drawn around the surface
  /** @type {Window | null} */
  #sketched = null; // where the surface is drawn as long as Plotly is on its way

  /**
   * `onMove` is called when zoom or pan change, `onPick([x, y])` when the plane is clicked.
   *
   * @param {HTMLElement} host
   * @param {{url: string, waits: boolean, magnifier: Magnifier, onMove: () => void} & Held & Picks} of
   */
  constructor(host, { url, waits, magnifier, onMove, onHold, onDrop, onPick, onHover }) {
    super(host, { url, waits, zoomStep: ZOOM_STEP, onMove, onHold, onDrop });
    this.#quick = new QuickContour(host);
    this.#quick.placeAfter(this.base);
    this.magnifier = magnifier;
    listenForPicks(this.base, this, { onPick, onHover });
  }

  /**
   * Draw the surface by hand, where Plotly will draw it.
   *
   * @param {Scene} scene
   * @param {Theme} theme
   */
  sketch(scene, theme) {
    if (!this.sheet.fit()) return false;
    this.magnifier.measure();
    const { width, height } = this.sheet, { l, r, t, b } = margin(scene, theme), [[x0, x1], [y0, y1]] = scene.surface.box;
    const area = { left: l, top: t, width: width - l - r, height: height - t - b, x0, x1, y0, y1 };
    if (!(area.width > 0 && area.height > 0)) return false;
    this.#sketched = area;
    if (!this.isStale(`${scene.surface.id} ${scene.surface.passing} ${scene.plane.labels} ${scene.texts.loss} ${theme.key} ${width} ${height}`)) return true;
    this.#quick.draw(scene.surface, area, theme);
    drawSurround(this.#quick.context, scene, { area, theme, height, bar: hasScale(scene) });
    return true;
  }

  /** @param {Scene} scene @param {Theme} theme */
  drawBase(scene, theme) {
    const { surface } = scene;
    const frame = [scene.plane.labels, scene.texts.loss, surface.box, theme.key, this.sheet.width, this.sheet.height].join(" ");
    if (!this.isStale(`${surface.id} ${frame}`)) return;
    this.magnifier.measure();
    const area = surface.passing && frame === this.#frame && this.#area();
    if (area) {
      this.#quick.draw(surface, area, theme);
      return;
    }
    this.#quick.clear();
    this.#sketched = null;
    this.#frame = frame;
    const before = this.base.layout;
    const layout = contourLayout(scene, theme, this.sheet);
    if (before?.meta === layout.meta) keepZoom(layout, before);
    this.plotly.react(this.base, [contourTrace(scene, theme, layout)], layout, CONFIG);
    if (!before) for (const event of ["plotly_relayouting", "plotly_relayout"]) this.base.on(event, this.onMove);
  }

  /**
   * Draw the paths up to a frame.
   *
   * @param {Moment} state
   */
  draw(state) {
    const area = this.#area();
    if (!area) return;
    const plain = pathView(area);
    this.magnifier.follow(this.scene, area, plain, state, { byItself: true });
    const view = { ...plain, words: this.magnifier.taken };
    const drawn = this.drawPaths(view, [...Object.values(area), ...view.words].join(" "), state);
    if (drawn) drawOverlays(this.sheet.context, this.scene, view, { index: state.frame.index, theme: state.theme });
    this.magnifier.draw(this.scene, area, view, state);
  }

  /**
   * Point of the plane at a place on the screen; null outside the picture.
   *
   * @param {number} clientX
   * @param {number} clientY
   */
  pointAt(clientX, clientY) {
    const area = this.#area();
    if (!area) return null;
    const box = this.base.getBoundingClientRect();
    const [u, v] = shares(area, [clientX - box.left, clientY - box.top]);
    return u < 0 || u > 1 || v < 0 || v > 1 ? null : pointOf(area, [u, v]);
  }

  startAt() {
    const area = this.#area();
    return area && this.scene.movable ? pathView(area).project(this.scene.start) : null;
  }

  /** @param {number[]} pixel */
  nearestPoint(pixel) {
    const area = this.#area();
    if (!area) return null;
    const [u, v] = shares(area, pixel).map((share) => Math.min(Math.max(share, 0), 1));
    return pointOf(area, [u, v]);
  }

  /**
   * The same place with its loss, as between the grid's values.
   *
   * @param {number} clientX
   * @param {number} clientY
   */
  valueAt(clientX, clientY) {
    const point = this.pointAt(clientX, clientY);
    if (!point) return null;
    const { surface } = this.scene;
    return { x: point[0], y: point[1], loss: lossOf(surface, heightAt(surface, ...point)) };
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    super.setVisible(visible);
    this.#quick.setVisible(visible);
  }

  reset() {
    const [x, y] = this.scene.surface.box.map((range) => [...range]);
    this.plotly?.relayout(this.base, { "xaxis.range": x, "yaxis.range": y, dragmode: DRAG_WHOLE });
  }

  /** @param {number} factor */
  async zoom(factor) {
    await this.whole();
    const area = this.#area();
    if (!area) return;
    const { x0, x1, y0, y1 } = area;
    const around = (/** @type {number} */ a, /** @type {number} */ b) => [(a + b - factor * (b - a)) / 2, (a + b + factor * (b - a)) / 2];
    this.plotly?.relayout(this.base, { "xaxis.range": around(x0, x1), "yaxis.range": around(y0, y1), dragmode: "pan" });
  }

  /** Where which part of the plane is shown, also in the middle of a drag. */
  #area() {
    const axes = this.base._fullLayout;
    if (!axes || !this.scene) return this.#sketched;
    const { xaxis, yaxis } = axes;
    return {
      left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length,
      x0: xaxis.range[0], x1: xaxis.range[1], y0: yaxis.range[0], y1: yaxis.range[1],
    };
  }
}

const DRAG_WHOLE = matchMedia("(pointer: coarse)").matches ? false : "pan"; // a finger on the whole picture scrolls the page
const BAR_TITLE = 17; // px below the picture
const ROOM = { l: 54, r: 58, t: 8, b: 42 };
const CONFIG = { ...PLOTLY_CONFIG, scrollZoom: true };

/** @param {Window} area @returns {View} */
function pathView({ left, top, width, height, x0, x1, y0, y1 }) {
  const dx = x1 - x0;
  const dy = y1 - y0;
  return {
    dimensions: 2,
    low: [x0 - 0.1 * dx, y0 - 0.1 * dy],
    high: [x1 + 0.1 * dx, y1 + 0.1 * dy],
    edges: { low: [x0, y0], high: [x1, y1] },
    clip: [left, top, width, height],
    project: ([x, y]) => [left + (width * (x - x0)) / dx, top + (height * (y1 - y)) / dy],
  };
}

/**
 * Place of a pixel in the picture, from its left and its top edge: 0 to 1 inside.
 *
 * @param {Window} area
 * @param {number[]} pixel
 */
function shares({ left, top, width, height }, [px, py]) {
  return [(px - left) / width, (py - top) / height];
}

/** @param {Window} area @param {number[]} shares @returns {Place} */
function pointOf({ x0, x1, y0, y1 }, [u, v]) {
  return [x0 + u * (x1 - x0), y1 + v * (y0 - y1)];
}

/**
 * A narrow picture has no room for a scale of colours; the pointer still reads the loss.
 *
 * @param {Scene} scene
 */
function hasScale({ layout }) {
  return layout !== "column";
}

/** @param {Scene} scene @param {Theme} theme @param {{height: number}} layout */
function contourTrace(scene, theme, { height }) {
  const { surface } = scene;
  const relief = reliefOf(surface);
  return {
    type: "contour", x: surface.x, y: surface.y, z: surface.h, hoverinfo: "skip", showscale: hasScale(scene),
    zmin: relief.low, zmax: relief.high, autocontour: false, contours: { ...relief.lines, coloring: "fill" },
    line: { color: theme.contour, width: 0.8, smoothing: 0 }, colorscale: theme.relief,
    colorbar: colorBar(relief, theme, { len: height - (ROOM.t + ROOM.b) * theme.size, y: 1 }),
  };
}

/** @param {Scene} scene @param {Theme} theme @param {{width: number, height: number}} sheet */
function contourLayout(scene, theme, { width, height }) {
  const axis = (/** @type {number} */ i) => ({
    title: { text: escapePlotly(subscript(scene.plane.labels[i])), standoff: 6, font: { size: 13 * theme.size, color: theme.text } },
    range: [...scene.surface.box[i]], showgrid: false, zeroline: false, ticks: "outside", ticklen: 4,
    tickcolor: theme.axis, tickfont: { size: 11 * theme.size, color: theme.muted }, linecolor: theme.axis, nticks: theme.size > 1 ? 5 : 7, exponentformat: "power",
  });
  return {
    width, height, xaxis: axis(0), yaxis: axis(1), margin: margin(scene, theme), dragmode: DRAG_WHOLE, hovermode: false,
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { family: theme.font, color: theme.text },
    meta: scene.surface.box.join(" "), annotations: hasScale(scene) ? [barTitle(scene, theme)] : [],
  };
}

/** What the colours stand for, below their bar. @param {Scene} scene @param {Theme} theme */
function barTitle({ texts }, theme) {
  return {
    text: escapePlotly(texts.loss), xref: "paper", yref: "paper", x: 1, y: 0, xanchor: "left", yanchor: "top", xshift: 4, yshift: -BAR_TITLE * theme.size,
    showarrow: false, borderpad: 0, font: { size: 13 * theme.size, color: theme.text },
  };
}

/** @param {Scene} scene @param {Theme} theme @returns {Record<string, number>} */
function margin(scene, { size }) {
  const room = hasScale(scene) ? ROOM : { ...ROOM, r: 12 };
  return Object.fromEntries(Object.entries(room).map(([side, wanted]) => [side, wanted * size]));
}

/**
 * The same box again: show the part of it that the person had chosen.
 *
 * @param {any} layout
 * @param {any} before
 */
function keepZoom(layout, { xaxis, yaxis, dragmode }) {
  layout.xaxis.range = [...xaxis.range];
  layout.yaxis.range = [...yaxis.range];
  layout.dragmode = dragmode;
}

/**
 * Clicks, not drags, pick a point; the pointer's place is told while it hovers.
 *
 * @param {HTMLElement} base
 * @param {ContourView} view
 * @param {Picks} picks
 */
function listenForPicks(base, view, { onPick, onHover }) {
  /** @type {MouseEvent | null} */
  let pressed = null;
  const track = (/** @type {MouseEvent} */ event) => onHover(view.valueAt(event.clientX, event.clientY));
  const release = (/** @type {MouseEvent} */ event) => {
    if (!pressed) return;
    const moved = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY);
    const point = moved < CLICK ? view.pointAt(event.clientX, event.clientY) : null;
    if (point) onPick(point);
  };
  base.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    pressed = event;
    // Plotly puts a cover over the page while the button is down: the release ends up there.
    window.addEventListener("pointerup", release, { capture: true, once: true });
  }, true);
  base.addEventListener("pointermove", track, true);
  base.addEventListener("pointerleave", () => onHover(null));
}
