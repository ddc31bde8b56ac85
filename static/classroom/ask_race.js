import { element } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { spell } from "../tuner/control.js";
import { Tuner } from "../tuner/tuner.js";
import { ask } from "./talk.js";
/** @import { Tunable, Tuner as Message } from "../stage/messages.d.ts" */
/** @import { Entered, Question } from "./class.d.ts" */

const AGAIN = 1500; // ms until the rules are asked for again

/** A rule and its settings, for the race of the class. */
export class AskRace {
  /** @type {Message | null} */
  #message = null;
  /** @type {Tuner | null} */
  #tuner = null;
  /** @type {Entered | null} */
  #given = null;
  #open = "";
  #isGone = false;

  /** @param {{texts: Readonly<Record<string, string>>, lang: string, onChange: () => void, onReady: () => void}} of `onReady` when there is something to enter */
  constructor({ texts, lang, onChange, onReady }) {
    this.texts = texts;
    this.lang = lang;
    this.onReady = onReady;
    this.select = element("select", { id: "rule", className: "cl-rule" });
    this.note = element("p", { textContent: texts.loading });
    this.note.setAttribute("role", "status");
    this.host = element("div", { className: "cl-tuner" });
    this.head = element("div", { className: "cl-who", hidden: true }, [element("label", { htmlFor: "rule", textContent: texts.rule }), this.select]);
    this.root = element("div", { className: "cl-race-answer" }, [this.note, this.head, this.host]);
    this.select.addEventListener("change", () => {
      this.#choose(this.select.value);
      onChange();
    });
    for (const type of ["input", "change"]) this.host.addEventListener(type, () => onChange());
  }

  /** A rule with all its settings. @returns {Entered | null} */
  get value() {
    const open = this.#tuner?.open;
    return open ? { rule: open.id, settings: open.settings } : null;
  }

  get #run() {
    return this.#message?.runs.find(({ id }) => id === this.#open);
  }

  /** @param {Question} question @param {unknown} value */
  show(question, value) {
    this.#given = /** @type {Entered | null} */ (value ?? null);
    if (!this.#message) this.#load(question);
    else if (this.#given && !same(this.#given, this.value)) this.#take(this.#given); // from the Lab, for instance
  }

  /** @param {Entered} given */
  #take(given) {
    if (!this.#message) return;
    this.#tuner?.forget();
    this.#message = { ...this.#message, runs: this.#message.runs.map((run) => asGiven(run, given)) };
    this.#choose(given.rule);
  }

  /** @param {Question} question */
  async #load(question) {
    if (this.#isGone) return;
    const { link, rules = [] } = question;
    const path = `tuner?${new URLSearchParams({ lang: this.lang, link: link ?? "" })}`;
    const message = await ask(path).catch(() => null);
    if (this.#isGone || this.#message) return;
    if (!message) return void setTimeout(() => this.#load(question), AGAIN);
    const runs = /** @type {Tunable[]} */ (message.runs).filter(({ id }) => !rules.length || rules.includes(id));
    this.#message = { ...message, runs: runs.map((run) => asGiven(run, this.#given)) };
    this.select.replaceChildren(...runs.map(({ id, label }) => element("option", { value: id, textContent: label })));
    this.note.hidden = true;
    this.head.hidden = false;
    this.#tuner = new Tuner(this.host, { stage: () => undefined });
    this.#choose(this.#given?.rule ?? runs[0]?.id ?? "");
    this.onReady();
  }

  /** @param {string} id */
  #choose(id) {
    this.#open = id;
    this.select.value = id;
    if (this.#run && this.#message) this.#tuner?.update({ ...this.#message, runs: [this.#run] });
  }

  /** @param {unknown} value */
  spell(value) {
    const { rule, settings } = /** @type {Entered} */ (value), run = this.#message?.runs.find(({ id }) => id === rule);
    const rate = run?.settings.find(({ name }) => name === "learning_rate"), text = settings.learning_rate;
    return rate && text !== undefined ? fill("{name}, η {rate}", { name: run?.label ?? rule, rate: spell(rate, String(text)) }) : run?.label ?? rule;
  }

  destroy() {
    this.#isGone = true;
    this.#tuner?.destroy();
    this.root.remove();
  }
}

/**
 * A contestant as it was entered before.
 *
 * @param {Tunable} run
 * @param {Entered | null} given
 */
function asGiven(run, given) {
  if (run.id !== given?.rule) return run;
  return { ...run, settings: run.settings.map((setting) => ({ ...setting, value: String(given.settings[setting.name] ?? setting.value) })) };
}

/** @param {Entered} one @param {Entered | null} other */
function same(one, other) {
  const names = new Set([...Object.keys(one.settings), ...Object.keys(other?.settings ?? {})]);
  return one.rule === other?.rule && [...names].every((name) => one.settings[name] === other?.settings[name]);
}
