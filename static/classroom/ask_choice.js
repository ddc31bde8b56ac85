import { element } from "../stage/dom.js";
/** @import { Question } from "./class.d.ts" */

/** One of several answers. */
export class AskChoice {
  /** @type {number | null} */
  value = null;
  /** @type {string[]} */
  #options = [];

  /** @param {{onChange: () => void}} of */
  constructor({ onChange }) {
    this.root = element("div", { className: "cl-options" });
    this.root.setAttribute("role", "radiogroup");
    this.root.setAttribute("aria-labelledby", "question");
    this.root.addEventListener("change", () => {
      this.value = [...this.root.querySelectorAll("input")].findIndex((each) => each.checked);
      onChange();
    });
  }

  /** @param {Question} question @param {unknown} value */
  show({ options = [] }, value) {
    this.value = typeof value === "number" && value in options ? value : null;
    if (options.join("\n") !== this.#options.join("\n")) {
      this.root.replaceChildren(...options.map((option) => {
        const box = element("input", { type: "radio", name: "choice" });
        return element("label", {}, [box, element("span", { textContent: option })]);
      }));
    }
    this.#options = options;
    this.root.querySelectorAll("input").forEach((box, k) => { box.checked = k === this.value; });
  }

  /** @param {unknown} value */
  spell(value) {
    return this.#options[Number(value)] ?? "";
  }

  destroy() {
    this.root.remove();
  }
}
