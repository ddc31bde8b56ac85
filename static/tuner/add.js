import { element, write } from "../stage/dom.js";
/** @import { Choice } from "../stage/messages.d.ts" */
/** @import { Texts } from "./control.js" */

let count = 0;

/** A button that opens a list to search in; Enter, a click or a tap takes an entry. */
export class AddBox {
  /** @type {Choice[]} */
  #choices = [];
  #active = 0;
  #nothing = "";

  /** @param {(id: string) => void} onAdd */
  constructor(onAdd) {
    count += 1;
    const id = `lo-add-${count}`;
    this.onAdd = onAdd;
    this.button = element("button", { type: "button", className: "lo-tuner-button" });
    this.input = element("input", { type: "search", className: "lo-search", autocomplete: "off", spellcheck: false });
    this.list = element("ul", { id, className: "lo-list" });
    this.none = element("p", { className: "lo-setting-note" });
    this.note = element("p", { className: "lo-setting-note" });
    this.panel = element("div", { className: "lo-add", hidden: true }, [this.input, this.list, this.none, this.note]);
    this.list.setAttribute("role", "listbox");
    this.none.setAttribute("role", "status");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": id, "aria-autocomplete": "list", "aria-expanded": "true" })) this.input.setAttribute(name, value);
    this.button.addEventListener("click", () => this.#open(Boolean(this.panel.hidden)));
    this.input.addEventListener("input", () => this.#fill());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.#open(false);
  }

  /**
   * @param {{choices: Choice[], note: string, full: boolean, texts: Texts}} parts
   */
  show({ choices, note, full, texts }) {
    this.#choices = choices;
    write(this.button, texts.add);
    this.button.disabled = full;
    this.input.placeholder = texts.search;
    this.input.setAttribute("aria-label", texts.search);
    this.list.setAttribute("aria-label", texts.add);
    this.#nothing = texts.none_found;
    write(this.note, note);
    this.note.hidden = !note;
    if (full) this.#open(false);
    if (!this.panel.hidden) this.#fill();
  }

  /** @param {boolean} open */
  #open(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.input.value = "";
    this.#fill();
    this.input.focus();
  }

  /** The entries that hold what was written, those that begin with it first. */
  get #found() {
    const asked = this.input.value.trim().toLocaleLowerCase();
    const at = (/** @type {Choice} */ { label }) => label.toLocaleLowerCase().indexOf(asked);
    return this.#choices.filter((choice) => at(choice) >= 0).sort((a, b) => Math.min(at(a), 1) - Math.min(at(b), 1));
  }

  #fill() {
    this.#active = 0;
    const entries = this.#found.map(({ id, label }, i) => {
      const entry = element("li", { id: `${this.list.id}-${i}`, textContent: label });
      entry.setAttribute("role", "option");
      entry.addEventListener("click", () => this.#take(id));
      return entry;
    });
    this.list.replaceChildren(...entries);
    this.list.hidden = !entries.length;
    this.none.textContent = entries.length ? "" : this.#nothing;
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((entry, i) => entry.setAttribute("aria-selected", String(i === this.#active)));
    const active = this.list.children[this.#active];
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (active && this.#active) active.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const last = this.list.children.length - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps) this.#active = Math.min(Math.max(this.#active + steps, 0), Math.max(last, 0));
    else if (event.key === "Enter" && last >= 0) this.#take(this.#found[this.#active].id);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    this.#mark();
  }

  #close() {
    this.#open(false);
    this.button.focus();
  }

  /** @param {string} id */
  #take(id) {
    this.#close();
    this.onAdd(id);
  }
}
