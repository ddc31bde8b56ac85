import { cos, log, log1p, pow } from "./math.js";

/** @typedef {Record<string, number>} Settings of a schedule, and its `warmup` */

/**
 * Factors on the learning rate at step t of n after the warm-up: `after_warmup` of lossopt/schedules.
 *
 * @type {Record<string, (settings: Settings, t: number, n: number) => number>}
 */
const AFTER = {
  constant: () => 1,
  cosine: ({ final }, t, n) => final + (1 - final) * wave(t / Math.max(n, 1)),
  exponential: ({ gamma }, t) => pow(gamma, t),
  inverse_sqrt: ({ timescale }, t) => 1 / Math.sqrt(1 + t / timescale),
  linear: ({ final }, t, n) => 1 - (1 - final) * t / Math.max(n, 1),
  one_cycle: ({ rising, divisor }, t, n) => {
    const start = 1 / divisor, end = 1e-4 / divisor, top = rising * n - 1;
    if (t <= top) return 1 + (start - 1) * wave(top > 0 ? t / top : 1);
    return end + (1 - end) * wave((t - top) / (n - 1 - top));
  },
  step: ({ every, gamma }, t) => pow(gamma, Math.floor(t / every)),
  warm_restarts: ({ first, growth }, t) => {
    if (growth === 1) return wave((t % first) / first);
    const rounds = Math.floor(log1p(t * (growth - 1) / first) / log(growth) + 1e-12), grown = growth ** rounds;
    return wave((t - first * (grown - 1) / (growth - 1)) / (first * grown));
  },
};
const LONG = 1_000_000; // as in lossopt/schedules

/** From 1 at 0 to 0 at 1 along half a cosine. @param {number} share */
function wave(share) {
  return 0.5 * (1 + cos(Math.PI * share));
}

/** Factors of all steps, with a linear warm-up in front. @param {string} id @param {Settings} settings @param {number} nSteps */
export function factorsOf(id, settings, nSteps) {
  const rising = Math.min(settings.warmup, nSteps), left = nSteps - rising;
  const after = (/** @type {number} */ t) => AFTER[id](settings, t, left || LONG), first = after(0);
  return Float64Array.from({ length: nSteps }, (_, t) => (t < rising ? first * (t + 1) / settings.warmup : after(t - rising)));
}
