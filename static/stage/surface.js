import { escapePlotly, PLOTLY_CONFIG } from "./plotly.js";
import { PlotlyView } from "./plotly_view.js";
import { colorBar, reliefOf } from "./relief.js";
import { heightAt, lossOf } from "./scene.js";
import { subscript } from "./texts.js";
/** @import { Held } from "./plotly_view.js" */
/** @import { Moment, Place, Reading, Scene, Surface, Theme, View } from "./drawn.d.ts" */

const ZOOM_STEP = 1.25;
const RAY = 1000; // places along the ray from the eye to a pixel
/* The flat picture tilted back: x still runs to the right. */
const CAMERA = { eye: { x: -0.62, y: -1.66, z: 1.15 }, up: { x: 0, y: 0, z: 1 }, center: { x: 0.03, y: 0, z: -0.2 } };
const MARGIN = { l: 0, r: 58, t: 0, b: 0 };
const WIDEST = 1.45; // the landscape with the names of its axes, in heights of the picture

/**
 * @typedef {{x: number, y: number, z: number}} Spot
 * @typedef {{eye: Spot, up: Spot, center: Spot}} Camera
 */

/**
 * A view with relief, which also knows what is seen at a pixel: the eye, and the ray from it.
 *
 * @typedef {View & {
 *   key: string,
 *   heightAt(x: number, y: number): number,
 *   isHidden(point: number[]): boolean,
 *   sight(pixel: number[]): {eye: number[], ray: number[]},
 * }} Sight
 */

/** The surface as a landscape (WebGL). */
export class SurfaceView extends PlotlyView {
  /** @type {any} */
  #hooked = null;
  /** @type {Camera | null} */
  #home = null;

  /**
   * `onMove` is called in the middle of every redraw of the landscape, to draw the paths with it.
   *
   * @param {HTMLElement} host
   * @param {{url: string, onMove: () => void, onHover: (point: Reading | null) => void} & Held} of
   */
  constructor(host, { url, onMove, onHold, onDrop, onHover }) {
    super(host, { url, zoomStep: ZOOM_STEP, onMove, onHold, onDrop });
    this.onHover = onHover;
  }

  /** @param {Scene} scene @param {Theme} theme */
  drawBase(scene, theme) {
    const { width, height } = this.sheet;
    const key = [scene.surface.id, scene.plane.labels, scene.texts.loss, theme.key, width, height].join(" ");
    if (!this.isStale(key)) return;
    const camera = this.#camera({ width, height });
    const layout = surfaceLayout(scene, theme, { width, height, camera });
    const first = this.#plot === null;
    this.plotly.react(this.base, [surfaceTrace(scene.surface, theme, height)], layout, CONFIG);
    if (first) this.#listen();
    this.#hook();
  }

  /**
   * Draw the paths up to a frame.
   *
   * @param {Moment} state
   */
  draw(state) {
    const plot = this.#plot;
    if (!plot || !this.scene) return;
    const view = pathView(this.scene, plot, this.base._fullLayout);
    this.drawPaths(view, view.key, state);
  }

  startAt() {
    if (!this.#plot || !this.scene?.movable) return null;
    const view = pathView(this.scene, this.#plot, this.base._fullLayout);
    const point = onSurface(view, this.scene.start);
    return view.isHidden(point) ? null : view.project(point);
  }

  /** @param {number[]} pixel */
  nearestPoint(pixel) {
    return pointUnder(pixel, pathView(this.scene, this.#plot, this.base._fullLayout));
  }

  reset() {
    if (this.#home) this.plotly?.relayout(this.base, { "scene.camera": structuredClone(this.#home) });
  }

  /** Plotly's own scene object: the only place that knows the camera in the middle of a drag. */
  get #plot() {
    return this.base._fullLayout?.scene?._scene ?? null;
  }

  /** @param {number} factor */
  zoom(factor) {
    if (!this.#plot) return;
    const { eye } = this.#plot.getCamera();
    this.plotly.relayout(this.base, { "scene.camera.eye": farther(eye, factor) });
  }

  /**
   * Where the camera is, or in a picture of this size the place from which all is seen, until somebody moves it.
   *
   * @param {{width: number, height: number}} size
   * @returns {Camera}
   */
  #camera({ width, height }) {
    const [now, home] = [this.#plot?.getCamera(), this.#home];
    const far = Math.max(1, (WIDEST * height) / (width - MARGIN.r));
    this.#home = { ...CAMERA, eye: farther(CAMERA.eye, far) };
    return now && !(home && isNear(now.eye, home.eye)) ? now : this.#home;
  }

  #listen() {
    this.base.on("plotly_hover", ({ points: [{ x, y, z }] }) => this.onHover({ x, y, loss: lossOf(this.scene.surface, z) }));
    this.base.on("plotly_unhover", () => this.onHover(null));
  }

  /** The landscape redraws in Plotly's own animation frame; drawing along keeps the paths glued to it. */
  #hook() {
    const { glplot } = this.#plot;
    if (glplot === this.#hooked) return;
    this.#hooked = glplot;
    const render = glplot.onrender;
    glplot.onrender = () => {
      render();
      this.onMove();
    };
  }
}

const CONFIG = { ...PLOTLY_CONFIG, plotGlPixelRatio: Math.min(Math.max(window.devicePixelRatio, 1), 2) };

/** @param {Spot} eye @param {number} factor @returns {Spot} */
function farther({ x, y, z }, factor) {
  return { x: x * factor, y: y * factor, z: z * factor };
}

/** @param {Spot} one @param {Spot} other */
function isNear(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z) < 1e-3;
}

/** @param {Scene} scene @param {any} plot @param {any} layout @returns {Sight} */
function pathView({ surface }, plot, { _size: size, width, height }) {
  const { projection, view, model } = plot.glplot.cameraParams;
  const { dataScale } = plot;
  const matrix = product(projection, product(view, model));
  const [[x0, x1], [y0, y1]] = surface.box;
  const [z0, z1] = plot.fullSceneLayout.zaxis.range;
  const eye = eyePosition(product(view, model), dataScale);
  return {
    dimensions: 3,
    low: [x0, y0, z0],
    high: [x1, y1, z1],
    clip: [0, 0, width, height],
    names: [0, 0, size.l + size.w, height],
    key: [...matrix, z0, z1, width, height].join(" "),
    heightAt: (/** @type {number} */ x, /** @type {number} */ y) => heightAt(surface, x, y),
    isHidden: makeIsHidden(surface, eye, [z0, z1]),
    sight([px, py]) {
      const place = [(2 * (px - size.l)) / size.w - 1, 1 - (2 * (py - size.t)) / size.h];
      const [across, upright] = place.map((share, i) => [0, 4, 8].map((k) => matrix[k + i] - share * matrix[k + 3]));
      const ray = cross(across, upright).map((value, i) => value / dataScale[i]);
      const ahead = dot(ray, [x0 + x1 - 2 * eye[0], y0 + y1 - 2 * eye[1], z0 + z1 - 2 * eye[2]].map((value, i) => value * dataScale[i] ** 2));
      return { eye, ray: ahead > 0 ? ray : ray.map((value) => -value) };
    },
    /** @type {View["project"]} */
    project(point) {
      const [x, y, z] = point.map((value, i) => value * dataScale[i]);
      const row = (/** @type {number} */ i) => matrix[i] * x + matrix[4 + i] * y + matrix[8 + i] * z + matrix[12 + i];
      const w = row(3);
      return [size.l + (size.w * (1 + row(0) / w)) / 2, size.t + (size.h * (1 - row(1) / w)) / 2];
    },
  };
}

/** @param {Sight} view @param {number[]} place */
function onSurface(view, [x, y]) {
  return [x, y, view.heightAt(x, y)];
}

/**
 * The point of the landscape that is seen at a pixel: where the ray from the eye first meets it.
 *
 * @param {number[]} pixel
 * @param {Sight} view
 * @returns {Place | null}
 */
function pointUnder(pixel, view) {
  const { eye, ray } = view.sight(pixel);
  const { low, high } = view;
  const spans = [0, 1].map((i) => [low[i], high[i]].map((side) => (side - eye[i]) / ray[i]).sort((a, b) => a - b));
  const enter = Math.max(0, ...spans.map(([first]) => first));
  const leave = Math.min(...spans.map(([, last]) => last));
  for (let k = 1; k < RAY; k += 1) {
    const t = enter + ((leave - enter) * k) / RAY;
    const [x, y, z] = eye.map((value, i) => value + t * ray[i]);
    if (z <= view.heightAt(x, y)) return [x, y];
  }
  return null;
}

/**
 * Says whether the landscape stands between a point and the eye, by walking from one to the other.
 *
 * @param {Surface} surface
 * @param {number[]} eye
 * @param {number[]} heights
 */
function makeIsHidden(surface, eye, [low, high]) {
  const slack = 0.012 * (high - low);
  const span = [0, 1].map((i) => surface.box[i][1] - surface.box[i][0]);
  return (/** @type {number[]} */ point) => {
    const ray = eye.map((value, i) => value - point[i]);
    const stride = 0.015 / Math.max(Math.abs(ray[0] / span[0]), Math.abs(ray[1] / span[1]));
    for (let t = 1.5 * stride; t < 1; t += stride) {
      const [x, y, z] = point.map((value, i) => value + t * ray[i]);
      const height = heightAt(surface, x, y);
      if (z > high || Number.isNaN(height)) return false;
      if (height > z + slack) return true;
    }
    return false;
  };
}

/**
 * Where the eye is, in data coordinates: the point that the view matrix takes to the origin.
 *
 * @param {number[]} modelView
 * @param {number[]} dataScale
 */
function eyePosition(modelView, dataScale) {
  const column = (/** @type {number} */ i) => modelView.slice(4 * i, 4 * i + 3);
  const [a, b, c, shift] = [0, 1, 2, 3].map(column);
  const volume = dot(a, cross(b, c));
  const solution = [dot(shift, cross(b, c)), dot(a, cross(shift, c)), dot(a, cross(b, shift))];
  return solution.map((value, i) => -value / volume / dataScale[i]);
}

/** @param {number[]} a @param {number[]} b */
function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** @param {number[]} a @param {number[]} b */
function cross(a, b) {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/**
 * Product of two 4 × 4 matrices in WebGL's column order.
 *
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @returns {number[]}
 */
function product(a, b) {
  const result = new Array(16).fill(0);
  for (let column = 0; column < 4; column += 1) {
    for (let row = 0; row < 4; row += 1) {
      for (let k = 0; k < 4; k += 1) result[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return result;
}

/** @param {Surface} surface @param {Theme} theme @param {number} height */
function surfaceTrace(surface, theme, height) {
  const relief = reliefOf(surface);
  return {
    type: "surface", x: surface.x, y: surface.y, z: surface.h.map((row) => row.map((h) => (Number.isFinite(h) ? h : null))),
    cmin: relief.low, cmax: relief.high, colorscale: theme.relief, hoverinfo: "none",
    colorbar: colorBar(relief, theme, { len: height - 50, y: 1 - 8 / height }),
    contours: { z: { show: true, ...relief.lines, color: theme.ridge, width: 1, highlight: false }, x: { highlight: false }, y: { highlight: false } },
    lighting: { ambient: 0.82, diffuse: 0.4, specular: 0.03, roughness: 0.95, fresnel: 0.02 }, lightposition: { x: -300, y: -200, z: 900 },
  };
}

/** @param {Scene} scene @param {Theme} theme @param {{width: number, height: number, camera: object}} look */
function surfaceLayout(scene, theme, { width, height, camera }) {
  const relief = reliefOf(scene.surface);
  const axis = (/** @type {string} */ text, /** @type {number[]} */ range) => ({
    title: { text: escapePlotly(text), font: { size: 12, color: theme.text } }, range, showspikes: false, showbackground: false,
    gridcolor: theme.solidGrid, zeroline: false, tickfont: { size: 10, color: theme.muted }, nticks: 6, exponentformat: "power",
  });
  const [x, y] = scene.plane.labels.map((label, i) => axis(subscript(label), [...scene.surface.box[i]]));
  const z = { ...axis(scene.texts.loss, [relief.low, relief.high]), tickvals: relief.ticks.values, ticktext: relief.ticks.texts };
  return {
    width, height, margin: { ...MARGIN }, paper_bgcolor: "rgba(0,0,0,0)", font: { family: theme.font, color: theme.text },
    scene: {
      xaxis: x, yaxis: y, zaxis: z, camera: structuredClone(camera), aspectmode: "manual", aspectratio: { x: 1.15, y: 1.15, z: 0.6 },
      dragmode: "turntable",
    },
  };
}

/** @type {boolean | null} */
let webGL = null;

/** Whether this browser can draw the landscape at all. */
export function hasWebGL() {
  if (webGL === null) {
    const context = document.createElement("canvas").getContext("webgl");
    webGL = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext(); // a page may hold only a few
  }
  return webGL;
}
