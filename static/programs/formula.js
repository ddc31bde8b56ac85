import { readTree, Refusal } from "./formula_reader.js";
import { compiled } from "./formula_slopes.js";
import * as math from "./math.js";
/** @import { Node } from "./formula_reader.js" */
/** @import { Compiled } from "./formula_slopes.js" */
/** @import { Library } from "./formula_tape.js" */

/*
 * Own functions without a server: a formula in x and y is read, differentiated and computed here as lossopt.formula
 * does it. Nothing of it is ever executed; formula_reader.js makes a tree of known parts, formula_slopes.js a tape of
 * operations on numbers.
 *
 *     const read = readFormula("(1-x)^2 + 100*(y-x^2)^2");
 *     if (read.refusal) tell(read.refusal);               // {code, values}: a sentence of [formula_error] in own.toml
 *     else read.objective.gradient(0, 1);                  // [-2, 200]
 *
 * A race takes `(library) => rules(library, read.objective.make(library))`, where `rules` is the module of
 * lossopt.programs.script_for_any.
 *
 * Value and gradient have the bits of the module that lossopt.programs.script_of writes for the same formula:
 * `make(library)` takes what such a module takes, math.js or what stands for it, and gives its `value(x, y)` and
 * `gradient(x, y)`. `start` is where the app starts, `minimizers` are not known. Reading a formula is bounded: 1,000
 * characters, 400 parts, 100 levels.
 */

/** @typedef {[[number, number], [number, number]]} Region from and to, along x and along y */
/** @typedef {{code: string, values: Record<string, string | number>}} Told */

/**
 * An objective of x and y, as lossopt.formulas.Formula.
 *
 * @typedef {object} Formula
 * @property {string} text as written
 * @property {Node} tree
 * @property {string[]} paramNames
 * @property {Region} bounds region worth drawing
 * @property {[number, number]} start
 * @property {number[][]} minimizers
 * @property {(x: number, y: number) => number} value
 * @property {(x: number, y: number) => number[]} gradient
 * @property {(library: Library) => Compiled} make value and gradient with other elementary functions
 */

/** @type {Region} */
export const USUAL = [[-2, 2], [-2, 2]];
const GRID = 41; // places per axis at which a value is looked for
const SHARE = 0.15; // of the region that lies before the usual start

/**
 * Read a formula: an objective, or why there is none.
 *
 * @param {string} text
 * @param {Region} [bounds]
 * @returns {{objective: Formula, refusal?: undefined} | {objective?: undefined, refusal: Told}}
 */
export function readFormula(text, bounds = USUAL) {
  try {
    return { objective: objectiveOf(text, bounds) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, values } = error;
    return { refusal: { code, values } };
  }
}

/** @param {string} text @param {Region} bounds @returns {Formula} */
function objectiveOf(text, bounds) {
  const tree = readTree(text), made = compiled(tree, math), start = startOf(made, bounds);
  if (!Number.isFinite(made.value(...start))) throw new Refusal("nowhere");
  return { text, tree, paramNames: ["x", "y"], bounds, start, minimizers: [], ...made, make: (library) => compiled(tree, library) };
}

/**
 * The usual start, or the nearest place at which value and gradient are finite.
 *
 * @param {Compiled} made
 * @param {Region} bounds
 * @returns {[number, number]}
 */
function startOf(made, bounds) {
  const [left, low] = bounds.map(([from, to]) => from + SHARE * (to - from));
  if (isUsable(made, [left, low])) return [left, low];
  const [across, up] = bounds.map(([from, to]) => to - from), [columns, rows] = bounds.map(evenly);
  const places = rows.flatMap((y) => columns.map((x) => {
    const aside = (x - left) / across, above = (y - low) / up;
    return { x, y, apart: Math.sqrt(aside * aside + above * above) };
  }));
  const found = places.sort((a, b) => a.apart - b.apart).find(({ x, y }) => isUsable(made, [x, y]));
  return found ? [found.x, found.y] : [left, low];
}

/** @param {Compiled} made @param {[number, number]} place */
function isUsable(made, place) {
  return Number.isFinite(made.value(...place)) && made.gradient(...place).every(Number.isFinite);
}

/** Places from one end to the other, as NumPy's linspace. @param {[number, number]} ends */
function evenly([from, to]) {
  const step = (to - from) / (GRID - 1);
  return Array.from({ length: GRID }, (_, k) => (k < GRID - 1 ? k * step + from : to));
}
