import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { asked, at, drawHead, fail, fileOf, keepAll, languageOf, notify, refusedOf, writeAddress } from "./frame.js";
import { Link } from "./link.js";
import { plain } from "./sought.js";
/** @import { PocketGlossary, PocketTerm } from "../stage/messages.d.ts" */

/** The glossary: terms that are sought, all of them at first. */
class Glossary {
  /** @type {PocketGlossary} */
  #told;
  /** @type {Link} */
  #link;

  constructor() {
    window.addEventListener("popstate", () => this.start());
  }

  async open() {
    const query = asked();
    this.#told = await fileOf(`glossary/${languageOf(query.lang)}.json`);
    this.#link = new Link(query, { settings: {}, always: [], subjects: [] });
    const { lang, texts } = this.#told;
    drawHead(lang, texts, { title: `${texts.menu.glossary} · ${texts.app.name}`, again: () => this.start() });
    write(at("intro"), texts.glossary.intro);
    const shown = this.#read();
    this.#drawChoice(shown.sought);
    this.#draw(shown);
    notify(refusedOf(this.#link, texts).map((text) => [text]));
    const meant = location.hash.slice(1).replaceAll("%5F", "_");
    [...at("terms").querySelectorAll("section")].find(({ id }) => id === meant)?.scrollIntoView();
  }

  start() {
    return this.open().catch((error) => fail(error, this.#told?.texts));
  }

  /** @param {string} sought */
  #drawChoice(sought) {
    const { texts: { glossary }, orders, longest } = this.#told;
    const field = element("input", { type: "search", value: sought, maxLength: longest, ariaLabel: glossary.find, placeholder: glossary.find, autocomplete: "off" });
    field.addEventListener("input", () => {
      this.#link.put("find", field.value);
      this.#draw();
    });
    const buttons = orders.map(({ id, label }) => {
      const button = element("button", { type: "button", textContent: label });
      button.dataset.order = id;
      button.addEventListener("click", () => {
        this.#link.put("order", id);
        this.#draw();
      });
      return button;
    });
    const group = element("div", { className: "lo-tabs" }, buttons);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", glossary.order);
    at("choice").replaceChildren(field, group);
  }

  /** What the address says, as the app reads it. */
  #read() {
    const { orders, longest } = this.#told, link = this.#link;
    link.begin();
    const sought = link.read("find", "", (text) => text.slice(0, longest)).trim();
    link.write("find", sought);
    return { sought, order: link.choice("order", orders.map(({ id }) => id)) };
  }

  #draw({ sought, order } = this.#read()) {
    const { texts: { glossary }, topics, terms } = this.#told;
    writeAddress(this.#link.save());
    this.#link.settle();
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (at("choice").querySelectorAll("[data-order]"))) button.setAttribute("aria-pressed", String(button.dataset.order === order));
    const found = terms.filter((term) => term.sought.split("\n").some((text) => text.includes(plain(sought))));
    const byId = new Map(found.map((term) => [term.id, term]));
    const here = (/** @type {string[]} */ ids) => ids.flatMap((id) => byId.get(id) ?? []);
    const lists = order === "name" ? [{ name: "", terms: found }] : topics.map((topic) => ({ name: topic.name, terms: here(topic.terms) }));
    const shown = lists.filter((list) => list.terms.length).flatMap((list) => [
      ...(list.name ? [element("h2", { textContent: list.name })] : []),
      element("div", { className: "lo-terms" }, list.terms.map((term) => this.#term(term, here(term.related)))),
    ]);
    at("terms").replaceChildren(...(shown.length ? shown : [element("p", { textContent: fill(glossary.nothing, { sought: `“${sought}”` }) })]));
  }

  /** Name, also in the other language, its sentence, and what leads on from it. @param {PocketTerm} term @param {PocketTerm[]} related */
  #term({ id, name, others, html, seen, place }, related) {
    const { texts: { glossary } } = this.#told;
    const near = related.flatMap((each, k) => [k ? " · " : " ", element("a", { href: `#${each.id}`, textContent: each.name })]);
    const text = element("div", { innerHTML: html }); // made when the edition was
    return element("section", { id }, [
      element("h3", { textContent: name }),
      ...(others ? [element("p", { className: "lo-small", textContent: others })] : []),
      text,
      ...(near.length ? [element("p", {}, [glossary.related, ...near])] : []),
      ...(seen && place ? [element("p", {}, [element("a", { className: "lo-leads", href: seen, textContent: fill(glossary.seen, { place }) })])] : []),
    ]);
  }
}

new Glossary().start().then(keepAll).catch(console.info);
