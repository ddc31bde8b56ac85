let clips = 0;

const KEPT = ["globalAlpha", "strokeStyle", "fillStyle", "lineWidth", "lineJoin", "lineCap", "font", "textAlign", "textBaseline"];
const ANCHORS = { left: "start", center: "middle", right: "end" };
const BASELINES = { middle: "central", top: "text-before-edge", bottom: "text-after-edge" };

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
  /** @type {string | undefined} */
  textAlign;
  /** @type {string | undefined} */
  textBaseline;
  #ruler;
  #shift = [0, 0];
  #clip = null;
  #dash = [];
  #path = "";
  #saved = [];
  #parts = [];

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
    const { look, shift, clip, dash } = this.#saved.pop();
    Object.assign(this, look);
    this.#shift = shift;
    this.#clip = clip;
    this.#dash = dash;
  }

  translate(x, y) {
    this.#shift = [this.#shift[0] + x, this.#shift[1] + y];
  }

  setTransform() {}

  setLineDash(dash) {
    this.#dash = dash;
  }

  measureText(text) {
    this.#ruler.font = this.font;
    return this.#ruler.measureText(text);
  }

  beginPath() {
    this.#path = "";
  }

  moveTo(x, y) {
    this.#path += `M${round(x)} ${round(y)}`;
  }

  lineTo(x, y) {
    this.#path += `${this.#path ? "L" : "M"}${round(x)} ${round(y)}`;
  }

  closePath() {
    this.#path += "Z";
  }

  rect(x, y, width, height) {
    this.#path += rectangle(x, y, width, height);
  }

  /** Whole circles only. */
  arc(x, y, radius) {
    const half = `A${radius} ${radius} 0 1 1 `;
    this.#path += `M${round(x - radius)} ${round(y)}${half}${round(x + radius)} ${round(y)}${half}${round(x - radius)} ${round(y)}Z`;
  }

  clip() {
    clips += 1;
    this.#clip = `lo-clip-${clips}`;
    this.#parts.push(`<clipPath id="${this.#clip}"><path d="${this.#path}"/></clipPath>`);
  }

  stroke(path) {
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    const look = `fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linejoin="${this.lineJoin ?? "miter"}"${dash}`;
    this.#add(`<path d="${path?.d ?? this.#path}" ${look}`, "/>");
  }

  fill(path) {
    this.#add(`<path d="${path?.d ?? this.#path}" fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  fillRect(x, y, width, height) {
    this.#add(`<path d="${rectangle(x, y, width, height)}" fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  clearRect() {
    this.#parts = [];
  }

  fillText(text, x, y) {
    this.#write(text, x, y, `fill="${escapeXml(this.fillStyle)}"`);
  }

  strokeText(text, x, y) {
    this.#write(text, x, y, `fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`);
  }

  #write(text, x, y, look) {
    const place = `x="${round(x)}" y="${round(y)}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}" dominant-baseline="${BASELINES[this.textBaseline] ?? "auto"}"`;
    this.#add(`<text ${place} ${look} style="font:${escapeXml(this.font)}"`, `>${escapeXml(text)}</text>`);
  }

  #add(element, end) {
    const [x, y] = this.#shift;
    const moved = x || y ? ` transform="translate(${round(x)} ${round(y)})"` : "";
    const faint = this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "";
    const whole = element + moved + faint + end;
    this.#parts.push(this.#clip ? `<g clip-path="url(#${this.#clip})">${whole}</g>` : whole);
  }
}

/** Text as it may stand in SVG. */
export function escapeXml(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function rectangle(x, y, width, height) {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

function round(value) {
  return Math.round(value * 100) / 100;
}
