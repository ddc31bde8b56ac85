import * as math from "../programs/math.js";
import { unpacked } from "../programs/race.js";
import { makeOf } from "../stage/rerun.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { Tuner } from "../tuner/tuner.js";
import { at, box, fileOf, HERE, replace, select } from "./frame.js";
import { isUsual } from "./link.js";
import { numbersOf } from "./numbers.js";
import { overlays } from "./overlays.js";
import { fileFor, STAYS } from "./reading.js";
import { sceneOf, tunerOf } from "./scene.js";
/** @import { Doubles, Live, Pocket, PocketAnatomy, PocketCard, PocketCards, PocketProblem } from "../stage/messages.d.ts" */
/** @import { Link } from "./link.js" */
/** @import { Race } from "./reading.js" */

const PLOTLY = /** @type {HTMLElement} */ (document.querySelector("script[data-plotly]")).dataset.plotly ?? "";

/** The anatomy of one step: a stage with arrows and lines of numbers, and the controls of its run. */
export class Anatomy {
  /** @type {Link} */
  #link;
  #start = ""; // name in the address
  /** @type {Record<string, string[]>} */
  #view = {}; // what the stage's options can be, the usual one first

  /** @param {() => void} redraw once settings have changed @param {() => void} say what the address is now */
  constructor(redraw, say) {
    this.redraw = redraw;
    this.stage = mountStage(at("stage"), {
      plotlyUrl: String(new URL(PLOTLY, HERE)),
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

  /** Draw what the address says of a card. @param {Link} link @param {PocketCards} cards @param {PocketCard} card */
  async show(link, cards, card) {
    const { texts, lang } = cards, { anatomy } = card;
    this.#link = link;
    at("apart").hidden = !anatomy;
    at("none").hidden = Boolean(anatomy);
    at("none").textContent = texts.optimizers["anatomy.none"];
    if (!anatomy) return;
    /** @type {Pocket} */
    const catalog = await fileOf(`${lang}.json`);
    const surface = link.choice("problem", cards.surfaces.map(({ id }) => id));
    const { file: name } = fileFor(link, catalog, [surface]);
    /** @type {PocketProblem} */
    const file = await fileOf(`problems/${name}.json`);
    const race = this.#read(link, catalog, { cards, card, surface, file });
    const scene = sceneOf(catalog, file, { problem: { id: surface, start: this.#start, file: name, usual: surface }, race, play: 0 });
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
    this.#drawMenus(catalog, cards, { surface, race, file });
  }

  /**
   * @param {Link} link @param {Pocket} catalog
   * @param {{cards: PocketCards, card: PocketCard, surface: string, file: PocketProblem}} of
   * @returns {Race}
   */
  #read(link, catalog, { cards, card, surface, file }) {
    const taken = ["learning_rate", ...card.anatomy?.settings ?? []];
    const values = Object.fromEntries(card.settings.map((setting) => [setting.name, link.field(`${card.id}.${setting.name}`, setting)]));
    for (const setting of card.settings) {
      if (taken.includes(setting.name) || isUsual(setting, values[setting.name])) continue;
      link.leave(`${card.id}.${setting.name}`, `${card.label}: ${setting.label}`);
    }
    const nSteps = Number(link.field("run.n_steps", cards.length));
    this.#start = `${surface}.start`;
    const start = link.numbers(this.#start, [...unpacked(/** @type {Doubles} */ (file.drawn.live?.start))]);
    this.#view = file.falls ? { ...catalog.view, scale: ["linear", ...catalog.view.scale] } : catalog.view;
    const choice = { id: card.id, rule: card.id, label: card.label, plain: card.label, looks: [card.look], settings: card.settings, draws: false };
    return { entries: [{ id: card.id, choice, number: 1, values, size: null, schedule: STAYS, clip: 0, average: false }], nSteps, start, plane: "0-1", seed: 0, view: this.#readView() };
  }

  #readView() {
    return Object.fromEntries(Object.entries(this.#view).map(([name, options]) => [name, this.#link.choice(name, options)]));
  }

  /** @param {Pocket} catalog @param {PocketCards} cards @param {{surface: string, race: Race, file: PocketProblem}} of */
  #drawMenus({ texts: { lab } }, { surfaces }, { surface, race, file: { drawn: { param_names: names } } }) {
    replace(at("problem"), [select(lab.problem, surfaces, surface, (id) => this.#put({ problem: id }))]);
    replace(at("run"), [box(fill(lab.start, { name: names.join(", ") }), race.start.join(", "), (text) => {
      const numbers = numbersOf(text, names.length);
      if (numbers) this.#put({ [this.#start]: numbers.join("_") });
      return numbers ? "" : fill(lab.start_wrong, { n: names.length, example: race.start.join(", ") });
    })]);
  }
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
