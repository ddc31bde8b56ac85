import { extent } from "./scene.js";
/** @import { Scene, Surface } from "./drawn.d.ts" */
/** @import { Options } from "./messages.d.ts" */

const LEAST = 0.03; // of the height of a landscape: lower than that, nothing is seen to go down

/**
 * Whether a landscape has logarithmic heights: as was asked; else where true ones would show little but the rim,
 * because half of the surface, or the whole way of the runs, lies at its very bottom.
 *
 * @param {Scene} scene
 * @param {Options["heights"]} [asked]
 */
export function isLogarithmic({ surface, runs }, asked = "auto") {
  if (!surface.log) return false;
  if (asked !== "auto") return asked === "log";
  const [low, high] = surface.losses, known = [...surface.z].filter(Number.isFinite).sort((a, b) => a - b);
  const isLow = (/** @type {number} */ loss) => (loss - low) / (high - low) < LEAST;
  return isLow(known[Math.floor(known.length / 2)]) || runs.some(({ loss: [first] }) => isLow(first));
}

/**
 * The scene with losses as heights.
 *
 * @param {Scene} scene
 * @returns {Scene}
 */
export function withTrueHeights(scene) {
  const runs = scene.runs.map((run) => ({ ...run, heights: run.loss }));
  return { ...scene, surface: flattened(scene.surface), runs };
}

/** @type {WeakMap<Surface, Surface>} */
const known = new WeakMap();

/** @param {Surface} surface */
function flattened(surface) {
  const { x, y, z } = surface, before = known.get(surface);
  if (before) return before;
  const h = Array.from(y, (_, j) => Array.from(z.subarray(j * x.length, (j + 1) * x.length)));
  const raised = { ...surface, log: false, h, heights: extent(z) };
  known.set(surface, raised);
  return raised;
}
