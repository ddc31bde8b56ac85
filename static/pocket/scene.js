import { placesOf } from "../programs/plane.js";
import { boxAround } from "../programs/principal.js";
import { framesOf, unpacked } from "../programs/race.js";
import { factorsOf } from "../programs/schedules.js";
import { fill } from "../stage/texts.js";
import { detailOf } from "../tuner/fields.js";
import { ALL, settingsOf } from "./reading.js";
import { written } from "./link.js";
import { packed32, packed64 } from "./numbers.js";
/** @import { Live, LiveRun, Pocket, PocketProblem, Run, Scene, Tunable, Tuner } from "../stage/messages.d.ts" */
/** @import { Entry, Problem, Race, Schedule, Slot } from "./reading.js" */

/**
 * What the stage plays of a race.
 *
 * @param {Pocket} catalog
 * @param {PocketProblem} file
 * @param {{problem: Problem, race: Race, play: number}} of
 * @returns {Scene}
 */
export function sceneOf(catalog, file, { race, play }) {
  const { drawn, words } = file, { lang, texts } = catalog, said = words[lang], { n_params: size } = drawn;
  const start = Float64Array.from(race.start), plane = planeOf(file, race.plane, lang), steps = framesOf(race.nSteps);
  const [x, y] = placesOf(start, plane, 1, size), minimizers = unpacked(file.minimizers);
  const spots = placesOf(minimizers, plane, minimizers.length / size, size);
  const { view } = race, { k, names } = plane, note = said.note[k];
  const hint = minimizers.length ? [texts.lab.hint, texts.lab.hint_star] : [texts.lab.hint];
  return {
    ...drawn,
    fit: { ...drawn.fit, ...(said.fit.length ? { labels: said.fit } : {}), ...(said.classes.length ? { class_names: said.classes } : {}) },
    plane: {
      labels: names ?? said.labels,
      origin: packed32(plane.origin), directions: packed32(plane.directions),
      ...(note ? { note: note.replace("{x}", drawn.param_names[plane.axes[0]]).replace("{y}", drawn.param_names[plane.axes[1]]) } : {}),
    },
    minimizers: Array.from({ length: spots.length / 2 }, (_, i) => /** @type {[number, number]} */ ([spots[2 * i], spots[2 * i + 1]])),
    start: [x, y],
    frames: { count: steps.length, stride: steps.length > 2 ? steps[1] : 1 },
    last_step: race.nSteps,
    runs: race.entries.map((entry) => runOf(catalog, file, entry)),
    live: liveOf(file, race, plane, [x, y]),
    limits: race.entries.map((entry) => (isAtFirst(file, entry) ? said.limits[file.rules.indexOf(entry.choice.rule)] : null)),
    options: {
      view: /** @type {"2d"} */ (view.view), scale: /** @type {"log"} */ (view.scale), axis: /** @type {"steps"} */ (view.axis),
      follow: false, speed: Number(view.speed), loop: view.loop === "1", autoplay: true, heights: /** @type {"auto"} */ (view.heights),
    },
    lang, texts: texts.stage, messages: [...said.said, hint.join(" ")], play,
  };
}

/** Whether a contestant has its usual settings, but for the learning rate. @param {PocketProblem} file @param {Entry} entry */
function isAtFirst(file, { choice, values, size, schedule, clip, average }) {
  const same = Object.entries(settingsOf(file, choice.rule)).every(([name, value]) => Number(values[name]) === value);
  return same && size === null && !acts(schedule) && !clip && !average;
}

/** Whether a schedule changes the learning rate at all. @param {Schedule} schedule */
function acts({ id, values }) {
  return id !== "constant" || values.warmup > 0;
}

/** The plane that is drawn: that of two params, or the one that the runs decide. @param {PocketProblem} file @param {string} asked @param {string} lang */
function planeOf({ drawn, resting, words }, asked, lang) {
  const size = drawn.n_params, directions = new Float64Array(2 * size), origin = unpacked(resting);
  const axes = asked === "pca" ? [0, 1] : asked.split("-").map(Number);
  axes.forEach((axis, row) => {
    directions[row * size + axis] = 1;
    origin[axis] = 0;
  });
  const isOwn = asked === "pca" || size === 2;
  return { origin, directions, axes, isPrincipal: asked === "pca", k: size === 2 ? 2 : isOwn ? 0 : 1, names: isOwn ? undefined : axes.map((axis) => words[lang].params[axis]) };
}

/**
 * The race as a browser runs it, and the region whose surface it evaluates.
 *
 * @param {PocketProblem} file @param {Race} race @param {ReturnType<typeof planeOf>} plane @param {[number, number]} start
 * @returns {Live}
 */
function liveOf(file, { entries, nSteps, start, seed }, plane, [x, y]) {
  const { drawn: { live }, rules, bounds, side, lowest } = file, known = lowest === undefined ? {} : { lowest };
  if (!live) throw new Error("a problem without programs");
  const usual = plane.axes.map((axis) => bounds[axis]), isInside = [x, y].every((value, k) => usual[k][0] <= value && value <= usual[k][1]);
  const [across, up] = isInside ? usual : boxAround([new Float64Array([x, y]), new Float64Array(usual.map(([low]) => low)), new Float64Array(usual.map(([, high]) => high))], usual);
  return {
    ...live,
    start: packed64(start), origin: packed64(plane.origin), directions: packed64(plane.directions),
    runs: entries.map(({ choice, values, size, schedule, clip, average }) => {
      const run = /** @type {LiveRun} */ (live.runs[rules.indexOf(choice.rule)]);
      const settings = Object.fromEntries(Object.keys(run.settings).map((name) => [name, Number(values[name])]));
      const factors = acts(schedule) ? { factors: packed64(factorsOf(schedule.id, schedule.values, nSteps)) } : {};
      return { ...run, learning_rate: Number(values.learning_rate), settings, batch_size: size ?? live.n_samples, seed: String(seed), ...factors, ...(clip ? { clip_norm: clip } : {}), ...(average ? { average } : {}) };
    }),
    ...(plane.isPrincipal
      ? { principal: { origin: file.resting, through_end: file.through_end ?? false, minimizers: file.minimizers, side, ...known } }
      : { region: { x: /** @type {[number, number]} */ (across), y: /** @type {[number, number]} */ (up), side, ...known } }),
  };
}

/** @param {Pocket} catalog @param {PocketProblem} file @param {Entry} entry @returns {Run} */
function runOf(catalog, file, entry) {
  const { drawn: { n_samples: nSamples } } = file, control = tunableOf(catalog, file, entry), { look } = lookOf(entry);
  return {
    id: entry.id, label: control.label, detail: detailOf(control, () => undefined), ...look, diverged_at: null,
    learning_rate: Number(entry.values.learning_rate), batch_size: entry.size ?? nSamples, steps_per_epoch: Math.ceil(nSamples / (entry.size ?? nSamples)),
  };
}

/** @param {Slot} slot */
function lookOf({ choice: { looks }, number }) {
  const { color, dash = [], marker } = looks[number - 1];
  return { look: { color, dash, marker } };
}

/** What a contestant is called. @param {Pocket} catalog @param {Slot} slot @param {number} nSamples */
export function labelOf({ texts }, { choice, number }, nSamples) {
  const name = nSamples > 1 ? choice.label : choice.plain;
  return number === 1 ? name : fill(texts.lab.copy_name, { name, number });
}

/** @param {Pocket} catalog @param {PocketProblem} file @param {Entry} entry @returns {Tunable} */
function tunableOf(catalog, file, entry) {
  const { choice, id, size, schedule } = entry, { n_samples: nSamples } = file.drawn, live = settingsOf(file, choice.rule);
  const own = choice.settings.filter(({ name }) => name === "learning_rate" || name in live).map((setting) => ({ ...setting, value: written(entry.values[setting.name]) }));
  const every = { id: ALL, label: fill(catalog.texts.tuner.batch_all, { n: nSamples }) };
  const batch = { ...catalog.batch, high: nSamples, limits: /** @type {[number, number]} */ ([1, nSamples]), every, value: size === null ? ALL : String(size) };
  const acting = [written(entry.clip), written(entry.average)], outside = catalog.outside.map((setting, k) => ({ ...setting, value: acting[k] }));
  const menu = { ...catalog.schedule, value: schedule.id, note: catalog.laws[schedule.id] };
  const law = schedule.settings.map((setting) => ({ ...setting, name: `${schedule.id}.${setting.name}`, value: written(schedule.values[setting.name]), minor: true }));
  const all = [...own, ...(nSamples > 1 && choice.draws !== false ? [batch] : []), menu, ...law, ...outside];
  const settings = [...all.filter(({ minor }) => !minor), ...all.filter(({ minor }) => minor)];
  return { id, label: labelOf(catalog, entry, nSamples), color: lookOf(entry).look.color, settings, signs: catalog.signs, defaults: {} };
}

/**
 * The controls of a race.
 *
 * @param {Pocket} catalog
 * @param {PocketProblem} file
 * @param {{race: Race, isFixed: (name: string) => boolean}} of
 * @returns {Tuner}
 */
export function tunerOf(catalog, file, { race, isFixed }) {
  const { texts, lang, most, choices } = catalog, { n_samples: nSamples } = file.drawn, taken = race.entries.map(({ id }) => id);
  const runs = race.entries.map((entry) => {
    const control = tunableOf(catalog, file, entry);
    return { ...control, settings: control.settings.filter(({ name }) => !isFixed(`${entry.id}.${name}`)) };
  });
  const fitting = choices.filter(({ rule, batch_size: size }) => file.rules.includes(rule) && (size === undefined || nSamples > 1));
  const addable = fitting.filter(({ id }) => !taken.includes(id)).map((choice) => ({ id: choice.id, label: labelOf(catalog, { id: choice.id, choice, number: 1 }, nSamples) }));
  const others = choices.filter(({ rule, here }) => !file.rules.includes(rule) && here !== false), away = choices.filter(({ here }) => here === false);
  const named = (/** @type {{label: string}[]} */ those) => those.map(({ label }) => label).join(", ");
  const note = [others.length && fill(texts.lab.need_matrices, { names: named(others) }), away.length && fill(texts.pocket.only_in_app, { names: named(away) })];
  const shared = [{ ...catalog.run, name: "run.n_steps", value: String(race.nSteps) }].filter(({ name }) => !isFixed(name));
  return { runs, shared, ...(runs.length > 1 ? { together: catalog.together } : {}), addable, most, note: note.filter(Boolean).join(". "), lang, texts: texts.tuner };
}
