import { element, svgElement } from "../stage/dom.js";
import { power, shortNumber } from "../stage/numbers.js";
import { valueAt } from "./decode.js";
/** @import { Theme } from "../stage/drawn.d.ts" */
/** @import { ColorLayer, DecodedMap } from "./decode.js" */

const TICKS = 4;

/**
 * What the colours and lines mean: colour bar, kinds of cells, lines.
 *
 * @param {HTMLElement} host
 * @param {{map: DecodedMap, layer: ColorLayer | undefined, theme: Theme}} of
 */
export function drawLegend(host, { map, layer, theme }) {
  const entries = [];
  if (layer) entries.push(colorBar(layer, theme));
  const kinds = layer?.values.some((value, k) => Number.isNaN(value) && !map.codes[k]) && layer.missing
    ? [...map.classes, { label: layer.missing, color: map.missing }]
    : map.classes;
  for (const { label, color } of kinds) entries.push(entry(label ?? "", swatch(color?.[theme.mode] ?? "none")));
  for (const { label, color, dash } of map.lines) entries.push(entry(label ?? "", stroke(color[theme.mode], dash)));
  host.replaceChildren(...entries);
}

/** @param {string} label @param {Node} picture */
function entry(label, picture) {
  return element("span", { className: "lo-map-kind" }, [picture, label]);
}

/** @param {string} color */
function swatch(color) {
  const box = svgElement("rect", { width: 12, height: 12, rx: 2, fill: color });
  return svgElement("svg", { width: 12, height: 12, "aria-hidden": "true" }, [box]);
}

/** @param {string} color @param {number[]} dash */
function stroke(color, dash) {
  const line = svgElement("line", { x1: 0, x2: 24, y1: 6, y2: 6, stroke: color, "stroke-width": 2.4, "stroke-dasharray": (dash ?? []).join(" ") });
  return svgElement("svg", { width: 24, height: 12, "aria-hidden": "true" }, [line]);
}

/** @param {ColorLayer} layer @param {Theme} theme */
function colorBar(layer, theme) {
  const bar = element("span", { className: "lo-map-bar" });
  bar.style.background = `linear-gradient(to right, ${theme.relief.map(([stop, color]) => `${color} ${100 * stop}%`).join(", ")})`;
  const ticks = element("span", { className: "lo-map-ticks" }, ticksOf(layer).map(({ place, text }) => {
    const tick = element("span", { textContent: text });
    tick.style.left = `${100 * place}%`;
    return tick;
  }));
  return element("span", { className: "lo-map-scale" }, [
    element("span", { textContent: layer.label }), element("span", { className: "lo-map-ramp" }, [bar, ticks]),
  ]);
}

/**
 * Round values on the colour scale: powers of ten where there are several, else its ends.
 *
 * @param {ColorLayer} layer
 */
function ticksOf({ low, high, log, signed }) {
  const at = (/** @type {number} */ value) => ({ place: (value - low) / (high - low) });
  if (signed) return [low, low / 2, high].map((place) => ({ ...at(place), text: shortNumber(Number(valueAt(signed, place).toPrecision(2))) }));
  if (!log) return [low, high].map((value) => ({ ...at(value), text: shortNumber(value) }));
  const every = Math.max(1, Math.ceil((high - low) / TICKS));
  const first = Math.ceil(low / every) * every;
  const powers = Array.from({ length: Math.max(0, Math.floor((high - first) / every) + 1) }, (_, i) => first + i * every);
  if (powers.length > 1) return powers.map((exponent) => ({ ...at(exponent), text: nameOf(exponent) }));
  return [low, high].map((value) => ({ ...at(value), text: shortNumber(Number((10 ** value).toPrecision(2))) }));
}

/** @param {number} exponent */
function nameOf(exponent) {
  return exponent >= -2 && exponent <= 4 ? String(Number((10 ** exponent).toPrecision(1))) : power(exponent);
}
