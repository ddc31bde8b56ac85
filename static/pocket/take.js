import { Race } from "../programs/race.js";
import { makeOf } from "../stage/rerun.js";
import { shortNumber } from "../stage/numbers.js";
import { save } from "../take_home/files.js";
import { TakeHome } from "../take_home/menu.js";
import { fileOf } from "./frame.js";
import { sceneOf, tunerOf } from "./scene.js";
/** @import { Live, LiveRun, Pocket, PocketProblem, Scene, Tunable, Tuner } from "../stage/messages.d.ts" */
/** @import { MountedStage } from "../stage/stage.js" */
/** @import { Problem, Race as Read, Slot } from "./reading.js" */

/**
 * @typedef {object} Shown what the Lab shows
 * @property {Pocket} catalog
 * @property {PocketProblem} file
 * @property {Problem} problem
 * @property {Read} race
 * @property {(slots: Slot[]) => Promise<Read>} raceWith the race with others, who sit beside it
 */

const LONGEST = 1000; // steps of a race that others may join, as in lossopt.figures.bench
const PATIENCE = 12; // ms of work until somebody else has a turn
const ALWAYS = ["learning_rate", "batch_size", "clip_norm", "average"];
const MARKS = /[&<>"']/g;
const TERM = /\[([^\]"]+)\]\(#[^)"]*\)/g; // leads to the glossary, which a page alone has not

/** Take it home: files that a browser makes of the Lab by itself. */
export class Take {
  /** @param {() => MountedStage} stage @param {() => Shown} shown */
  constructor(stage, shown) {
    this.shown = shown;
    this.menu = new TakeHome(stage, {
      page: async (_, { stem }) => save(new Blob([await this.#page(stem)], { type: "text/html" }), `${stem}.html`),
      table: async (_, { stem }) => save(new Blob([await tableOf(this.shown())], { type: "text/csv" }), `${stem}-steps.csv`),
    });
    this.root = this.menu.root;
  }

  update() {
    const { catalog: { texts }, problem } = this.shown();
    this.menu.update({ stem: `lossopt-${problem.start.split(".")[0]}`, texts: texts.take_home });
  }

  /** The stage with its controls, as lossopt.figures.player writes it. @param {string} title */
  async #page(title) {
    const { catalog, file, problem, race, raceWith } = this.shown(), /** @type {string[]} */ parts = await fileOf("player.json");
    const spare = race.nSteps > LONGEST ? [] : spareOf(catalog, file, race), whole = spare.length ? await raceWith(spare) : race;
    const scene = sceneOf(catalog, file, { problem, race: whole, play: 0 }), controls = alone(tunerOf(catalog, file, { race: whole, isFixed: () => false }), scene);
    const others = { aside: spare.map(({ id }) => id), most: spare.length ? catalog.most : 0, dashes: catalog.choices[0].looks.map(({ dash = [] }) => dash) };
    /** @type {Record<string, string>} */
    const filled = { LANG: catalog.lang, TITLE: title.replace(MARKS, (mark) => `&#${mark.charCodeAt(0)};`), SCENE: inside(scene).replace(TERM, "$1"), CONTROLS: inside(controls), OTHERS: inside(others) };
    return parts.map((part, k) => (k % 2 ? filled[part] : part)).join("");
  }
}

/** Every rule that takes no part and is run here, under its first name. @param {Pocket} catalog @param {PocketProblem} file @param {Read} race @returns {Slot[]} */
function spareOf({ choices }, { rules }, { entries }) {
  const seen = new Set(entries.map(({ choice }) => choice.rule)), isNew = (/** @type {string} */ rule) => !seen.has(rule) && Boolean(seen.add(rule));
  return choices.filter(({ rule }) => rules.includes(rule) && isNew(rule)).map((choice) => ({ id: choice.id, choice, number: 1 }));
}

/** Controls of all that a page can do by itself. @param {Tuner} tuner @param {Scene} scene @returns {Tuner} */
function alone(tuner, { live }) {
  const made = /** @type {LiveRun[]} */ (live?.runs), bound = made.some(({ factors }) => factors);
  const runs = tuner.runs.map((run, k) => ({ ...run, settings: run.settings.filter(({ name }) => ALWAYS.includes(name) || name in made[k].settings) }));
  return { ...tuner, runs, shared: bound ? [] : tuner.shared, note: "" };
}

/** A message as JSON that ends no script element. @param {unknown} message */
function inside(message) {
  return JSON.stringify(message).replaceAll("<", "\\u003c");
}

/** Every step of every run, as lossopt.comparisons.steps writes it. @param {Shown} shown */
async function tableOf({ catalog, file, problem, race }) {
  const { live, runs } = sceneOf(catalog, file, { problem, race, play: 0 }), { region, principal, ...plain } = /** @type {Live} */ (live);
  const { params, n_samples: nSamples } = { params: file.drawn.param_names, n_samples: file.drawn.n_samples }, epochs = nSamples > 1;
  const lived = new Race(await makeOf(plain), plain, Array.from({ length: race.nSteps + 1 }, (_, k) => k)), controls = tunerOf(catalog, file, { race, isFixed: () => false }).runs;
  lived.begin();
  while (!lived.work(performance.now() + PATIENCE)) await new Promise((go) => setTimeout(go));
  const rows = [["run", "settings", "step", ...(epochs ? ["epoch"] : []), "gradient_evaluations", "loss", ...params]];
  for (const [i, made] of lived.ran.runs.entries()) {
    const { label, steps_per_epoch: perEpoch } = runs[i], end = made?.diverged_at ?? race.nSteps + 1, said = inFull(runs[i].detail, controls[i]);
    for (let k = 0; made && k < end; k += 1) {
      const place = made.params.subarray(k * params.length, (k + 1) * params.length);
      rows.push([label, said, k, ...(epochs ? [k / perEpoch] : []), made.evaluations[k], made.loss[k], ...place].map(String));
    }
  }
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** How a contestant is set, with all digits. @param {string} detail @param {Tunable} control */
function inFull(detail, { settings }) {
  const digits = new Map(settings.map(({ value }) => [shortNumber(Number(value)), value]));
  return detail.split(" ").map((word) => digits.get(word) ?? word).join(" ");
}

/** @param {string} text */
function cell(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
