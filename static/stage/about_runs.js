import { shortNumber } from "./numbers.js";
import { fill } from "./texts.js";
/** @import { Numbers, Run, Scene } from "./drawn.d.ts" */
/** @import { Limit } from "./messages.d.ts" */

/**
 * Sentences about the runs as they are drawn: why they end or stand still, and what theory says about their rates.
 *
 * @param {Scene} scene
 * @param {(Limit | null)[]} limits what is known of each
 */
export function aboutRuns({ runs, n_params: size, texts }, limits) {
  return runs.flatMap((run, i) => {
    const { label: name, ending, learning_rate: rate = 0, diverged_at: step } = run;
    const limit = limits[i], explains = limit && (limit.exact || step !== null);
    return [
      ending ? fill(texts[ending], { name, step }) : "",
      rate === 0 && standsStill(run.params ?? run.xy, run.params ? size : 2) ? fill(texts.zero_rate, { name }) : "",
      explains && rate > limit.rate ? fill(limit.text, { name, rate: shortNumber(rate) }) : "",
    ];
  }).filter(Boolean);
}

/** @param {Numbers} places @param {number} size */
function standsStill(places, size) {
  return places.every((value, k) => value === places[k % size]);
}

/**
 * That a step is not the same work for all, where curves over steps would hide it.
 *
 * @param {Scene} scene
 */
export function aboutWork({ runs, texts }) {
  const sizes = runs.map((run) => run.batch_size);
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  if (!(most > least)) return ""; // equal, or of nobody
  const [heavy, light] = [most, least].map((size) => /** @type {Run} */ (runs.find((run) => run.batch_size === size)).label);
  return fill(texts.pace, { heavy, most, light, least });
}
