import { element } from "../stage/dom.js";

const HEIGHT = 720; // pixels in which stage, table and sentences stand without scrolling
const DONE = 2000; // ms for which a button says that it has copied

/**
 * What shows an address without menus within another page, as HTML.
 *
 * @param {string} address @param {string} title
 */
export function frameOf(address, title) {
  const bare = new URL(address);
  bare.searchParams.delete("present");
  bare.searchParams.set("bare", "1");
  bare.hash = "";
  const frame = element("iframe", { src: bare.href, title, loading: "lazy", allow: "fullscreen" });
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", String(HEIGHT));
  frame.setAttribute("style", "border: 0");
  return frame.outerHTML;
}

/** A text that can be copied at a press, with its name. */
export class Copied {
  constructor() {
    this.text = element("textarea", { className: "lo-take-address", readOnly: true, rows: 3, spellcheck: false });
    this.button = element("button", { type: "button", className: "lo-take-button" });
    this.name = element("p", { className: "lo-take-note" });
    this.root = element("div", {}, [this.name, this.text, this.button]);
    this.text.addEventListener("focus", () => this.text.select());
    this.button.addEventListener("click", () => this.#copy());
  }

  /** @param {string} text @param {{name: string, copy: string, copied: string}} texts */
  show(text, { name, copy, copied }) {
    this.text.value = text;
    this.text.setAttribute("aria-label", name);
    this.name.textContent = name;
    this.copy = copy;
    this.copied = copied;
    this.button.textContent = copy;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text.value);
    } catch { // no clipboard without a secure connection
      this.text.select();
      document.execCommand("copy");
    }
    this.button.textContent = this.copied ?? "";
    setTimeout(() => { this.button.textContent = this.copy ?? ""; }, DONE);
  }
}
