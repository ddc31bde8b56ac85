import { readFormula } from "../programs/formula.js";
import { fill } from "../stage/texts.js";
import { numbersOf, packed64 } from "./numbers.js";
/** @import { Node } from "../programs/formula_reader.js" */
/** @import { Formula, Region } from "../programs/formula.js" */
/** @import { Pocket, PocketProblem } from "../stage/messages.d.ts" */
/** @import { Link } from "./link.js" */

const [FARTHEST, LONGEST] = [1e6, 1000]; // as in pages/ui/controls/own/function.py
const [COARSE, FINE] = [16, 41]; // places per axis at which losses are looked at, as lossopt does

/** The formula of an address; of one that is refused `refusal` says why, and the usual one is shown. @param {Link} link @param {Pocket} catalog */
export function readOwn(link, catalog) {
  const { formula: usual } = catalog, region = link.read("formula.region", /** @type {Region} */ (regionOf(usual.region)), regionOf);
  const text = link.read("formula.text", usual.text, (typed) => typed.slice(0, LONGEST));
  const { objective, refusal } = ownOf(catalog, text, region), formula = objective ?? /** @type {Formula} */ (ownOf(catalog, usual.text, region).objective);
  link.write("formula.region", region.flat().join("_"), usual.region);
  link.write("formula.text", formula.text, usual.text);
  return { formula, refusal };
}

/** A formula, or the sentence that refuses it. @param {Pocket} catalog @param {string} text @param {Region} region */
export function ownOf({ formula: { sentences } }, text, region) {
  const { objective, refusal } = readFormula(text, region);
  return { objective, refusal: refusal && fill(sentences[refusal.code], refusal.values) };
}

/** @param {string} text @returns {Region | undefined} */
export function regionOf(text) {
  const [left, right, low, high] = numbersOf(text, 4) ?? [];
  const isRegion = left < right && low < high && [left, right, low, high].every((value) => Math.abs(value) <= FARTHEST);
  return isRegion ? [[left, right], [low, high]] : undefined;
}

/** The problem of a formula, in the place of the one that was written for any. @param {PocketProblem} file @param {Pocket} catalog @param {Formula} formula @returns {PocketProblem} */
export function ownFile(file, { search }, { tree, bounds, start, value, make }) {
  const { drawn } = file, affordable = Math.max(1, Math.floor(search.operations / countOf(tree)));
  const heights = valuesOn(bounds, COARSE, value), low = Math.min(...heights), most = Math.max(1, Math.floor(search.share * affordable));
  return {
    ...file, bounds,
    drawn: { ...drawn, live: /** @type {typeof drawn.live} */ (/** @type {unknown} */ ({ ...drawn.live, start: packed64(start), handed: make })) },
    affordable: file.affordable.map((count) => Math.min(count, affordable)),
    search_steps: Math.min(file.search_steps, most),
    ...(heights.length ? { search_floor: low - search.depth * (Math.max(...heights) - low) } : {}),
    falls: valuesOn(bounds, FINE, value).some((height) => height < 0),
  };
}

/** @param {Node} node @returns {number} */
function countOf({ parts = [] }) {
  return parts.reduce((sum, part) => sum + countOf(part), 1);
}

/** Finite values on a grid. @param {Region} bounds @param {number} count @param {(x: number, y: number) => number} value */
function valuesOn(bounds, count, value) {
  const [columns, rows] = bounds.map(([from, to]) => Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1)));
  return rows.flatMap((y) => columns.map((x) => value(x, y))).filter(Number.isFinite);
}
