import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { AddBox } from "./add.js";
import { Chips } from "./chips.js";
import { controlOf } from "./control.js";
import { detailOf, fieldsOf } from "./fields.js";
import { Pending } from "./pending.js";
import { Presets } from "./presets.js";
import { RATE, ratesOf, Together } from "./together.js";
/** @import { Limit, Lineup, Preset, Setting, Tunable, Tuned, Tuner as Message } from "../stage/messages.d.ts" */
/** @import { MountedStage } from "../stage/stage.js" */
/** @import { Control } from "./control.js" */

const PAUSE = 300; // ms at rest until the page is told
const STEPS = "run.n_steps"; // shared settings that a stage knows
const SEED = "run.batch_seed";
let count = 0;

/** @typedef {{changes: Record<string, string>, ran: boolean}} Rested what the page does not know, and whether the stage runs all of it */

/**
 * The controls of a race. Every move runs the race on the stage beside it; the page is told once it rests.
 */
export class Tuner {
  /** @type {Message} */
  #message;
  #pending = new Pending();
  #together = new Together();
  /** @type {Map<string, Control>} */
  #controls = new Map(); // by the whole name of the setting, its kind and its choices
  /** @type {Map<string, () => void>} */
  #again = new Map(); // shows a setting as it is chosen now, by its whole name
  #open = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} host
   * @param {object} settings
   * @param {() => MountedStage | undefined} settings.stage
   * @param {(rested: Rested) => void} [settings.onRest] the hand rests: the page is to be `told`
   * @param {(told: Lineup) => void} [settings.onLineup]
   * @param {() => void} [settings.onShow] another contestant is open, or the same one is set otherwise by the page
   */
  constructor(host, { stage, onRest = () => {}, onLineup = () => {}, onShow = () => {} }) {
    count += 1;
    this.stage = stage;
    this.onRest = onRest;
    this.onLineup = onLineup;
    this.onShow = onShow;
    this.title = element("p", { className: "lo-tuner-title" });
    this.panel = element("div", { id: `lo-panel-${count}`, className: "lo-tuner-panel" });
    this.panel.setAttribute("role", "tabpanel");
    this.chips = new Chips(this.panel.id, (id) => this.#show(id));
    this.add = new AddBox((id) => this.#lineUp("add", id));
    this.copy = this.#button(() => this.#lineUp("copy", this.#open));
    this.remove = this.#button(() => this.#lineUp("remove", this.#open));
    this.buttons = element("div", { className: "lo-tuner-buttons" }, [this.add.button, this.copy, this.remove]);
    this.major = element("div");
    this.presets = new Presets((preset) => this.#take(this.#open, preset));
    this.minor = element("div");
    this.summary = element("summary");
    this.fold = element("details", { className: "lo-fold" }, [this.summary, this.presets.root, this.minor]);
    this.panel.append(this.major, this.fold);
    this.together = element("div", { className: "lo-tuner-shared lo-together" });
    this.shared = element("div", { className: "lo-tuner-shared" });
    this.root = element("section", { className: "lo-stage lo-tuner" }, [this.title, this.chips.root, this.buttons, this.add.panel, this.panel, this.together, this.shared]);
    this.root.dataset.testid = "tuner";
    host.append(this.root);
  }

  /** @param {() => void} onClick */
  #button(onClick) {
    const button = element("button", { type: "button", className: "lo-tuner-button" });
    button.addEventListener("click", onClick);
    return button;
  }

  /**
   * Show a race; `heard` is the number of what the page has heard last.
   *
   * @param {Message} message
   * @param {number} [heard]
   */
  update(message, heard = 0) {
    const known = this.#message?.runs.map(({ id }) => id) ?? [];
    const fresh = known.length ? message.runs.find(({ id }) => !known.includes(id)) : undefined;
    this.#message = message;
    this.#pending.hear(heard);
    this.#show(fresh?.id ?? this.#open);
  }

  /**
   * Go on with the race that the stage runs: the page has heard of it, and says what theory says about it.
   *
   * @param {number} heard
   * @param {Record<string, Limit | null>} limits
   */
  go(heard, limits) {
    this.#pending.hear(heard, { keep: true });
    this.stage()?.learn(Object.fromEntries(Object.entries(limits).filter(([id]) => !this.#pending.isWaiting(id))));
  }

  /** @param {string} open */
  #show(open) {
    const { runs, shared = [], addable = [], most = 0, note = "", texts, lang } = this.#message;
    const run = runs.find(({ id }) => id === open) ?? runs[0];
    this.#open = run.id;
    this.root.lang = lang;
    write(this.title, texts.title);
    this.chips.show(this.#message, run.id);
    this.panel.setAttribute("aria-labelledby", `${this.panel.id}-${run.id}`);
    this.title.hidden = this.chips.root.hidden = runs.length + most < 2;
    this.buttons.hidden = !most;
    write(this.copy, texts.copy);
    write(this.remove, texts.remove);
    this.copy.disabled = runs.length >= most;
    this.remove.disabled = runs.length < 2;
    this.add.show({ choices: addable, note, full: runs.length >= most, texts });
    const minor = run.settings.filter((setting) => setting.minor);
    this.#place(this.major, run.settings.filter((setting) => !setting.minor), run);
    this.#place(this.minor, minor, run);
    this.#showPresets(run);
    write(this.summary, fill(texts.more, { name: run.label }));
    this.fold.hidden = !minor.length && !run.presets?.length;
    this.#showTogether();
    this.#place(this.shared, shared);
    this.shared.hidden = !shared.length;
    this.onShow();
  }

  /** The contestant that is open, with all its settings as they are chosen. */
  get open() {
    const run = this.#message?.runs.find(({ id }) => id === this.#open);
    if (!run) return null;
    const { id, label, settings } = run;
    return { id, label, settings: Object.fromEntries(settings.map(({ name, value }) => [name, this.#pending.textOf(`${id}.${name}`) ?? value])) };
  }

  /** The learning rates of all contestants, as they are chosen. */
  get #rates() {
    return ratesOf(this.#message.runs, (name) => this.#pending.textOf(name));
  }

  #showTogether() {
    const { together } = this.#message;
    this.#together.follow(this.#rates);
    this.#place(this.together, together ? [{ ...together, value: this.#together.factor }] : []);
    this.together.hidden = !together;
  }

  /** @param {string} factor @param {{rests: boolean}} how */
  #multiply(factor, { rests }) {
    clearTimeout(this.#timer);
    for (const [name, text] of this.#together.times(factor, this.#rates)) this.#pending.set(name, text);
    this.#play();
    this.#again.get(`${this.#open}.${RATE}`)?.();
    if (!rests) return;
    this.#show(this.#open);
    this.#tell(PAUSE);
  }

  /** @param {Tunable} run */
  #showPresets({ id, presets = [], defaults = {}, settings }) {
    const texts = Object.fromEntries(settings.map(({ name, value }) => [name, this.#pending.textOf(`${id}.${name}`) ?? value]));
    this.presets.show(id, presets.map((preset) => whole(preset, defaults)), texts, this.#message.texts);
  }

  /** @param {string} id @param {Preset} preset */
  #take(id, { values }) {
    for (const [name, text] of Object.entries(values)) this.#pending.set(`${id}.${name}`, text);
    this.#play(id);
    this.#show(this.#open);
    this.#tell(0);
  }

  /**
   * Show settings, by the controls that are there already: one that has the focus keeps it.
   *
   * @param {HTMLElement} room
   * @param {Setting[]} settings
   * @param {Tunable} [run]
   */
  #place(room, settings, run) {
    const controls = settings.map((setting) => {
      const name = run ? `${run.id}.${setting.name}` : setting.name;
      const key = `${name} ${setting.kind} ${this.#message.lang} ${setting.choices?.map(({ id }) => id) ?? ""} ${setting.help ?? ""}`;
      const control = this.#controls.get(key) ?? controlOf(setting, this.#message.texts, (text, how) => this.#change(name, text, how, run?.id));
      this.#controls.set(key, control);
      const show = () => control.show(setting, this.#pending.textOf(name) ?? setting.value);
      this.#again.set(name, show);
      show();
      return control.root;
    });
    const same = controls.length === room.children.length && controls.every((root, i) => root === room.children[i]);
    if (!same) room.replaceChildren(...controls);
  }

  /** @param {string} name @param {string} text @param {{rests: boolean}} how @param {string} [id] */
  #change(name, text, { rests }, id) {
    if (name === this.#message.together?.name) return this.#multiply(text, { rests });
    clearTimeout(this.#timer);
    this.#pending.set(name, text);
    this.#play(id);
    if (!rests) return;
    this.#tell(PAUSE);
    this.#showTogether();
    const run = this.#message.runs.find((each) => each.id === id);
    if (run) this.#showPresets(run);
  }

  /**
   * Let the stage run what was chosen, of one contestant or of all.
   *
   * @param {string} [only]
   */
  #play(only) {
    const stage = this.stage();
    if (!stage) return;
    stage.hold();
    const textOf = (/** @type {string} */ name) => this.#pending.textOf(name);
    for (const run of this.#message.runs) {
      if (only && run.id !== only) continue;
      const fields = fieldsOf(run, textOf, (field) => stage.canTune(run.id, field));
      const seed = textOf(SEED);
      if (seed !== undefined) fields.seed = seed;
      stage.tune(run.id, Object.keys(fields).length ? fields : null, detailOf(run, textOf));
    }
    const steps = textOf(STEPS);
    if (!only && steps !== undefined) stage.setSteps(Number(steps));
  }

  /** @param {Lineup["act"]} act @param {string} id */
  #lineUp(act, id) {
    clearTimeout(this.#timer);
    this.onLineup({ ...this.told(), act, id });
  }

  /** Drop what was chosen: the page has another race. */
  forget() {
    clearTimeout(this.#timer);
    this.#pending.hear(Infinity);
  }

  /** All that the page does not know yet. @returns {Tuned} */
  told() {
    return { ...this.#pending.tell(), ran: this.#runsHere() };
  }

  /** @param {number} pause */
  #tell(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.stage()?.rest();
      this.onRest({ changes: this.#pending.waiting, ran: this.#runsHere() });
    }, pause);
  }

  /** Whether the stage runs by itself all that was chosen. */
  #runsHere() {
    const stage = this.stage();
    return Boolean(stage) && this.#pending.names.every((name) => {
      const [id, field] = halves(name);
      return name === STEPS ? stage?.canTakeSteps() : stage?.canTune(id, field);
    });
  }

  destroy() {
    clearTimeout(this.#timer);
    this.root.remove();
  }
}

/**
 * Whose setting it is, and which.
 *
 * @param {string} name
 */
function halves(name) {
  const end = name.indexOf(".");
  return [name.slice(0, end), name.slice(end + 1)];
}

/**
 * A preset with all that it sets.
 *
 * @param {Preset} preset
 * @param {Record<string, string>} defaults
 */
function whole({ values, stays = [], ...named }, defaults) {
  return { ...named, values: Object.fromEntries(Object.entries({ ...defaults, ...values }).filter(([name]) => !stays.includes(name))) };
}
