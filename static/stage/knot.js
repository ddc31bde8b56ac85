/** @import { Numbers, Place, Scene } from "./drawn.d.ts" */

const REACH = 70; // px around the two runs that are nearest to each other: whoever is there belongs to the crowd
const [WORTH_LAID, WORTH_RUNS] = [2, 3]; // arrows and clouds are what a page is about
const AWAY = 0.12; // of the picture: nearer to the start, all are a crowd because they have only begun

/**
 * Where much happens in little room: a box on the plane around `middle`, whether it is too small to be seen into, and how
 * many times larger it has to be seen to be worth a part of the picture.
 *
 * @typedef {{middle: Place, half: [number, number], tight: boolean, worth: number}} Knot
 */

/**
 * What a magnifier has to look at: arrows and clouds of the step shown, where a page has laid them over the surface;
 * else the runs that are nearest to each other.
 *
 * @param {Scene} scene
 * @param {number} index of the frame
 * @param {{project: (point: number[]) => number[], size: number[], near: number, small: number}} view how the plane is
 * drawn, in px: size of the picture, how near to each other two runs have no room for names, and how small arrows and
 * clouds cannot be told apart
 * @returns {Knot | null}
 */
export function knotOf(scene, index, view) {
  const laid = laidOver(scene, index);
  if (laid.length > 1) return { ...boxAround(laid, view, (wide) => wide < view.small), worth: WORTH_LAID };
  const heads = scene.runs.map(({ xy }) => placeAt(xy, index)).filter((place) => isSeen(place, view)), pixels = heads.map((place) => view.project(place));
  if (!heads.length) return null;
  const { gap, middle } = closest(pixels), start = view.project(scene.start);
  const crowd = heads.filter((_, i) => apart(pixels[i], middle) < Math.max(REACH, gap));
  const begun = apart(middle, start) > AWAY * Math.hypot(...view.size);
  return { ...boxAround(crowd, view, () => heads.length > 1 && begun && gap < view.near), worth: WORTH_RUNS };
}

/** Ends of arrows and points of clouds at a frame. @param {Scene} scene @param {number} index @returns {Place[]} */
function laidOver({ arrows, dots }, index) {
  const ends = arrows.flatMap(({ xy }) => [placeAt(xy, 2 * index), placeAt(xy, 2 * index + 1)]);
  const points = dots.flatMap(({ xy, n }) => Array.from({ length: n }, (_, k) => placeAt(xy, (xy.length > 2 * n ? index * n : 0) + k)));
  return [...ends, ...points].filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

/** @param {Numbers} xy @param {number} k @returns {Place} */
function placeAt(xy, k) {
  return [xy[2 * k], xy[2 * k + 1]];
}

/**
 * @param {Place[]} places
 * @param {{project: (point: number[]) => number[]}} view
 * @param {(wide: number) => boolean} isTight told how large they are drawn
 * @returns {Omit<Knot, "worth">}
 */
function boxAround(places, { project }, isTight) {
  const [[x0, x1], [y0, y1]] = [0, 1].map((i) => [Math.min(...places.map((each) => each[i])), Math.max(...places.map((each) => each[i]))]);
  const [from, to] = [project([x0, y0]), project([x1, y1])];
  const wide = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  return { middle: [(x0 + x1) / 2, (y0 + y1) / 2], half: [(x1 - x0) / 2, (y1 - y0) / 2], tight: isTight(wide) };
}

/** Distance between the two that are nearest to each other, and their middle. @param {number[][]} pixels */
function closest(pixels) {
  let [gap, middle] = [Infinity, pixels[0]];
  pixels.forEach((one, i) => pixels.slice(0, i).forEach((other) => {
    if (apart(one, other) < gap) [gap, middle] = [apart(one, other), [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]];
  }));
  return { gap, middle };
}

/** @param {number[]} one @param {number[]} other */
function apart([x0, y0], [x1, y1]) {
  return Math.hypot(x1 - x0, y1 - y0);
}

/** @param {Place} place @param {{project: (point: number[]) => number[], size: number[]}} view */
function isSeen(place, { project, size }) {
  const [px, py] = project(place);
  return px >= 0 && py >= 0 && px <= size[0] && py <= size[1];
}
