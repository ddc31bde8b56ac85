import { unpacked } from "../programs/race.js";
import { readOwn } from "./formula.js";
import { isUsual, written } from "./link.js";
import { wholeOf } from "./numbers.js";
/** @import { Doubles, Pocket, PocketChoice, PocketProblem, Setting } from "../stage/messages.d.ts" */
/** @import { Link, Value } from "./link.js" */

/**
 * @typedef {object} Problem what is descended
 * @property {string} id
 * @property {string} [task] of data
 * @property {string} [model]
 * @property {string} [loss]
 * @property {ReturnType<typeof readOwn>} [own] of a formula
 * @property {string} file that holds it
 * @property {string} usual file of the same with its usual settings
 * @property {string} start name of its start in the address; empty where it is not the problem that was asked for
 *
 * @typedef {object} Slot who descends
 * @property {string} id
 * @property {PocketChoice} choice
 * @property {number} number
 *
 * @typedef {Slot & {values: Record<string, Value>, size: number | null, schedule: Schedule, clip: number, average: boolean}} Entry
 * @typedef {{id: string, settings: Setting[], values: Record<string, number>}} Schedule
 *
 * @typedef {object} Race
 * @property {Entry[]} entries
 * @property {number} nSteps
 * @property {number[]} start
 * @property {string} plane
 * @property {number} seed
 * @property {Record<string, string>} view
 */

const OWN = "formula";

/**
 * What an address lets descend; with it, what of it only the app shows.
 *
 * @param {Link} link
 * @param {Pocket} catalog
 * @returns {Problem}
 */
export function readProblem(link, catalog) {
  const { problems, tasks, opening } = catalog, usual = problems.find(({ task }) => task) ?? problems[0];
  const asked = link.choice("problem", problems.map(({ id }) => id), usual.id);
  link.write("problem", asked);
  const item = problems.find(({ id }) => id === asked) ?? usual, isHere = item.here !== false;
  if (!isHere) link.away.add(item.label);
  const { id, task } = isHere ? item : { id: opening.problem, task: problems.find((each) => each.id === opening.problem)?.task };
  if (!task) {
    link.dropReady();
    if (id === OWN) return { id, own: readOwn(link, catalog), start: `${OWN}.start`, file: OWN, usual: OWN };
    return { id, start: isHere ? `${id}.start` : "", ...fileFor(link, catalog, [id]) };
  }
  const { models, losses } = tasks[task];
  const model = isHere ? link.choice("model", models.map((each) => each.id)) : models[0].id;
  const usualLoss = models.find((each) => each.id === model)?.loss ?? losses[0].id;
  const loss = isHere ? link.choice("loss", losses.map((each) => each.id), usualLoss) : usualLoss;
  link.dropReady();
  const start = !isHere ? "" : model === models[0].id ? `${id}.start` : `${id}.${model}.start`;
  return { id, task, model, loss, start, ...fileFor(link, catalog, [id, model, loss]) };
}

/**
 * Where a problem is found: with other settings than the usual ones, if somebody has written them down.
 *
 * @param {Link} link @param {Pocket} catalog @param {string[]} parts
 */
export function fileFor(link, { specs, variants }, parts) {
  const usual = parts.join("-"), fields = parts.flatMap((owner) => (specs[owner] ?? []).map((setting) => ({ name: `${owner}.${setting.name}`, setting })));
  const values = fields.map((field) => ({ ...field, value: link.field(field.name, field.setting) }));
  const others = values.filter(({ setting, value }) => !isUsual(setting, value));
  const file = others.length ? variants[`${usual}?${others.map(({ name, value }) => `${name}=${written(value)}`).sort().join("&")}`] : usual;
  if (!file) for (const { name, setting } of others) link.leave(name, setting.label);
  return { usual, file: file ?? usual };
}

/**
 * Contestants of an address, as `parse_slots` in lossopt/links/contestants.py reads them; undefined where it refuses.
 *
 * @param {Pocket} catalog @param {string} text
 * @returns {Slot[] | undefined}
 */
export function slotsOf({ choices, most }, text) {
  const slots = text.split(/[-,]/).flatMap((part) => {
    const [, name, number] = /^([a-z_0-9]+?)(?:~([2-8]))?$/.exec(part) ?? [];
    const choice = choices.find(({ id }) => id === name);
    return choice ? [{ id: part, choice, number: Number(number ?? 1) }] : [];
  });
  const isWhole = slots.length === text.split(/[-,]/).length && new Set(slots.map(({ id }) => id)).size === slots.length;
  return isWhole && slots.length <= most ? slots : undefined;
}

/**
 * Who takes part in a race on a problem; the others stand aside.
 *
 * @param {Link} link @param {Pocket} catalog @param {PocketProblem} problem
 */
export function readSlots(link, catalog, { rules, drawn }) {
  const parse = (/** @type {string} */ text) => slotsOf(catalog, text), usual = catalog.opening.runs;
  const chosen = link.readList("runs", parse(usual) ?? [], parse);
  link.write("runs", chosen.map(({ id }) => id).join("-"));
  const fits = (/** @type {Slot} */ { choice }) => rules.includes(choice.rule) && (choice.batch_size === undefined || drawn.n_samples > 1);
  for (const slot of chosen) if (slot.choice.here === false) link.away.add(slot.choice.label);
  const aside = chosen.filter((slot) => !fits(slot)), slots = chosen.filter(fits);
  return { aside, slots: slots.length ? slots : parse(catalog.choices[0].id) ?? [] };
}

/**
 * The race of some contestants. A learning rate that nobody chose is one of those that were found for them.
 *
 * @param {Link} link @param {Pocket} catalog
 * @param {{problem: Problem, file: PocketProblem, slots: Slot[], aside: Slot[], rates: Record<string, number>}} of
 * @returns {Race}
 */
export function readRace(link, catalog, { problem, file, slots, aside, rates }) {
  const { n_params: size, n_samples: nSamples } = file.drawn;
  for (const slot of aside) readEntry(link, catalog, slot, { nSamples });
  const entries = slots.map((slot) => readEntry(link, catalog, slot, { nSamples, rate: rates[slot.id], live: settingsOf(file, slot.choice.rule) }));
  const nSteps = Math.min(Number(link.field("run.n_steps", catalog.run)), file.affordable[slots.length - 1]);
  const usual = [...unpacked(/** @type {Doubles} */ (file.drawn.live?.start))];
  const start = problem.start ? link.numbers(problem.start, usual) : usual;
  const plane = size === 2 ? "0-1" : link.choice("plane", planesOf(size));
  const seed = nSamples > 1 ? Number(link.field("run.batch_seed", catalog.order)) : 0;
  const view = Object.fromEntries(Object.entries(catalog.view).map(([name, options]) => [name, link.choice(name, options, file.falls && name === "scale" ? "linear" : options[0])]));
  link.leaveAll((name) => catalog.away[name] ?? catalog.away[name.split(".")[0]]);
  return { entries, nSteps, start, plane, seed, view };
}

const MOST_AXES = 40; // as in lossopt/links/race.py

/** Planes that can be drawn of so many params. @param {number} size */
export function planesOf(size) {
  const last = Math.min(size, MOST_AXES), pairs = [];
  for (let i = 0; i < last; i += 1) for (let j = i + 1; j < last; j += 1) pairs.push(`${i}-${j}`);
  return ["pca", ...pairs];
}

/**
 * @param {Link} link @param {Pocket} catalog @param {Slot} slot
 * @param {{nSamples: number, rate?: number, live?: Record<string, number>}} how
 * @returns {Entry}
 */
function readEntry(link, catalog, slot, { nSamples, rate, live }) {
  const { id, choice } = slot, read = (/** @type {Setting} */ setting, /** @type {string | null} */ usual = setting.value) => link.field(`${id}.${setting.name}`, setting, usual);
  const found = rate === undefined ? null : String(rate); // a chosen rate is not searched for, so it may be the usual one
  const values = Object.fromEntries(choice.settings.map((setting) => [setting.name, read(setting, setting.name === "learning_rate" ? found : setting.value)]));
  for (const setting of live ? choice.settings : []) {
    const isTurned = setting.name === "learning_rate" || setting.name in (live ?? {});
    if (!isTurned && !isUsual(setting, values[setting.name])) link.leave(`${id}.${setting.name}`, `${choice.label}: ${setting.label}`);
  }
  const usual = choice.batch_size ?? null;
  const asked = nSamples > 1 && choice.draws !== false ? link.read(`${id}.batch_size`, usual, sizeOf) : usual;
  if (nSamples > 1 && choice.draws !== false) link.write(`${id}.batch_size`, asked === null ? ALL : String(asked), usual === null ? ALL : String(usual));
  const chosen = String(read(catalog.schedule)), own = catalog.specs[chosen];
  const law = Object.fromEntries(own.map((setting) => [setting.name, Number(read({ ...setting, name: `${chosen}.${setting.name}` }))]));
  const [clip, average] = catalog.outside.map((setting) => read(setting));
  return { ...slot, values, size: asked !== null && asked < nSamples ? asked : null, schedule: { id: chosen, settings: own, values: law }, clip: Number(clip), average: Boolean(average) };
}

/** A learning rate that stays. @type {Schedule} */
export const STAYS = { id: "constant", settings: [], values: { warmup: 0 } };
export const ALL = "all"; // a batch of all samples, as in lossopt.figures.tuner

/** @param {string} text @returns {number | null | undefined} */
function sizeOf(text) {
  if (text === ALL) return null;
  const size = wholeOf(text);
  return size !== undefined && size >= 1 ? size : undefined;
}

/** Hyperparameters that a browser can turn, with their values. @param {PocketProblem} file @param {string} rule */
export function settingsOf({ rules, drawn }, rule) {
  return drawn.live?.runs[rules.indexOf(rule)]?.settings ?? {};
}
