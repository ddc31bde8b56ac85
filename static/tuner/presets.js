import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { RATE } from "./together.js";
/** @import { Preset } from "../stage/messages.d.ts" */

const NAMED = 4; // libraries that the note names
let count = 0;

/** A menu of libraries whose numbers a contestant can take over, and whose numbers it has now. */
export class Presets {
  /** @type {Preset[]} */
  #presets = [];
  /** @type {Map<string, string>} */
  #last = new Map(); // what was chosen last, by the ids of contestants

  /** @param {(preset: Preset) => void} onChoose */
  constructor(onChoose) {
    count += 1;
    const id = `lo-presets-${count}`;
    this.label = element("label", { htmlFor: id });
    this.select = element("select", { id, className: "lo-select" });
    this.note = element("p", { className: "lo-setting-note", id: `${id}-note` });
    this.select.setAttribute("aria-describedby", this.note.id);
    this.root = element("div", { className: "lo-presets" }, [this.label, this.select, this.note]);
    this.select.addEventListener("change", () => {
      const chosen = this.#presets.find(({ id }) => id === this.select.value);
      if (!chosen) return;
      this.#last.set(this.run, chosen.id);
      onChoose(chosen);
    });
    this.run = "";
  }

  /**
   * @param {string} run
   * @param {Preset[]} presets
   * @param {Record<string, string>} values of the contestant, by the names of its settings
   * @param {Record<string, string>} texts
   */
  show(run, presets, values, texts) {
    this.run = run;
    this.#presets = presets;
    this.root.hidden = !presets.length;
    write(this.label, texts.presets);
    const own = element("option", { value: "", textContent: texts.own, disabled: true });
    this.select.replaceChildren(own, ...presets.map(({ id, label }) => element("option", { value: id, textContent: label })));
    const same = presets.filter((preset) => has(values, preset));
    const near = presets.filter((preset) => !same.includes(preset) && has(values, preset, RATE)); // chosen for a problem, not for a library
    const chosen = same.find(({ id }) => id === this.#last.get(run)) ?? same[0];
    this.select.value = chosen?.id ?? "";
    write(this.note, [said(texts.same, same, texts), said(texts.but_rate, near, texts)].filter(Boolean).join(" ") || texts.nobody);
  }
}

/** @param {Record<string, string>} values @param {Preset} preset @param {string} [except] */
function has(values, preset, except) {
  return Object.entries(preset.values).every(([name, text]) => name === except || values[name] === text);
}

/** @param {string} sentence @param {Preset[]} presets @param {Record<string, string>} texts */
function said(sentence, presets, texts) {
  const names = presets.slice(0, NAMED).map(({ label }) => label).join(", ");
  const more = presets.length - NAMED;
  return presets.length ? fill(sentence, { names: more > 0 ? fill(texts.and_more, { names, n: String(more) }) : names }) : "";
}
