import { Sheet } from "./draw.js";
import { power, tick } from "./numbers.js";
/** @import { Context, Theme } from "./drawn.d.ts" */

const LETTERS = 11; // px
/* From an edge of a text to the line it stands on, in sizes of its letters: browsers have the edges at different places. */
const DROPS = { top: 0.8, bottom: -0.2 };
const ROOM = { left: 46, right: 12, top: 8, bottom: 34 };
const LABEL = 14; // room above a frame for the name of its y axis
const GAP = 6;
const BETWEEN = 10; // px; from square to square
const MORE = 4; // ticks asked for beyond the room, until there are two

/**
 * About `count` round values between `low` and `high`, and the step between them.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function linearTicks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5].map((digit) => digit * magnitude).find((value) => value >= raw * 0.999) ?? 10 * magnitude;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return { step, values: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step) };
}

/**
 * A scale from data to 0…1; a logarithmic one holds the powers of ten of its ends.
 *
 * @typedef {{low: number, high: number, log: boolean, label: string, whole?: boolean}} Scale
 * @typedef {{left: number, top: number, width: number, height: number}} Area
 */

/**
 * A linear scale from data to pixels with a little room, never of zero width.
 *
 * @param {number[]} range lowest and highest value
 * @param {{room?: number, label?: string, whole?: boolean}} [look]
 * @returns {Scale}
 */
export function linearScale([low, high], { room = 0, label = "", whole = false } = {}) {
  const span = high - low || Math.abs(low) || 1;
  return { low: low - room * span, high: (high > low ? high : low + span) + room * span, log: false, label, whole };
}

/**
 * A logarithmic scale over positive data, at least one decade wide.
 *
 * @param {number[]} range lowest and highest value
 * @param {{label?: string}} [look]
 * @returns {Scale}
 */
export function logScale([low, high], { label = "" } = {}) {
  const [bottom, top] = [Math.log10(low), Math.log10(high)];
  const room = Math.max(0.04 * (top - bottom), (1 - (top - bottom)) / 2);
  return { low: bottom - room, high: top + room, log: true, label };
}

/** A plot area with its two scales; `px` and `py` map data to pixels. */
export class Frame {
  /**
   * @param {{x: Scale, y: Scale}} scales
   * @param {Area} area
   */
  constructor({ x, y }, { left, top, width, height }) {
    this.x = x;
    this.y = y;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
  }

  /** @param {number} value */
  px(value) {
    return this.left + this.width * along(this.x, value);
  }

  /** @param {number} value */
  py(value) {
    return this.top + this.height * (1 - along(this.y, value));
  }

  /**
   * Whether a value lies above (1) or below (−1) the plot area; 0 inside, and where there is none.
   *
   * @param {number} value
   */
  beyond(value) {
    const part = along(this.y, value);
    return part > 1 ? 1 : part < 0 ? -1 : 0;
  }

  /**
   * Data value on a linear x axis at a pixel.
   *
   * @param {number} px
   */
  xAt(px) {
    return this.x.low + ((px - this.left) / this.width) * (this.x.high - this.x.low);
  }

  /**
   * Data value on a linear y axis at a pixel.
   *
   * @param {number} py
   */
  yAt(py) {
    return this.y.low + ((this.top + this.height - py) / this.height) * (this.y.high - this.y.low);
  }

  /**
   * Draw with everything outside the plot area cut off, at whole pixels: else every stroke is a third dearer.
   *
   * @param {Context} context
   * @param {(context: Context) => void} draw
   */
  clipped(context, draw) {
    const left = Math.floor(this.left), top = Math.floor(this.top);
    context.save();
    context.beginPath();
    context.rect(left, top, Math.ceil(this.left + this.width) - left, Math.ceil(this.top + this.height) - top);
    context.clip();
    draw(context);
    context.restore();
  }
}

/**
 * A small picture: a still sheet with axes and everything that does not move, and a moving sheet
 * on top of it. Its frames stand one below the other.
 */
export class Chart {
  /** @type {Frame[]} */
  frames = [];

  /** @param {HTMLElement} host */
  constructor(host) {
    this.still = new Sheet(host, "lo-sheet");
    this.moving = new Sheet(host, "lo-sheet");
  }

  /**
   * Begin anew with a square frame without axes per `{x, y}` pair of scales, side by side and as large as there is room
   * for them, with so much room below each and at its edges.
   *
   * @param {{x: Scale, y: Scale}[]} scales
   * @param {{below: number, edge: number}} room
   */
  beginSquares(scales, { below, edge }) {
    this.frames = [];
    if (!this.still.keepFit() || !this.moving.keepFit()) return;
    this.still.clear();
    const { width, height } = this.still, gap = BETWEEN + 2 * edge;
    const fits = scales.map((_, k) => {
      const rows = k + 1, columns = Math.ceil(scales.length / rows);
      return { columns, side: Math.floor(Math.min((width + BETWEEN) / columns - gap, (height + BETWEEN) / rows - below - gap)) };
    });
    const { columns, side } = fits.reduce((best, each) => (each.side > best.side ? each : best));
    if (side < 10) return;
    this.frames = scales.map((pair, k) => new Frame(pair, {
      left: edge + (k % columns) * (side + gap), top: edge + Math.floor(k / columns) * (side + below + gap), width: side, height: side,
    }));
  }

  /**
   * Begin anew with one frame per `{x, y}` pair of scales; stacked frames share the x axis of the
   * last one. Without room to draw there are no frames.
   *
   * @param {{x: Scale, y: Scale}[]} scales
   * @param {Theme} theme
   */
  begin(scales, theme) {
    this.frames = [];
    if (!this.still.keepFit() || !this.moving.keepFit()) return;
    this.still.clear();
    const above = (scales[0].y.label ? LABEL : 0) * theme.size;
    const [left, right, top, bottom] = [ROOM.left, ROOM.right, ROOM.top, ROOM.bottom].map((room) => room * theme.size);
    const width = this.still.width - left - right;
    const part = (this.still.height - top - bottom + GAP) / scales.length;
    const height = part - above - GAP;
    if (width < 20 || height < 10) return;
    this.frames = scales.map((pair, i) => new Frame(pair, { left, top: top + i * part + above, width, height }));
    for (const frame of this.frames) drawAxes(this.still.context, frame, { theme, named: frame === this.frames.at(-1) });
  }
}

/**
 * Where a value lies on a scale: 0 at its low end, 1 at its high end.
 *
 * @param {Scale} scale
 * @param {number} value
 */
function along(scale, value) {
  return ((scale.log ? Math.log10(value) : value) - scale.low) / (scale.high - scale.low);
}

/** @param {Context} context @param {Frame} frame @param {{theme: Theme, named: boolean}} look */
function drawAxes(context, frame, { theme, named }) {
  const { left, top, width, height } = frame;
  const bottom = Math.round(top + height) + 0.5;
  context.font = `${LETTERS * theme.size}px ${theme.font}`;
  context.lineWidth = 1;
  for (const { value, text } of ticksOf(frame.x, width / (70 * theme.size))) {
    const px = Math.round(frame.px(value)) + 0.5;
    line(context, theme.grid, [px, top], [px, bottom]);
    const middle = Math.min(px, left + width + ROOM.right * theme.size - context.measureText(text).width / 2);
    if (named) write(context, text, [middle, bottom + 5], { theme, align: "center", baseline: "top" });
  }
  for (const { value, text } of ticksOf(frame.y, height / (26 * theme.size))) {
    const py = Math.round(frame.py(value)) + 0.5;
    line(context, theme.grid, [left, py], [left + width, py]);
    write(context, text, [left - 6, py], { theme, align: "right", baseline: "middle" });
  }
  line(context, theme.axis, [left, bottom], [left + width, bottom]);
  if (named) write(context, frame.x.label, [left + width / 2, bottom + 19 * theme.size], { theme, align: "center", baseline: "top" });
  write(context, frame.y.label, [left, top - 4], { theme, align: "left", baseline: "bottom" });
}

/**
 * Ticks of an axis with room for about so many of them.
 *
 * @param {Scale} scale
 * @param {number} room
 */
export function ticksOf(scale, room) {
  const count = Math.max(2, Math.floor(room));
  for (let asked = count; ; asked += 1) {
    const ticks = scale.log ? logTicks(scale, asked) : wholeTicks(scale, asked);
    if (ticks.length > 1 || asked > count + MORE) return ticks; // one tick alone tells no scale
  }
}

/** @param {Scale} scale @param {number} count */
function wholeTicks({ low, high, whole }, count) {
  const { values, step } = linearTicks(low, high, count);
  return values
    .filter((value) => !whole || Number.isInteger(value))
    .map((value) => ({ value, text: tick(value, step) }));
}

/**
 * Powers of ten, with 2 and 5 between them where the scale is short.
 *
 * @param {Scale} scale
 * @param {number} count
 */
function logTicks({ low, high }, count) {
  const every = Math.max(1, Math.ceil((high - low) / count));
  const digits = 3 * (high - low) <= count ? [1, 2, 5] : [1];
  const ticks = [];
  for (let exponent = Math.floor(low / every) * every; exponent <= high; exponent += every) {
    for (const digit of digits) {
      const value = digit * 10 ** exponent;
      const text = Math.abs(exponent) <= 3 ? tick(value, 10 ** exponent) : `${digit > 1 ? `${digit}·` : ""}${power(exponent)}`;
      if (Math.log10(value) >= low && Math.log10(value) <= high) ticks.push({ value, text });
    }
  }
  return ticks;
}

/** @param {Context} context @param {string} color @param {[number, number]} from @param {[number, number]} to */
function line(context, color, from, to) {
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {number[]} place
 * @param {{theme: Theme, align: CanvasTextAlign, baseline: "top" | "middle" | "bottom"}} look
 */
function write(context, text, [x, y], { theme, align, baseline }) {
  const drop = baseline === "middle" ? 0 : DROPS[baseline] * LETTERS * theme.size;
  context.textAlign = align;
  context.textBaseline = baseline === "middle" ? "middle" : "alphabetic";
  context.fillStyle = theme.muted;
  context.fillText(text, x, y + drop);
}
