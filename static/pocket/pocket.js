import { followPresenter, switchPresenter } from "../stage/presenter.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { Tuner } from "../tuner/tuner.js";
import { ownFile, ownOf, regionOf } from "./formula.js";
import { asked, at, awayOf, box, drawHead, fail, fileOf, keepAll, languageOf, notify, plotlyUrl, refusedOf, replace, select, writeAddress } from "./frame.js";
import { Home } from "./home.js";
import { Link, parsed } from "./link.js";
import { numbersOf } from "./numbers.js";
import { planesOf, readProblem, readRace, readSlots } from "./reading.js";
import { usualRate } from "./rates.js";
import { labelOf, sceneOf, tunerOf } from "./scene.js";
/** @import { Lineup, Pocket, PocketProblem } from "../stage/messages.d.ts" */
/** @import { Problem, Race, Slot } from "./reading.js" */


/** @typedef {{problem: Problem, file: PocketProblem, usual: PocketProblem, rates: Record<string, number>, race: Race}} Shown `rates` that were found */

/** The Lab: what its address says is drawn, and what is chosen on it stands in the address. */
class Lab {
  /** @type {Pocket} */
  #catalog;
  /** @type {Link} */
  #link;
  /** @type {Shown | undefined} */
  #shown;
  /** @type {Map<string, Promise<number>>} */
  #rates = new Map(); // that were found, by problem and contestant
  #round = 0;
  #play = 0;
  #stage;
  #tuner;
  #home = new Home(() => this.#stage, () => this.#toTake());

  constructor() {
    this.#stage = mountStage(at("stage"), {
      plotlyUrl: plotlyUrl(),
      plotlyWaits: true,
      onPresent: switchPresenter,
      onStart: ({ params }) => params && this.#take({ [this.#shown?.problem.start ?? ""]: params.join("_") }),
      onOptions: (options) => this.#take(Object.fromEntries(Object.keys(this.#catalog.view).map((name) => {
        const value = options[/** @type {"view"} */ (name)];
        return [name, typeof value === "boolean" ? String(Number(value)) : String(value)];
      }))),
    });
    this.#tuner = new Tuner(at("tuner"), {
      stage: () => this.#stage,
      onRest: () => {
        const { number, changes, ran } = this.#tuner.told();
        this.#take(changes);
        if (ran) this.#tuner.go(number, {});
        else this.#draw().catch((error) => this.#fail(error));
      },
      onLineup: (told) => this.#lineUp(told),
    });
    followPresenter({ parentElement: document.body, data: {}, setTriggerValue: () => {}, setStateValue: () => {} });
    window.addEventListener("popstate", () => this.open());
  }

  /** Show what the address says. */
  async open() {
    const query = asked();
    this.#catalog = await fileOf(`${languageOf(query.lang)}.json`);
    const { opening, always, problems } = this.#catalog;
    this.#link = new Link(query, { settings: opening, always, subjects: problems.map(({ id }) => id) });
    this.#play += 1;
    this.#drawHead();
    await this.#draw();
  }

  /** Read the settings anew and draw what they say; a later call takes over. */
  async #draw() {
    this.#round += 1;
    const round = this.#round, catalog = this.#catalog, link = this.#link;
    link.begin();
    const problem = readProblem(link, catalog);
    const found = await Promise.all([problem.file, problem.usual].map((name) => this.#problem(name)));
    const [file, usual] = found.map((each) => (problem.own ? ownFile(each, catalog, problem.own.formula) : each));
    const entered = readSlots(link, catalog, file), rates = await this.#ratesOf(problem, usual, entered.slots);
    if (round !== this.#round) return;
    const race = readRace(link, catalog, { problem, file, ...entered, rates });
    this.#shown = { problem, file, usual, rates, race };
    writeAddress(link.save());
    this.#say(file, entered.aside, problem.own?.refusal);
    this.#stage.update(sceneOf(catalog, file, { problem, race, play: this.#play }));
    this.#tuner.update(tunerOf(catalog, file, { race, isFixed: (name) => link.isFixed(name) }), Infinity);
    this.#drawProblem(problem);
    this.#drawRun(file, problem, race);
    this.#home.update();
    link.settle();
  }

  /** @param {Problem} problem @param {PocketProblem} usual @param {Slot[]} slots @returns {Promise<Record<string, number>>} */
  async #ratesOf(problem, usual, slots) {
    const pairs = slots.filter(({ id, choice }) => !this.#link.accepts(`${id}.learning_rate`, choice.settings.find(({ name }) => name === "learning_rate"))).map(async ({ id, choice }) => {
      const key = `${problem.own ? JSON.stringify([problem.own.formula.text, problem.own.formula.bounds]) : problem.usual} ${choice.id}`;
      if (!this.#rates.has(key)) this.#rates.set(key, usualRate(this.#catalog, usual, choice));
      return [id, await this.#rates.get(key)];
    });
    return Object.fromEntries(await Promise.all(pairs));
  }

  /** What is shown, for who takes it home. */
  #toTake() {
    const shown = /** @type {Shown} */ (this.#shown), catalog = this.#catalog, { problem, file, usual } = shown;
    /** @param {Slot[]} slots */
    const raceWith = async (slots) => {
      const rates = await this.#ratesOf(problem, usual, slots), { entries } = readRace(this.#link, catalog, { problem, file, slots, aside: [], rates });
      return { ...shown.race, entries: [...shown.race.entries, ...entries] };
    };
    return { ...shown, catalog, raceWith };
  }

  /** @param {string} name @returns {Promise<PocketProblem>} */
  #problem(name) {
    return fileOf(`problems/${name}.json`);
  }

  /** Take over what the stage and the tuner run by themselves. @param {Record<string, string>} changes */
  #take(changes) {
    if (!this.#shown) return;
    const { file, rates } = this.#shown, link = this.#link;
    for (const [name, text] of Object.entries(changes)) link.put(name, text);
    link.begin();
    const again = { problem: readProblem(link, this.#catalog), file, ...readSlots(link, this.#catalog, file), rates };
    this.#shown = { ...this.#shown, race: readRace(link, this.#catalog, again) };
    writeAddress(link.save());
    this.#home.update();
  }

  /** Change settings, and draw what they say. @param {Record<string, string | null>} changes */
  #choose(changes) {
    this.#take(this.#tuner.told().changes);
    this.#tuner.forget();
    for (const [name, text] of Object.entries(changes)) this.#link.put(name, text);
    this.#anew();
  }

  /** Draw, and let the race play from its start. */
  #anew() {
    this.#play += 1;
    this.#draw().catch((error) => this.#fail(error));
  }

  /** @param {Lineup} told */
  #lineUp({ act, id, changes }) {
    this.#take(changes);
    const ids = this.#shown?.race.entries.map((each) => each.id) ?? [];
    if (act === "add") ids.push(id);
    else if (act === "remove") ids.splice(ids.indexOf(id), 1);
    else {
      const [name] = id.split("~"), copy = Array.from({ length: this.#catalog.most }, (_, k) => (k ? `${name}~${k + 1}` : name)).find((each) => !ids.includes(each)) ?? id;
      this.#link.copy(id, copy);
      ids.push(copy);
    }
    this.#link.put("runs", ids.join("-"));
    this.#draw().catch((error) => this.#fail(error));
  }

  /** What of the address was not understood, and what only the app shows. @param {PocketProblem} file @param {Slot[]} aside @param {string} [refusal] */
  #say({ rules, drawn }, aside, refusal = "") {
    const { texts } = this.#catalog, { lab } = texts, namesOf = (/** @type {Slot[]} */ slots) => slots.map((slot) => labelOf(this.#catalog, slot, drawn.n_samples)).join(", ");
    const [rest, others] = [(/** @type {Slot} */ { choice }) => rules.includes(choice.rule), (/** @type {Slot} */ { choice }) => !rules.includes(choice.rule) && choice.here !== false].map((keeps) => aside.filter(keeps));
    const said = [
      ...refusedOf(this.#link, texts),
      ...(refusal ? [refusal] : []),
      ...awayOf(this.#link, texts),
      ...(rest.length ? [fill(lab.no_samples, { names: namesOf(rest) })] : []),
      ...(others.length ? [fill(lab.stands_aside, { names: namesOf(others) })] : []),
    ];
    notify(said.map((text) => [text]));
  }

  /** @param {unknown} error */
  #fail(error) {
    fail(error, this.#catalog?.texts);
  }

  #drawHead() {
    const { lang, texts } = this.#catalog;
    drawHead(lang, texts, { title: `${texts.app.name} · ${texts.pocket.title}`, again: () => this.open().catch((error) => this.#fail(error)) });
  }

  /** @param {Problem} problem */
  #drawProblem({ id, task, model, loss, own }) {
    const { problems, tasks, texts: { lab }, examples } = this.#catalog, link = this.#link;
    const ready = select(lab.examples, [{ id: "", label: "–" }, ...examples], "", (name) => {
      const chosen = examples.find((each) => each.id === name);
      if (!chosen) return;
      this.#tuner.forget();
      this.#link = new Link(chosen.settings, link.opening);
      this.#link.prepare(chosen.settings);
      this.#anew();
    });
    const menus = [ready, link.isFixed("problem") ? "" : select(lab.problem, problems.filter(({ here }) => here !== false), id, (name) => this.#choose({ problem: name, model: null, loss: null }))];
    if (task && !link.isFixed("model")) menus.push(select(lab.model, tasks[task].models, model ?? "", (name) => this.#choose({ model: name, loss: null })));
    if (task && !link.isFixed("loss")) menus.push(select(lab.loss, tasks[task].losses, loss ?? "", (name) => this.#choose({ loss: name })));
    if (own) {
      const { formula: { text, bounds } } = own, { words } = this.#catalog.formula;
      menus.push(box(words.formula, text, (typed) => {
        const { refusal = "" } = ownOf(this.#catalog, typed, bounds);
        if (!refusal) this.#choose({ "formula.text": typed, "formula.start": null });
        return refusal;
      }), box(words.region, bounds.flat().join(", "), (typed) => {
        const region = regionOf(typed), { refusal = words.region_wrong } = region ? ownOf(this.#catalog, text, region) : {};
        if (!region || refusal !== words.region_wrong) return refusal;
        this.#choose({ "formula.region": region.flat().join("_"), "formula.start": null });
        return "";
      }));
    }
    replace(at("problem"), menus);
  }

  /** @param {PocketProblem} file @param {Problem} problem @param {Race} race */
  #drawRun({ drawn, words }, problem, race) {
    const { texts: { lab }, lang, order } = this.#catalog, { n_params: size, n_samples: nSamples, param_names: names } = drawn;
    const shown = names.length <= 8 ? names : [...names.slice(0, 3), "…", names[names.length - 1]];
    const start = box(fill(lab.start, { name: shown.join(", ") }), race.start.join(", "), (text) => {
      const numbers = numbersOf(text, size);
      if (numbers) this.#choose({ [problem.start]: numbers.join("_") });
      return numbers ? "" : fill(lab.start_wrong, { n: size, example: race.start.slice(0, 3).join(", ") });
    });
    const menus = [start];
    if (size !== 2) {
      const { params } = words[lang], planes = planesOf(size).map((id) => ({ id, label: id === "pca" ? lab.plane_pca : fill(lab.plane_axes, { x: params[Number(id.split("-")[0])], y: params[Number(id.split("-")[1])] }) }));
      menus.push(select(lab.plane, planes, race.plane, (plane) => this.#choose({ plane })));
    }
    if (nSamples > 1 && race.entries.some((entry) => entry.size !== null)) {
      menus.push(box(order.label, String(race.seed), (text) => {
        const seed = parsed(order, text);
        if (seed !== undefined) this.#choose({ "run.batch_seed": String(seed) });
        return seed === undefined ? fill(this.#catalog.texts.tuner.wrong_whole, { low: order.limits?.[0], high: order.limits?.[1] }) : "";
      }));
    }
    replace(at("run"), menus);
  }

  start() {
    return this.open().catch((error) => this.#fail(error));
  }
}

new Lab().start().then(keepAll).catch(console.info);
