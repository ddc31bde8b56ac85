import * as math from "../programs/math.js";
import { unpacked } from "../programs/race.js";
import { makeOf } from "../stage/rerun.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { Tuner } from "../tuner/tuner.js";
import { at, box, fileOf, plotlyUrl, replace, select } from "./frame.js";
import { isUsual, parsed } from "./link.js";
import { numbersOf } from "./numbers.js";
import { overlays } from "./overlays.js";
import { fileFor, STAYS } from "./reading.js";
import { sceneOf, tunerOf } from "./scene.js";
/** @import { Doubles, Live, Pocket, PocketAnatomy, PocketCard, PocketCards, PocketLibraries, PocketProblem } from "../stage/messages.d.ts" */
/** @import { Link } from "./link.js" */
/** @import { Problem, Race } from "./reading.js" */

/** @typedef {{catalog: Pocket, file: PocketProblem, problem: Problem, race: Omit<Race, "entries">}} Ground */

/** A stage on a small surface: for the anatomy of one step, or for the paths of libraries. */
export class OptimizerStage {
  /** @type {Link} */
  #link;
  #start = ""; // name in the address
  #play = 0;
  /** @type {Record<string, string[]>} */
  #view = {}; // what the stage's options can be, the usual one first

  /** @param {() => void} redraw once settings have changed @param {() => void} say what the address is now */
  constructor(redraw, say) {
    this.redraw = redraw;
    this.stage = mountStage(at("stage"), {
      plotlyUrl: plotlyUrl(),
      plotlyWaits: true,
      onStart: ({ params }) => params && this.#put({ [this.#start]: params.join("_") }),
      onOptions: (options) => {
        for (const name of Object.keys(this.#view)) {
          const value = options[/** @type {"view"} */ (name)];
          this.#link.put(name, typeof value === "boolean" ? String(Number(value)) : String(value));
        }
        this.#readView();
        say();
      },
    });
    this.tuner = new Tuner(at("tuner"), {
      stage: () => this.stage,
      onRest: () => {
        const told = this.tuner.told();
        this.tuner.go(told.number, {});
        this.#put(told.changes);
      },
    });
  }

  /** @param {Record<string, string>} changes */
  #put(changes) {
    for (const [name, text] of Object.entries(changes)) this.#link.put(name, text);
    this.redraw();
  }

  /** The anatomy of an optimizer's step: arrows and lines of numbers. @param {Link} link @param {PocketCards} cards @param {PocketCard} card */
  async showAnatomy(link, cards, card) {
    const { texts, lang } = cards, { anatomy } = card;
    show({ apart: anatomy, none: !anatomy, tuner: anatomy });
    at("none").textContent = texts.optimizers["anatomy.none"];
    if (!anatomy) return;
    const ground = await this.#ground(link, cards), { catalog, file } = ground, { values, away } = valuesOf(link, card, anatomy);
    for (const setting of away) link.leave(`${card.id}.${setting.name}`, `${card.label}: ${setting.label}`);
    const choice = { id: card.id, rule: card.id, label: card.label, plain: card.label, looks: [card.look], settings: card.settings, draws: false };
    const race = { ...ground.race, entries: [{ id: card.id, choice, number: 1, values, ...PLAIN }] };
    const scene = sceneOf(catalog, file, { problem: ground.problem, race, play: 0 });
    this.stage.update({
      ...scene,
      ...await laidOver(anatomy, file, { race, head: [fill(texts.optimizers["anatomy.head"], { step: "{0}" }), ...file.drawn.param_names].join("\t") }),
      options: { ...scene.options, autoplay: false },
      messages: [...file.words[lang].said, texts.optimizers["anatomy.hint"]],
    });
    const names = ["learning_rate", ...anatomy.settings];
    const told = tunerOf(catalog, file, { race, isFixed: (each) => link.isFixed(each) });
    const runs = told.runs.map((run) => ({ ...run, settings: run.settings.filter((setting) => names.includes(setting.name)) }));
    const shared = [{ ...cards.length, name: "run.n_steps", value: String(race.nSteps) }].filter((each) => !link.isFixed(each.name));
    this.tuner.update({ runs, shared, addable: [], most: 1, lang, texts: told.texts }, Infinity);
    this.#drawMenus(cards, ground, []);
  }

  /** The paths of all libraries with the same learning rate. @param {Link} link @param {PocketCards} cards @param {PocketCard} card @param {PocketLibraries} libraries */
  async showPaths(link, cards, card, { paths: told }) {
    show({ apart: told, none: false, tuner: false });
    if (!told) return;
    const { paths, text } = told, { lang, texts } = cards, ground = await this.#ground(link, cards), { catalog, file } = ground, { live } = file.drawn;
    const [rate] = card.settings, value = link.field(`${card.id}.${rate.name}`, rate), handed = await makeOf(/** @type {Live} */ (live));
    const all = /** @type {Live} */ (/** @type {unknown} */ ({ ...live, text, handed, runs: paths.map(({ run }) => run) }));
    const entries = paths.map(({ id, label, look, run }) => ({
      id, number: 1, values: { ...run.settings, learning_rate: value }, ...PLAIN,
      choice: { id, rule: id, label, plain: label, looks: [look], settings: [rate], draws: false },
    }));
    const race = { ...ground.race, entries }, own = { ...file, rules: paths.map(({ id }) => id), drawn: { ...file.drawn, live: all } };
    const scene = sceneOf(catalog, own, { problem: ground.problem, race, play: this.#play });
    this.stage.update({
      ...scene,
      runs: scene.runs.map((run, k) => ({ ...run, detail: paths[k].detail })),
      limits: paths.map(() => null),
      messages: [...file.words[lang].said, texts.optimizers["libraries.hint"]],
    });
    const typed = [rate, cards.length].map((setting, k) => {
      const name = k ? "run.n_steps" : `${card.id}.${rate.name}`, wrong = catalog.texts.tuner[k ? "wrong_whole" : "wrong"], [low, high] = setting.limits ?? [];
      return link.isFixed(name) ? "" : box(setting.label, String(k ? race.nSteps : value), (asked) => {
        if (parsed(setting, asked) === undefined) return fill(wrong, { low, high });
        this.#put({ [name]: asked });
        return "";
      });
    });
    this.#drawMenus(cards, ground, typed);
  }

  /** The surface, and where and how long one descends it. @param {Link} link @param {PocketCards} cards @returns {Promise<Ground>} */
  async #ground(link, cards) {
    this.#link = link;
    /** @type {Pocket} */
    const catalog = await fileOf(`${cards.lang}.json`);
    const id = link.choice("problem", cards.surfaces.map((surface) => surface.id)), { file: name } = fileFor(link, catalog, [id]);
    /** @type {PocketProblem} */
    const file = await fileOf(`problems/${name}.json`);
    const nSteps = Number(link.field("run.n_steps", cards.length));
    this.#start = `${id}.start`;
    const start = link.numbers(this.#start, [...unpacked(/** @type {Doubles} */ (file.drawn.live?.start))]);
    this.#view = file.falls ? { ...catalog.view, scale: ["linear", ...catalog.view.scale] } : catalog.view;
    this.#play += 1;
    return { catalog, file, problem: { id, start: this.#start, file: name, usual: id }, race: { nSteps, start, plane: "0-1", seed: 0, view: this.#readView() } };
  }

  #readView() {
    return Object.fromEntries(Object.entries(this.#view).map(([name, options]) => [name, this.#link.choice(name, options)]));
  }

  /** @param {PocketCards} cards @param {Ground} ground @param {(Node | string)[]} typed */
  #drawMenus({ surfaces }, { catalog: { texts: { lab } }, problem, race, file: { drawn: { param_names: names } } }, typed) {
    replace(at("problem"), [select(lab.problem, surfaces, problem.id, (id) => this.#put({ problem: id }))]);
    replace(at("run"), [...typed, box(fill(lab.start, { name: names.join(", ") }), race.start.join(", "), (text) => {
      const numbers = numbersOf(text, names.length);
      if (numbers) this.#put({ [this.#start]: numbers.join("_") });
      return numbers ? "" : fill(lab.start_wrong, { n: names.length, example: race.start.join(", ") });
    })]);
  }
}

const PLAIN = { size: null, schedule: STAYS, clip: 0, average: false }; // nothing acts on a rule from outside

/** @param {Record<string, unknown>} parts of the page */
function show(parts) {
  for (const [id, isShown] of Object.entries(parts)) at(id).hidden = !isShown;
}

/** Hyperparameters, and those that the anatomy does not know otherwise than at their defaults. @param {Link} link @param {PocketCard} card @param {PocketAnatomy} anatomy */
function valuesOf(link, { id, settings }, anatomy) {
  const values = Object.fromEntries(settings.map((setting) => [setting.name, link.field(`${id}.${setting.name}`, setting)]));
  const away = settings.filter((setting) => ![settings[0].name, ...anatomy.settings].includes(setting.name) && !isUsual(setting, values[setting.name]));
  return { values, away };
}

/**
 * @param {PocketAnatomy} anatomy @param {PocketProblem} file
 * @param {{race: Race, head: string}} of
 */
async function laidOver(anatomy, { drawn: { live }, bounds }, { race: { entries: [{ values }], start, nSteps }, head }) {
  const make = await makeOf(/** @type {Live} */ (live)), { gradient } = make(math);
  const taken = await makeOf(/** @type {Live} */ ({ text: anatomy.text }));
  return overlays(anatomy, /** @type {any} */ (taken), {
    gradient: (x, y) => gradient(x, y), start, nSteps, head,
    rate: Number(values.learning_rate), settings: anatomy.settings.map((name) => Number(values[name])),
    sides: /** @type {[number, number]} */ (bounds.map(([low, high]) => high - low)),
  });
}
