import { linearScale, logScale, ticksOf } from "../stage/axes.js";
import { element, svgElement, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
import { fill, subscript } from "../stage/texts.js";
/** @import { Question, Shown } from "./class.d.ts" */

const BINS = 24;
const ROOM = { left: 16, right: 16, top: 34, bottom: 46 }; // px at the usual lettering
const SHARES = [0.25, 0.5, 0.75];

/** Numbers as a histogram on the axis of the question, with the truth over it. */
export class NumberResult {
  /** @type {Shown | null} */
  #shown = null;

  /** @param {HTMLElement} host @param {Readonly<Record<string, string>>} texts */
  constructor(host, texts) {
    this.texts = texts;
    this.picture = element("div", { className: "cl-histogram" });
    this.words = element("p", { className: "cl-said" });
    this.root = element("div", { className: "cl-number" }, [this.picture, this.words]);
    host.append(this.root);
    this.watch = new ResizeObserver(() => this.#draw());
    this.watch.observe(this.picture);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    const numbers = numbersOf(shown.room ?? []), [low, middle, high] = SHARES.map((share) => shortNumber(quantile(numbers, share)));
    const said = !shown.room ? "" : numbers.length ? fill(this.texts.middle, { count: numbers.length, low, middle, high }) : this.texts.none;
    const truth = typeof shown.truth === "number" ? ` ${this.texts.truth}: ${shortNumber(shown.truth)}.` : "";
    write(this.words, said + truth);
    this.#draw();
  }

  destroy() {
    this.watch.disconnect();
    this.root.remove();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.picture;
    if (!this.#shown || !(width > 60 && height > 60)) return;
    const { question, room, truth, mine } = this.#shown, size = parseFloat(getComputedStyle(this.picture).fontSize) / 13;
    const axis = new Axis(question, { left: ROOM.left * size, width: width - (ROOM.left + ROOM.right) * size });
    const counts = histogram(axis, numbersOf(room ?? [])), most = Math.max(1, ...counts);
    const top = ROOM.top * size, bottom = height - ROOM.bottom * size, one = (bottom - top) / most;
    const bars = counts.map((count, k) => {
      const [x, tall] = [axis.left + (axis.width * k) / BINS, count * one];
      const bar = svgElement("rect", { x: x + 1, y: bottom - tall, width: Math.max(axis.width / BINS - 2, 1), height: tall, class: "cl-bar" });
      return count ? [bar, label(String(count), x + axis.width / BINS / 2, bottom - tall - 4 * size, "cl-count")] : [];
    });
    const svg = svgElement("svg", { width, height, "aria-hidden": "true" }, [
      ...ticksOf(axis.scale, axis.width / (70 * size)).flatMap(({ value, text }) => [
        rule(axis.at(value), bottom, bottom + 4), label(text, axis.at(value), bottom + 17 * size, "cl-tick"),
      ]),
      svgElement("line", { x1: axis.left, x2: axis.left + axis.width, y1: bottom, y2: bottom, class: "cl-axis" }),
      label(subscript(question.label ?? ""), axis.left + axis.width / 2, height - 8 * size, "cl-label"),
      ...bars.flat(),
      ...(typeof mine === "number" ? flag(axis, mine, { top: top + 15 * size, bottom, name: "cl-mine", text: this.texts.yours, size }) : []),
      ...(typeof truth === "number" ? flag(axis, truth, { top, bottom, name: "cl-truth", text: `${this.texts.truth} ${shortNumber(truth)}`, size }) : []),
    ]);
    this.picture.replaceChildren(svg);
  }
}

/** Where numbers lie on the axis of a question. */
class Axis {
  /** @param {Question} question @param {{left: number, width: number}} place */
  constructor({ scale, low = 0, high = 1 }, { left, width }) {
    this.scale = scale === "log" ? logScale([low, high]) : linearScale([low, high]);
    this.isLog = scale === "log";
    this.left = left;
    this.width = width;
  }

  /** Part of the axis, 0 to 1; what lies beyond counts at its end. @param {number} value */
  share(value) {
    const { low, high } = this.scale, place = this.isLog ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value;
    return Math.min(Math.max((place - low) / (high - low), 0), 1);
  }

  /** @param {number} value */
  at(value) {
    return this.left + this.width * this.share(value);
  }
}

/** @param {unknown[]} room */
function numbersOf(room) {
  return room.filter((each) => typeof each === "number" && Number.isFinite(each)).map(Number).sort((a, b) => a - b);
}

/** @param {number[]} sorted @param {number} share */
function quantile(sorted, share) {
  const place = share * (sorted.length - 1), k = Math.floor(place), low = sorted[k] ?? NaN, high = sorted[k + 1] ?? low;
  return low + (place - k) * (high - low);
}

/** @param {Axis} axis @param {number[]} numbers */
function histogram(axis, numbers) {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const number of numbers) counts[Math.min(Math.floor(BINS * axis.share(number)), BINS - 1)] += 1;
  return counts;
}

/** @param {Axis} axis @param {number} value @param {{top: number, bottom: number, name: string, text: string, size: number}} look */
function flag(axis, value, { top, bottom, name, text, size }) {
  const x = axis.at(value), right = axis.share(value) > 0.6;
  const words = label(text, x + (right ? -5 : 5), top - 4 * size, name);
  words.setAttribute("text-anchor", right ? "end" : "start");
  return [svgElement("line", { x1: x, x2: x, y1: top - 14 * size, y2: bottom, class: name }), words];
}

/** @param {number} x @param {number} from @param {number} to */
function rule(x, from, to) {
  return svgElement("line", { x1: x, x2: x, y1: from, y2: to, class: "cl-axis" });
}

/** @param {string} text @param {number} x @param {number} y @param {string} name */
function label(text, x, y, name) {
  return svgElement("text", { x, y, class: name, "text-anchor": "middle" }, [document.createTextNode(text)]);
}
