/** @import { Context, Stroke, Theme } from "./drawn.d.ts" */

const TAU = 2 * Math.PI;

/**
 * SVG path data of a marker around (0, 0), for canvas (Path2D) and the table's swatches alike.
 *
 * @param {string} shape
 * @param {number} radius
 */
export function markerPath(shape, radius) {
  return (MARKERS[shape] ?? MARKERS.circle)(radius);
}

/** @type {Record<string, (radius: number) => string>} */
const MARKERS = {
  circle: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  square: (r) => polygon([[-1, -1], [1, -1], [1, 1], [-1, 1]], 0.86 * r),
  diamond: (r) => polygon(ring(4, 0), 1.18 * r),
  triangle: (r) => polygon(ring(3, 0), 1.25 * r),
  triangle_down: (r) => polygon(ring(3, 0.5), 1.25 * r),
  hexagon: (r) => polygon(ring(6, 0), 1.05 * r),
  star: (r) => polygon(star(5, 0.45), 1.3 * r),
  plus: (r) => polygon(plus(0.36), 1.1 * r),
  cross: (r) => polygon(plus(0.36).map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]), 1.1 * r),
};

/** @param {number[][]} points @param {number} radius */
function polygon(points, radius) {
  return `M${points.map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join("L")}Z`;
}

/** @param {number} corners @param {number} phase */
function ring(corners, phase) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (TAU * (i + phase)) / corners - TAU / 4;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/** @param {number} tips @param {number} inner */
function star(tips, inner) {
  const hollows = ring(tips, 0.5).map(([x, y]) => [x * inner, y * inner]);
  return ring(tips, 0).flatMap((tip, i) => [tip, hollows[i]]);
}

/** @param {number} half */
function plus(half) {
  return [
    [-half, -1], [half, -1], [half, -half], [1, -half], [1, half], [half, half],
    [half, 1], [-half, 1], [-half, half], [-1, half], [-1, -half], [-half, -half],
  ];
}

/** @type {Map<string, Path2D>} */
const markers = new Map();

/** @param {string} shape @param {number} radius @returns {Path2D} */
function markerShape(shape, radius) {
  const key = `${shape} ${radius}`;
  const known = markers.get(key);
  if (known) return known;
  const d = markerPath(shape, radius);
  const path = Object.assign(new Path2D(d), { d }); // `d` for a context that writes SVG
  markers.set(key, path);
  return path;
}

/**
 * Draw a marker with a dark and a white rim, so that it stands out on any colour.
 *
 * @param {Context} context
 * @param {{shape: string, x: number, y: number, radius: number, color: string}} marker
 */
export function drawMarker(context, { shape, x, y, radius, color }) {
  const path = markerShape(shape, radius);
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  context.strokeStyle = DARK_CASING;
  context.lineWidth = 4;
  context.stroke(path);
  context.strokeStyle = LIGHT_CASING;
  context.lineWidth = 2.2;
  context.stroke(path);
  context.fillStyle = color;
  context.fill(path);
  context.restore();
}

/**
 * Fill a small marker with a thin outline.
 *
 * @param {Context} context
 * @param {{shape: string, x: number, y: number, radius: number, fill: string, stroke: string}} point
 */
export function drawPoint(context, { shape, x, y, radius, fill, stroke }) {
  const path = markerShape(shape, radius);
  context.translate(x, y);
  context.fillStyle = fill;
  context.fill(path);
  context.strokeStyle = stroke;
  context.lineWidth = 0.8;
  context.stroke(path);
  context.translate(-x, -y);
}

const DARK_CASING = "rgba(10, 16, 22, 0.55)";
const LIGHT_CASING = "rgba(255, 255, 255, 0.92)";

/**
 * Stroke the current path in a run's colour and dash, cased in white and dark.
 *
 * @param {Context} context
 * @param {Stroke} look
 */
export function strokeCased(context, { color, dash, width }) {
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.setLineDash([]);
  context.strokeStyle = DARK_CASING;
  context.lineWidth = width + 2.8;
  context.stroke();
  context.strokeStyle = LIGHT_CASING;
  context.lineWidth = width + 1.4;
  context.stroke();
  if (dash.length) tint(context, color, width);
  strokePlain(context, { color, dash, width });
}

/**
 * The gaps of a dashed line keep a tint of its colour.
 *
 * @param {Context} context
 * @param {string} color
 * @param {number} width
 */
function tint(context, color, width) {
  const opacity = context.globalAlpha;
  context.globalAlpha = 0.4 * opacity;
  strokePlain(context, { color, dash: [], width });
  context.globalAlpha = opacity;
}

/**
 * Stroke the current path in a run's colour and dash, set off from what lies below it.
 *
 * @param {Context} context
 * @param {Stroke} look
 * @param {Theme} theme
 */
export function strokeHaloed(context, { color, dash, width }, theme) {
  const opacity = context.globalAlpha;
  context.globalAlpha = 0.6 * opacity;
  strokePlain(context, { color: theme.background, dash: [], width: width + 1.6 });
  context.globalAlpha = opacity;
  strokePlain(context, { color, dash, width });
}

/**
 * Stroke the current path as what lies ahead of a run: thinly, for a line of one pixel costs a tenth of a wider one.
 *
 * @param {Context} context
 * @param {{color: string, dash: number[]}} look
 */
export function strokeAhead(context, { color, dash }) {
  context.globalAlpha = 0.5;
  strokePlain(context, { color, dash, width: 1 });
  context.globalAlpha = 1;
}

/**
 * Stroke the current path in a run's colour and dash.
 *
 * @param {Context} context
 * @param {Stroke} look
 */
export function strokePlain(context, { color, dash, width }) {
  context.lineJoin = "round";
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Write text on a soft patch of the background colour.
 *
 * @param {Context} context
 * @param {{text: string, x: number, y: number, color: string, theme: Theme, align?: CanvasTextAlign}} label
 */
export function drawLabel(context, { text, x, y, color, theme, align = "left" }) {
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.background;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

function ratioHere() {
  return Math.min(window.devicePixelRatio || 1, 2);
}

/**
 * A canvas that fills `host` and is drawn in CSS pixels. `fit` adapts it to the host's size and
 * says whether there is anything to draw on.
 */
export class Sheet {
  width = 0;
  height = 0;
  #own; // context, while another one writes SVG
  #ratio = 0; // of its pixels to the page's, 0 where the host has another size by now

  /**
   * @param {HTMLElement} host
   * @param {string} className
   */
  constructor(host, className) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = className;
    this.canvas.setAttribute("aria-hidden", "true");
    this.host = host;
    // A canvas in main memory: beside software WebGL, one on the GPU is five times slower.
    this.#own = this.context = /** @type {Context} */ (this.canvas.getContext("2d", { willReadFrequently: true }));
    host.append(this.canvas);
    new ResizeObserver(() => { this.#ratio = 0; }).observe(host);
  }

  fit() {
    const ratio = ratioHere();
    this.#ratio = ratio;
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    const width = Math.round(this.width * ratio);
    const height = Math.round(this.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.#own.setTransform(ratio, 0, 0, ratio, 0, 0);
    return width > 0 && height > 0;
  }

  /** The same for a host that only the browser resizes: to ask for sizes in every frame would lay the page out twice. */
  keepFit() {
    return (this.#ratio === ratioHere() && this.width > 0 && this.height > 0) || this.fit();
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }
}
