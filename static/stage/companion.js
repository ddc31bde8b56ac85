import { Chart } from "./axes.js";
import { element } from "./dom.js";
import { entryAt, linkStyles, placing } from "./placing.js";
import { clockOf } from "./registry.js";
import { readTheme, watchTheme } from "./theme.js";
/** @import { Theme } from "./drawn.d.ts" */

/** A small picture beside a stage that follows the clock of its group. */
export class Companion {
  /** @type {Theme} */
  theme;
  /** @type {any} */
  #shown = null;
  #request = 0;
  #stale = true;
  #undo;

  /** @param {HTMLElement} host @param {{clock: import("./clock.js").Clock, name: string}} of */
  constructor(host, { clock, name }) {
    const probe = element("span", { className: "lo-probe", ariaHidden: "true" });
    const body = element("div", { className: "lo-body" });
    this.root = element("div", { className: `lo-stage lo-${name}` }, [probe, body]);
    this.root.dataset.testid = name;
    this.root.setAttribute("role", "img");
    host.append(this.root);
    this.probe = probe;
    this.clock = clock;
    this.chart = new Chart(body);
    const refresh = () => {
      this.#stale = true;
      this.#wake();
    };
    const observer = new ResizeObserver(refresh);
    observer.observe(body);
    this.#undo = [clock.subscribe(() => this.#wake()), watchTheme(probe, refresh), () => observer.disconnect()];
  }

  /**
   * What is drawn of a message, with a `description` in words.
   *
   * @param {any} data
   * @returns {any}
   */
  decode(data) {
    return data;
  }

  /**
   * Draw what stands still.
   *
   * @param {any} _shown
   */
  layOut(_shown) {}

  /**
   * Draw what moves.
   *
   * @param {any} _shown
   */
  draw(_shown) {}

  /** @param {any} data */
  update(data) {
    this.#shown = this.decode(data);
    this.root.setAttribute("aria-label", this.#shown.description);
    this.#stale = true;
    this.#wake();
  }

  destroy() {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
    for (const undo of this.#undo) undo();
    this.root.remove();
  }

  #wake() {
    if (this.#request === 0 && this.#shown) this.#request = requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame() {
    this.#request = 0;
    if (!this.root.isConnected) return;
    if (this.#stale) {
      this.#stale = false;
      this.theme = readTheme(this.probe);
      this.layOut(this.#shown);
    }
    this.chart.moving.clear();
    this.draw(this.#shown);
  }
}

/**
 * What a component's module exports: mounts such a picture for `component.data.group`.
 *
 * @param {typeof Companion} Kind
 * @param {string} name
 */
export function companion(Kind, name) {
  return placing((parentElement, { data: { group } }) => {
    linkStyles(new URL("stage.css", import.meta.url).href);
    const place = document.createElement("div");
    parentElement.append(place);
    const view = new Kind(place, { clock: clockOf(group), name });
    return Object.assign(entryAt(place), {
      update: (/** @type {any} */ data) => view.update(data),
      destroy: () => view.destroy(),
    });
  });
}
