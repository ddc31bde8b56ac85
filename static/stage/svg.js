/** @import { Context } from "./drawn.d.ts" */

let clips = 0;

const KEPT = /** @type {const} */ (["globalAlpha", "strokeStyle", "fillStyle", "lineWidth", "lineJoin", "lineCap", "font", "textAlign", "textBaseline"]);
/** @type {Record<string, string>} */
const ANCHORS = { left: "start", center: "middle", right: "end" };

/**
 * Stands in for a canvas context and writes down what is drawn, as SVG. It knows what the stage
 * draws with, and no more; `ruler` is a canvas context that measures texts.
 */
export class SvgContext {
  globalAlpha = 1;
  lineWidth = 1;
  strokeStyle = "";
  fillStyle = "";
  /** @type {string | undefined} */
  lineJoin;
  /** @type {string | undefined} */
  lineCap;
  font = "";
  textAlign = "";
  textBaseline = "";
  #ruler;
  #shift = [0, 0];
  /** @type {string | null} */
  #clip = null;
  /** @type {number[]} */
  #dash = [];
  #path = "";
  /** @type {{look: object, shift: number[], clip: string | null, dash: number[]}[]} */
  #saved = [];
  /** @type {string[]} */
  #parts = [];

  /** @param {Context} ruler */
  constructor(ruler) {
    this.#ruler = ruler;
  }

  /** Everything drawn since the last `clearRect`. */
  get markup() {
    return this.#parts.join("");
  }

  save() {
    const look = Object.fromEntries(KEPT.map((name) => [name, this[name]]));
    this.#saved.push({ look, shift: this.#shift, clip: this.#clip, dash: this.#dash });
  }

  restore() {
    const saved = this.#saved.pop();
    if (!saved) return;
    const { look, shift, clip, dash } = saved;
    Object.assign(this, look);
    this.#shift = shift;
    this.#clip = clip;
    this.#dash = dash;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#shift = [this.#shift[0] + x, this.#shift[1] + y];
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash;
  }

  /** @param {string} text */
  measureText(text) {
    this.#ruler.font = this.font;
    return this.#ruler.measureText(text);
  }

  beginPath() {
    this.#path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${round(x)} ${round(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `${this.#path ? "L" : "M"}${round(x)} ${round(y)}`;
  }

  closePath() {
    this.#path += "Z";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += rectangle(x, y, width, height);
  }

  /**
   * Whole circles only.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  arc(x, y, radius) {
    const half = `A${radius} ${radius} 0 1 1 `;
    this.#path += `M${round(x - radius)} ${round(y)}${half}${round(x + radius)} ${round(y)}${half}${round(x - radius)} ${round(y)}Z`;
  }

  clip() {
    clips += 1;
    this.#clip = `lo-clip-${clips}`;
    this.#parts.push(`<clipPath id="${this.#clip}"><path d="${this.#path}"/></clipPath>`);
  }

  /** @param {Path2D & {d?: string}} [path] */
  stroke(path) {
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    const look = `fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linejoin="${this.lineJoin ?? "miter"}"${dash}`;
    this.#add(`<path d="${path?.d ?? this.#path}" ${look}`, "/>");
  }

  /** @param {Path2D & {d?: string}} [path] */
  fill(path) {
    this.#add(`<path d="${path?.d ?? this.#path}" fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#add(`<path d="${rectangle(x, y, width, height)}" fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  /**
   * A part of a canvas, as a picture within the file.
   *
   * @param {HTMLCanvasElement} canvas
   * @param {number} left
   * @param {number} top
   * @param {number} width
   * @param {number} height
   * @param {number} x
   * @param {number} y
   * @param {number} wide
   * @param {number} high
   */
  drawImage(canvas, left, top, width, height, x, y, wide, high) {
    const place = `x="${round(x)}" y="${round(y)}" width="${round(wide)}" height="${round(high)}"`;
    const image = `<image width="${canvas.width}" height="${canvas.height}" href="${canvas.toDataURL()}"/>`;
    this.#add(`<svg ${place} viewBox="${left} ${top} ${width} ${height}" preserveAspectRatio="none"`, `>${image}</svg>`);
  }

  clearRect() {
    this.#parts = [];
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#write(text, x, y, `fill="${escapeXml(this.fillStyle)}"`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, `fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} look */
  #write(text, x, y, look) {
    const place = `x="${round(x)}" y="${round(y)}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}" dominant-baseline="${this.textBaseline === "middle" ? "central" : "auto"}"`;
    this.#add(`<text ${place} ${look} style="font:${escapeXml(this.font)}"`, `>${escapeXml(text)}</text>`);
  }

  /** @param {string} element @param {string} end */
  #add(element, end) {
    const [x, y] = this.#shift;
    const moved = x || y ? ` transform="translate(${round(x)} ${round(y)})"` : "";
    const faint = this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "";
    const whole = element + moved + faint + end;
    this.#parts.push(this.#clip ? `<g clip-path="url(#${this.#clip})">${whole}</g>` : whole);
  }
}

/**
 * In the place of a canvas context.
 *
 * @param {SvgContext} svg
 */
export function asContext(svg) {
  return /** @type {Context} */ (/** @type {unknown} */ (svg));
}

/**
 * Text as it may stand in SVG.
 *
 * @param {string | null} text
 */
export function escapeXml(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
function rectangle(x, y, width, height) {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
