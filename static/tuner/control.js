import { element, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
import { fill } from "../stage/texts.js";
import { scaleOf } from "./scale.js";
/** @import { Setting } from "../stage/messages.d.ts" */
/** @import { Scale } from "./scale.js" */

/**
 * @typedef {Record<string, string>} Texts
 * @typedef {(text: string, how: {rests: boolean}) => void} OnChange another value was chosen; whether it is not under the hand any more
 * @typedef {(setting: Setting, text: string) => void} Show
 * @typedef {{root: HTMLElement, show: Show}} Control
 * @typedef {{inputs: (HTMLInputElement | HTMLSelectElement)[], extra?: HTMLElement[], side?: boolean, show: Show}} Parts
 */

let count = 0; // of the controls made so far, for ids

/**
 * The control of a setting.
 *
 * @param {Setting} setting
 * @param {Texts} texts
 * @param {OnChange} onChange
 * @returns {Control}
 */
export function controlOf(setting, texts, onChange) {
  count += 1;
  const id = `lo-tuner-${count}`;
  const make = setting.kind === "switch" ? switchOf : setting.kind === "choice" ? choiceOf : numberOf;
  const { inputs, extra = [], side = false, show } = make(setting, texts, onChange);
  inputs[0].id = id;
  const label = element("label", { htmlFor: id });
  const note = element("p", { className: "lo-setting-note", id: `${id}-note` });
  const help = helpOf(setting, texts);
  const head = element("div", { className: "lo-setting-head" }, [...(side ? inputs : []), label, ...help, ...extra]);
  const root = element("div", { className: "lo-setting" }, [head, ...(side ? [] : [inputs[0]]), note]);
  return {
    root,
    show(next, text) {
      write(label, next.label);
      for (const input of inputs) Object.assign(input, { disabled: Boolean(next.rests), ariaLabel: next.label });
      show(next, text);
      write(note, next.note ?? "");
      if (note.hidden !== !next.note) note.hidden = !next.note;
      if (next.note) inputs[0].setAttribute("aria-describedby", note.id);
      else inputs[0].removeAttribute("aria-describedby");
    },
  };
}

/**
 * A question mark that says more when it is pointed at or reached.
 *
 * @param {Setting} setting
 * @param {Texts} texts
 */
function helpOf({ help, label }, texts) {
  if (!help) return [];
  const words = element("span", { className: "lo-help-text", textContent: help });
  words.setAttribute("role", "tooltip");
  const button = element("button", { type: "button", className: "lo-help", textContent: "?" });
  button.setAttribute("aria-label", `${fill(texts.help, { name: label })} ${help}`);
  return [element("span", { className: "lo-help-room" }, [button, words])];
}

/** @param {Setting} _ @param {Texts} __ @param {OnChange} onChange @returns {Parts} */
function switchOf(_, __, onChange) {
  const box = element("input", { type: "checkbox", className: "lo-check" });
  box.setAttribute("role", "switch");
  box.addEventListener("change", () => onChange(box.checked ? "1" : "0", { rests: true }));
  return { inputs: [box], side: true, show: (_, text) => { box.checked = text === "1"; } };
}

/** @param {Setting} setting @param {Texts} _ @param {OnChange} onChange @returns {Parts} */
function choiceOf({ choices = [] }, _, onChange) {
  const select = element("select", { className: "lo-select" }, choices.map(({ id, label }) => element("option", { value: id, textContent: label })));
  select.addEventListener("change", () => onChange(select.value, { rests: true }));
  return { inputs: [select], show: (_, text) => { select.value = text; } };
}

/**
 * A slider with a box for any number that is accepted.
 *
 * @param {Setting} first
 * @param {Texts} texts
 * @param {OnChange} onChange
 * @returns {Parts}
 */
function numberOf(first, texts, onChange) {
  let setting = first;
  /** @type {Scale} */
  let scale;
  let shown = "";
  const slider = element("input", { type: "range", min: 0, step: 1, className: "lo-scrub" });
  const box = element("input", { type: "text", inputMode: first.kind === "whole" ? "numeric" : "decimal", autocomplete: "off", spellcheck: false, className: first.every ? "lo-number lo-wide" : "lo-number" });
  const wrong = element("p", { className: "lo-setting-wrong", hidden: true });
  wrong.setAttribute("role", "alert");

  /** @param {string} text @param {{rests: boolean}} how */
  function choose(text, how) {
    display(text);
    onChange(text, how);
  }

  /** @param {string} text */
  function display(text) {
    shown = text;
    if (!wrong.hidden) wrong.hidden = true;
    box.removeAttribute("aria-invalid");
    const spoken = spell(setting, text), isFree = document.activeElement !== box || box.dataset.asked !== "1";
    if (isFree && box.value !== spoken) box.value = spoken;
    slider.setAttribute("aria-valuetext", spoken);
  }

  function refuse() {
    const { kind, limits: [low, high] = [0, 1] } = setting;
    const sentence = kind === "whole" ? texts.wrong_whole : high > 1e300 ? texts.wrong_from : texts.wrong;
    wrong.textContent = fill(sentence, { low: wholly(low), high: wholly(high) });
    wrong.hidden = false;
    box.setAttribute("aria-invalid", "true");
  }

  function take() {
    box.dataset.asked = "";
    if (box.value.trim() === spell(setting, shown)) return display(shown);
    const text = read(setting, box.value);
    if (text === null) return refuse();
    scale = scaleOf(setting, numberIn(setting, text));
    slider.max = String(scale.last);
    slider.value = String(scale.placeOf(numberIn(setting, text)));
    return choose(text, { rests: true });
  }

  const slide = (/** @type {boolean} */ rests) => choose(textOf(setting, scale.valueAt(slider.valueAsNumber)), { rests });
  slider.addEventListener("input", () => slide(false));
  slider.addEventListener("change", () => slide(true));
  box.addEventListener("input", () => { box.dataset.asked = "1"; });
  box.addEventListener("change", take);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
  });
  const room = element("span", { className: "lo-number-room" }, [box]);
  return {
    inputs: [slider, box],
    extra: [room, wrong],
    show(next, text) {
      const value = numberIn(next, text);
      setting = next;
      scale = scaleOf(next, value);
      slider.max = String(scale.last);
      if (slider.valueAsNumber !== scale.placeOf(value)) slider.value = String(scale.placeOf(value));
      if (text !== shown || wrong.hidden) display(text);
    },
  };
}

/**
 * The number that a text of a link means.
 *
 * @param {Setting} setting
 * @param {string} text
 */
export function numberIn({ every, high = 1 }, text) {
  return every && text === every.id ? high : Number(text);
}

/** @param {Setting} setting @param {number} value */
function textOf({ every, high = 1 }, value) {
  return every && value >= high ? every.id : String(value);
}

/**
 * A value for people.
 *
 * @param {Setting} setting
 * @param {string} text
 */
export function spell({ every }, text) {
  return every && text === every.id ? every.label : String(Number(text)); // 1e-05 of a link is 0.00001
}

/**
 * A limit with all its digits: 0.999999 is not 1.
 *
 * @param {number} limit
 */
function wholly(limit) {
  return limit && limit < 1e-4 ? shortNumber(limit) : limit.toLocaleString("en", { maximumFractionDigits: 9 });
}

const GROUPED = /^[-−]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/; // as this page itself writes 10,000

/**
 * What a person wrote into a box, as it stands in a link; null where it is not accepted.
 *
 * @param {Setting} setting
 * @param {string} written
 */
export function read(setting, written) {
  const { kind, every, limits: [low, high] = [0, 1] } = setting;
  const plain = written.trim();
  if (every && [every.id, every.label].includes(plain)) return every.id;
  const point = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  const value = Number(point.replace("−", "-"));
  if (plain === "" || !(value >= low && value <= high)) return null;
  if (kind === "whole" && !Number.isInteger(value)) return null;
  return textOf(setting, value);
}
