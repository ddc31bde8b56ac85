import * as math from "../programs/math.js";
import { packed32 } from "./numbers.js";
/** @import { Arrow, PocketAnatomy, Sentence } from "../stage/messages.d.ts" */

/**
 * @typedef {object} Taken what a module of `lossopt.programs.AnatomyScript` gives
 * @property {(p: number[], h: number[], rate: number) => number[]} init
 * @property {((p: number[], g: number[], s: number[], h: number[], rate: number) => {params: number[], state: number[], told: number[]})[]} steps
 *
 * @typedef {object} Run whose steps are taken apart
 * @property {(x: number, y: number) => number[]} gradient
 * @property {number[]} start
 * @property {number} rate
 * @property {number[]} settings
 * @property {number} nSteps
 * @property {[number, number]} sides width and height of the picture
 * @property {string} head of the lines
 */

/**
 * Arrows and sentences for every frame of a run with two params, as lossopt.figures.anatomy lays them over a stage.
 *
 * @param {PocketAnatomy} anatomy @param {(library: typeof math) => Taken} make @param {Run} run
 * @returns {{arrows: Arrow[], sentences: Sentence[]}}
 */
export function overlays({ lines, arrows, reach }, make, { gradient, start, rate, settings, nSteps, sides, head }) {
  const { init, steps } = make(math), width = lines.reduce((sum, line) => sum + 2 * line.width, 0);
  const told = new Float64Array(width * (nSteps + 1)), ends = Object.fromEntries(Object.keys(arrows).map((name) => [name, new Float64Array(4 * (nSteps + 1))]));
  let params = start, state = init(params, settings, rate);
  for (let k = 0; k <= nSteps; k += 1) {
    const slopes = gradient(params[0], params[1]), step = steps[Math.min(k, steps.length - 1)](params, slopes, state, settings, rate);
    told.set(step.told, k * width);
    for (const [name, xy] of Object.entries(ends)) {
      xy.set([...params, ...(name === "step" ? step.params : pointed(params, name === "gradient" ? slopes : resultOf(lines, name, step.told), sides, reach))], 4 * k);
    }
    ({ params, state } = step);
  }
  const numbers = Float64Array.from({ length: nSteps + 1 }, (_, k) => k + 1);
  let first = 0;
  const sentences = lines.map((line) => {
    const size = 2 * line.width, values = new Float64Array(size * (nSteps + 1));
    for (let k = 0; k <= nSteps; k += 1) values.set(told.subarray(k * width + first, k * width + first + size), k * size);
    first += size;
    return { text: line.text, values: packed32(values) };
  });
  return {
    arrows: Object.entries(arrows).map(([name, look]) => ({ ...look, xy: packed32(ends[name]) })),
    sentences: [{ text: head, values: packed32(numbers) }, ...sentences],
  };
}

/** Where an arrow ends that shows a direction only. @param {number[]} params @param {number[]} pull @param {[number, number]} sides @param {number} reach */
function pointed(params, pull, sides, reach) {
  const length = Math.hypot(pull[0] / sides[0], pull[1] / sides[1]);
  return params.map((value, k) => value - (reach * pull[k]) / length);
}

/** What the line came to that an arrow shows. @param {PocketAnatomy["lines"]} lines @param {string} name @param {number[]} told */
function resultOf(lines, name, told) {
  let first = 0, found = [NaN, NaN];
  for (const { width, arrow } of lines) {
    if (arrow === name) found = [told[first + width - 1], told[first + 2 * width - 1]];
    first += 2 * width;
  }
  return found;
}
