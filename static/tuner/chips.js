import { element, write } from "../stage/dom.js";
/** @import { Tunable, Tuner } from "../stage/messages.d.ts" */

/** The contestants as tabs: one is open, arrow keys go from one to the next. */
export class Chips {
  /**
   * @param {string} panel id of what they open
   * @param {(id: string) => void} onOpen
   */
  constructor(panel, onOpen) {
    this.panel = panel;
    this.onOpen = onOpen;
    this.root = element("div", { className: "lo-chips" });
    this.root.setAttribute("role", "tablist");
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /**
   * @param {Tuner} tuner
   * @param {string} open
   */
  show({ runs, texts }, open) {
    this.root.setAttribute("aria-label", texts.contestants);
    const chips = runs.map((run, i) => this.#chip(/** @type {HTMLElement | undefined} */ (this.root.children[i]), run, run.id === open));
    if (chips.some((chip, i) => chip !== this.root.children[i]) || chips.length !== this.root.children.length) this.root.replaceChildren(...chips);
  }

  /** @param {HTMLElement | undefined} known @param {Tunable} run @param {boolean} isOpen */
  #chip(known, { id, label, color }, isOpen) {
    const chip = known ?? element("button", { type: "button", className: "lo-chip" }, [element("i"), element("span")]);
    const [dot, name] = /** @type {HTMLElement[]} */ ([...chip.children]);
    for (const mode of /** @type {const} */ (["light", "dark"])) dot.style.setProperty(`--${mode}`, color[mode]);
    write(name, label);
    chip.dataset.id = id;
    chip.id = `${this.panel}-${id}`;
    chip.tabIndex = isOpen ? 0 : -1;
    for (const [key, value] of Object.entries({ role: "tab", "aria-selected": String(isOpen), "aria-controls": this.panel })) chip.setAttribute(key, value);
    if (!known) chip.addEventListener("click", () => this.onOpen(chip.dataset.id ?? ""));
    return chip;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const chips = /** @type {HTMLElement[]} */ ([...this.root.children]);
    const at = chips.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: chips.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const chip = chips[(to + chips.length) % chips.length];
    chip.focus();
    this.onOpen(chip.dataset.id ?? "");
  }
}
