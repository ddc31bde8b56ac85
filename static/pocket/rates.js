import { Race } from "../programs/race.js";
import { makeOf } from "../stage/rerun.js";
/** @import { Live, Pocket, PocketChoice, PocketProblem } from "../stage/messages.d.ts" */

const PATIENCE = 12; // ms of work until somebody else has a turn

/** @import { Make } from "../programs/race.js" */

/**
 * The learning rate with which a contestant begins on a problem: as lossopt.comparisons.usual_rate finds it.
 *
 * @param {Pocket} catalog @param {PocketProblem} problem @param {PocketChoice} choice @param {typeof makeOf} [load]
 */
export async function usualRate({ search: { rates, ...how } }, problem, choice, load = makeOf) {
  const own = Number(choice.settings.find(({ name }) => name === "learning_rate")?.value);
  const { search_floor: floor = -Infinity } = problem, others = rates.filter((rate) => rate !== own);
  const fallsTo = (/** @type {ArrayLike<number>} */ losses) => descentOf(losses, { ...how, floor });
  const make = await load(/** @type {Live} */ (problem.drawn.live)), [first] = await losses(problem, choice, { rates: [own], make }), top = first[0];
  if (own === 1 && fallsTo(first) < top) return own;
  const ends = [first, ...await losses(problem, choice, { rates: others, make })].map(fallsTo), lowest = Math.min(...ends);
  return lowest < top ? [own, ...others][ends.findIndex((end) => top - end >= how.near * (top - lowest))] : own;
}

/** How far down a run gets; infinite for one that diverges, climbs or falls without end. @param {ArrayLike<number>} losses @param {{steps: number, rise: number, floor: number}} how */
function descentOf(losses, { steps, rise, floor }) {
  const all = Array.from(losses), until = all.slice(0, steps + 1), end = Math.max(...until.slice(-Math.max(1, Math.floor(until.length / 10))));
  const isCalm = Math.max(...all) <= all[0] + rise * (all[0] - end) && Math.min(...all) >= floor;
  return isCalm ? end : Infinity;
}

/** @param {PocketProblem} problem @param {PocketChoice} choice @param {{rates: number[], make: Make}} how */
async function losses({ drawn: { live }, rules, search_steps: last }, choice, { rates, make }) {
  const run = live?.runs[rules.indexOf(choice.rule)];
  if (!live || !run) return [];
  const runs = rates.map((rate) => ({ ...run, learning_rate: rate, batch_size: choice.batch_size ?? run.batch_size, seed: "0" }));
  const race = new Race(make, { ...live, runs }, Array.from({ length: last + 1 }, (_, k) => k));
  race.begin();
  while (!race.work(performance.now() + PATIENCE)) await new Promise((go) => setTimeout(go));
  return race.ran.runs.map((made) => /** @type {Float64Array} */ (made?.loss));
}
