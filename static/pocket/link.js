import { decimalOf, numbersOf, wholeOf } from "./numbers.js";
/** @import { Setting } from "../stage/messages.d.ts" */

/**
 * @typedef {string | number | boolean} Value
 * @typedef {Record<string, string>} Texts
 * @typedef {{settings: Texts, always: string[], subjects: string[]}} Opening what is shown first: see `Opening` in lossopt/links/settings.py
 */

export const KEPT = ["lang", "present", "bare", "fix"];
const [LONGEST, SOME] = [4000, 5]; // characters of a list that are read, and entries that a notice names

/** The settings of an address, read as the app reads them (lossopt/links/settings.py). */
export class Link {
  /** @type {Map<string, string>} */
  #values = new Map();
  /** @type {Texts} */
  #opening = {};
  /** @type {Map<string, string>} */
  #ready = new Map();
  /** @type {Map<string, string>} */
  #used = new Map();
  #read = new Set();
  #arrived = true;
  /** @type {[string, string][]} */
  notices = [];
  /** @type {Set<string>} */
  away = new Set(); // what only the app shows

  /** @param {Texts} query @param {Opening} opening */
  constructor(query, opening) {
    this.fixed = (query.fix ?? "").split("-");
    this.opening = opening;
    for (const [name, text] of Object.entries(query)) if (!KEPT.includes(name)) this.#values.set(name, text);
    this.#fill();
  }

  #fill() {
    const { settings, always, subjects } = this.opening, subject = this.#values.get("problem") ?? "";
    const other = subjects.includes(subject) && subject !== settings.problem;
    const leftOut = Object.entries(settings).filter(([name]) => !this.#values.has(name));
    if (other || always.every((name) => this.#values.has(name)) || !leftOut.length) return;
    for (const [name, text] of leftOut) this.#values.set(name, text);
    this.prepare(settings);
    this.#opening = settings;
  }

  /** Remember values that came with an example. @param {Texts} settings */
  prepare(settings) {
    for (const [name, text] of Object.entries(settings)) if (this.#values.get(name) === text || name === "problem") this.#ready.set(name, text);
  }

  /** Bring defaults back where an example was made for something else than is chosen now. */
  dropReady() {
    const about = ["problem", "model", "loss"], ready = new Map(this.#ready);
    if (!ready.size || about.every((name) => this.#values.get(name) === ready.get(name))) return;
    this.#ready.clear();
    for (const [name, text] of ready) if (!about.includes(name) && this.#values.get(name) === text) this.#values.delete(name);
  }

  /** Begin to read it, once more. */
  begin() {
    this.#used.clear();
    this.#read.clear();
    this.notices = [];
    this.away.clear();
  }

  /** It is shown: whoever has seen a notice does not see it again. */
  settle() {
    this.#arrived = false;
  }

  /** Change a setting; null brings its default back. @param {string} name @param {string | null} text */
  put(name, text) {
    if (text === null) this.#values.delete(name);
    else this.#values.set(name, text);
  }

  /** Bring the defaults of all settings back that begin so. @param {string} start */
  forget(start) {
    for (const name of this.#values.keys()) if (name.startsWith(start)) this.#values.delete(name);
  }

  /** Give a contestant the settings of another one. @param {string} id @param {string} other */
  copy(id, other) {
    this.forget(`${other}.`);
    for (const [name, text] of [...this.#values]) if (name.startsWith(`${id}.`)) this.#values.set(other + name.slice(id.length), text);
  }

  /** Whether a value that can be used was chosen. @param {string} name @param {Setting} [setting] */
  accepts(name, setting) {
    const text = this.#values.get(name);
    return text !== undefined && setting !== undefined && parsed(setting, text) !== undefined;
  }

  /** @param {string} name */
  isFixed(name) {
    return this.fixed.includes("all") || this.fixed.includes(name);
  }

  /**
   * Value of a setting; one that `parse` refuses (undefined) counts as left out and gives a notice.
   *
   * @template T
   * @param {string} name @param {T} usual @param {(text: string) => T | undefined} parse
   * @returns {T}
   */
  read(name, usual, parse) {
    this.#read.add(name);
    const text = this.#values.get(name);
    if (text === undefined) return usual;
    for (const written of new Set([text, this.#opening[name] ?? text])) {
      const value = parse(written);
      if (value !== undefined) return value;
      if (written === text && this.#arrived) this.notices.push(["bad_value", name]);
    }
    return usual;
  }

  /**
   * Value of a setting that is a list, without the entries that `parse` refuses.
   *
   * @template T
   * @param {string} name @param {T} usual @param {(text: string) => T | undefined} parse
   * @returns {T}
   */
  readList(name, usual, parse) {
    let kept = "";
    const refused = [];
    for (const part of (this.#values.get(name) ?? "").slice(0, LONGEST).split(/[-,]/)) {
      const longer = kept ? `${kept}-${part}` : part;
      if (parse(longer) !== undefined) kept = longer;
      else refused.push(part.replace(/[^\p{L}\p{N}_~.]/gu, "").slice(0, 40) || "?");
    }
    if (!kept || !refused.length) return this.read(name, usual, parse);
    this.#read.add(name);
    if (this.#arrived) this.notices.push(["bad_entry", refused.slice(0, SOME).join(", ")]);
    return parse(kept) ?? usual;
  }

  /** One of some ids. @param {string} name @param {string[]} options @param {string} [usual] */
  choice(name, options, usual = options[0]) {
    const chosen = this.read(name, usual, (text) => (options.includes(text) ? text : undefined));
    this.write(name, chosen, usual);
    return chosen;
  }

  /** A setting that says itself what it accepts; where nobody knows what is usual, it is written in any case. @param {string} name @param {Setting} setting @param {string | null} [usual] */
  field(name, setting, usual = setting.value) {
    const otherwise = /** @type {Value} */ (parsed(setting, usual ?? setting.value)), chosen = this.read(name, otherwise, (text) => parsed(setting, text));
    this.write(name, written(chosen), usual === null ? "" : written(otherwise));
    return chosen;
  }

  /** So many numbers. @param {string} name @param {number[]} usual */
  numbers(name, usual) {
    const chosen = this.read(name, usual, (text) => numbersOf(text, usual.length));
    this.write(name, chosen.map(written).join("_"), usual.map(written).join("_"));
    return chosen;
  }

  /** Note a setting in use; defaults stay out of the address, unless the opening differs. @param {string} name @param {string} text @param {string} [usual] */
  write(name, text, usual = "") {
    if (text === usual) this.#values.delete(name);
    else this.#values.set(name, text);
    this.#used.delete(name);
    if (text !== usual || (text && name in this.opening.settings)) this.#used.set(name, text);
  }

  /** Keep a setting that only the app shows as it stands. @param {string} name @param {string} label */
  leave(name, label) {
    this.#read.add(name);
    const text = this.#values.get(name);
    if (text === undefined) return;
    this.#used.set(name, text);
    this.away.add(label);
  }

  /** All that is left to the app. @param {(name: string) => string | undefined} labelOf */
  leaveAll(labelOf) {
    for (const name of this.#values.keys()) {
      const label = this.#read.has(name) ? undefined : labelOf(name);
      if (label) this.leave(name, label);
    }
  }

  /** What the address is to say; and whether it said what nobody knows. @returns {Texts} */
  save() {
    if (this.#arrived && [...this.#values.keys()].some((name) => !this.#read.has(name))) this.notices.push(["unknown", ""]);
    const { settings } = this.opening, used = Object.fromEntries(this.#used);
    const isOpening = this.#used.size === Object.keys(settings).length && Object.entries(settings).every(([name, text]) => used[name] === text);
    return isOpening ? {} : used;
  }
}

/**
 * A value as a setting takes it, undefined where it does not: see `Param.parse` in lossopt/params.py.
 *
 * @param {Setting} setting
 * @param {string} text
 * @returns {Value | undefined}
 */
export function parsed({ kind, choices = [], limits = [0, 1] }, text) {
  if (kind === "choice") return choices.some(({ id }) => id === text) ? text : undefined;
  if (kind === "switch") return text === "1" || text === "0" ? text === "1" : undefined;
  const value = kind === "whole" ? wholeOf(text) : decimalOf(text);
  return value !== undefined && value >= limits[0] && value <= limits[1] ? value : undefined;
}

/** @param {Setting} setting @param {Value} value */
export function isUsual(setting, value) {
  return value === parsed(setting, setting.value);
}

/** A value so that `parsed` reads it back. @param {Value} value */
export function written(value) {
  return typeof value === "boolean" ? String(Number(value)) : Object.is(value, -0) ? "-0" : String(value);
}
