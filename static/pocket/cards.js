import { Explanation } from "../glossary/explanation.js";
import { drawFamily, NARROW } from "../optimizers/family.js";
import { element } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { asked, at, drawHead, fail, fileOf, HERE, keepAll, languageOf, notify, select, writeAddress } from "./frame.js";
import { Link } from "./link.js";
/** @import { PocketCard, PocketCards, PocketLibraries } from "../stage/messages.d.ts" */
/** @import { Anatomy } from "./anatomy.js" */

/** The optimizers: a family tree to choose from, and what there is to know of each. */
class Cards {
  /** @type {PocketCards} */
  #told;
  /** @type {Link} */
  #link;
  /** @type {Promise<Anatomy> | undefined} */
  #anatomy;
  #round = 0;
  #terms = new Explanation(document.body);

  constructor() {
    window.addEventListener("popstate", () => this.start());
    NARROW.addEventListener("change", () => this.#drawTree());
    at("card").addEventListener("click", (event) => {
      const link = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("a[data-part]")) : null;
      if (!link) return;
      event.preventDefault();
      this.#choose({ part: link.dataset.part ?? "" });
    });
  }

  async open() {
    const query = asked();
    this.#told = await fileOf(`cards/${languageOf(query.lang)}.json`);
    this.#terms.learn(String(new URL(`terms/${this.#told.lang}.json`, HERE)));
    this.#link = new Link(query, { settings: {}, always: [], subjects: [] });
    await this.#draw();
  }

  start() {
    return this.open().catch((error) => fail(error, this.#told?.texts));
  }

  get #id() {
    const { members, usual } = this.#told;
    return this.#link.choice("optimizer", members.map(({ id }) => id), usual);
  }

  /** @param {Record<string, string | null>} changes */
  #choose(changes) {
    for (const [name, text] of Object.entries(changes)) this.#link.put(name, text);
    this.#draw().catch((error) => fail(error, this.#told.texts));
  }

  /** Read the settings anew and draw what they say; a later call takes over. */
  async #draw() {
    this.#round += 1;
    const round = this.#round, link = this.#link, { lang, parts, texts } = this.#told;
    link.begin();
    const id = this.#id, part = link.choice("part", parts.map((each) => each.id));
    this.#drawTree();
    this.#drawChoice(id, part);
    at("card").hidden = part === "anatomy";
    at("anatomy").hidden = part !== "anatomy";
    /** @type {PocketCard} */
    const card = await fileOf(`cards/${id}.${lang}.json`);
    const libraries = part === "libraries" ? await fileOf(`libraries/${id}.${lang}.json`) : null;
    const anatomy = part === "anatomy" ? await this.#anatomyPart() : null;
    if (round !== this.#round) return;
    drawHead(lang, texts, { title: `${card.label} · ${texts.app.name}`, again: () => this.start() });
    if (libraries) this.#drawLibraries(id, libraries);
    else if (anatomy) await anatomy.show(link, this.#told, card);
    else at("card").innerHTML = card.card; // made when the edition was
    if (round === this.#round) this.#say();
  }

  /** What was not understood, and what only the app shows. */
  #say() {
    const { texts: { notice, pocket } } = this.#told, link = this.#link;
    writeAddress(link.save());
    const said = link.notices.map(([key, name]) => fill(notice[key], { name }).replaceAll("`", ""));
    if (link.away.size) said.push(fill(pocket.away, { names: [...link.away].join(", ") }));
    notify(said.map((text) => [text]));
    link.settle();
  }

  /** The stage that takes steps apart comes when it is asked for. */
  #anatomyPart() {
    this.#anatomy ??= import(String(new URL("anatomy.js", HERE))).then((module) => new module.Anatomy(() => this.#draw().catch((error) => fail(error, this.#told.texts)), () => this.#say()));
    return this.#anatomy;
  }

  #drawTree() {
    if (!this.#told) return;
    const { members, texts } = this.#told;
    drawFamily(at("tree"), { members, chosen: this.#id, title: texts.optimizers.tree }, (optimizer) => this.#choose({ optimizer }));
  }

  /** @param {string} id @param {string} part */
  #drawChoice(id, part) {
    const { members, parts, texts: { optimizers } } = this.#told;
    const menu = select(optimizers.optimizer, members, id, (optimizer) => this.#choose({ optimizer }));
    menu.className = "lo-optimizer";
    const buttons = parts.map((each) => {
      const button = element("button", { type: "button", textContent: each.label });
      button.setAttribute("aria-pressed", String(each.id === part));
      button.addEventListener("click", () => this.#choose({ part: each.id }));
      return button;
    });
    const group = element("div", { className: "lo-tabs" }, buttons), focused = document.activeElement?.textContent;
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", optimizers.part);
    const had = at("choice").contains(document.activeElement);
    at("choice").replaceChildren(menu, group);
    if (had) (buttons.find((button) => button.textContent === focused) ?? menu.querySelector("select"))?.focus();
  }

  /** @param {string} id @param {PocketLibraries} libraries */
  #drawLibraries(id, { html, known, ends, moving }) {
    const { schedules, usual_schedule: usual, surfaces, view, texts: { optimizers, pocket } } = this.#told, link = this.#link;
    const ids = known.map((each) => each.id), said = element("div", { innerHTML: html });
    const title = (/** @type {string} */ text) => element("p", {}, [element("strong", { textContent: text })]);
    const parts = [said];
    if (ends.length) {
      const [from, to] = ["from", "to"].map((name, k) => link.choice(name, ids, ends[k]));
      const menus = ["from", "to"].map((name, k) => select(optimizers[`libraries.${name}`], known, [from, to][k], (other) => this.#choose({ [name]: other })));
      parts.push(element("div", {}, [title(optimizers["libraries.moving"]), element("div", { className: "lo-row" }, menus), element("div", { innerHTML: moving[`${from} ${to}`] })]));
    }
    const schedule = link.choice("schedule", schedules.map((each) => each.id), usual);
    const chosen = schedules.find((each) => each.id === schedule);
    parts.push(element("div", {}, [
      title(optimizers["schedules.title"]),
      element("div", { className: "lo-row" }, [select(optimizers["schedules.schedule"], schedules, schedule, (other) => this.#choose({ schedule: other }))]),
      element("div", { innerHTML: chosen?.html ?? "" }),
    ]));
    at("card").replaceChildren(...parts);
    const owners = [id, "run", ...surfaces.map((each) => each.id)];
    link.leaveAll((name) => (name === "problem" || view.includes(name) || owners.includes(name.split(".")[0]) ? pocket.paths : undefined));
  }
}

new Cards().start().then(keepAll).catch(console.info);
