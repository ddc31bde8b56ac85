import { element } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { done, forgetDone } from "./done.js";
/** @import { Card, Gallery } from "../stage/messages.d.ts" */

/** All lessons as cards; who has done which only this browser knows. */
export class GalleryView {
  /** @type {Gallery} */
  #shown;

  /** @param {HTMLElement} host @param {{onOpen: (lesson: string) => void}} of */
  constructor(host, { onOpen }) {
    this.onOpen = onOpen;
    this.root = element("div", { className: "lo-gallery" });
    this.root.dataset.testid = "gallery";
    host.append(this.root);
  }

  /** @param {Gallery} gallery */
  update(gallery) {
    this.#shown = gallery;
    this.#layOut();
  }

  destroy() {
    this.root.remove();
  }

  #layOut() {
    const { cards, texts } = this.#shown, known = done(), count = cards.filter(({ id }) => known.has(id)).length;
    const head = [element("h2", { textContent: texts.title }), element("p", { textContent: texts.how }), ...this.#progress(count)];
    const list = element("ol", {}, cards.map((card) => element("li", {}, [this.#card(card, known.has(card.id))])));
    this.root.replaceChildren(element("div", { className: "lo-gallery-head" }, head), list);
  }

  /** @param {number} count */
  #progress(count) {
    const { cards, texts } = this.#shown;
    if (!count) return [];
    const forget = element("button", { type: "button", textContent: texts.forget });
    forget.addEventListener("click", () => {
      forgetDone();
      this.#layOut();
      this.root.querySelector("a")?.focus();
    });
    return [element("p", { className: "lo-progress" }, [fill(texts.progress, { done: count, all: cards.length }), " ", forget])];
  }

  /** @param {Card} card @param {boolean} isDone */
  #card({ id, title, about, still, href }, isDone) {
    const picture = element("div", { className: "lo-card-still", innerHTML: still }); // made by our own server, of numbers only
    const mark = isDone ? [element("span", { className: "lo-card-done", textContent: `✓ ${this.#shown.texts.done}` })] : [];
    const words = [element("h3", { textContent: title }), element("p", {}, [about, ...mark])];
    const card = element("a", { href, className: "lo-card" }, [picture, ...words]);
    card.dataset.lesson = id;
    card.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.onOpen(id);
    });
    return card;
  }
}
