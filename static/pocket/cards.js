import { drawFamily, NARROW } from "../optimizers/family.js";
import { element } from "../stage/dom.js";
import { asked, at, awayOf, drawHead, fail, fileOf, HERE, keepAll, languageOf, notify, refusedOf, select, writeAddress } from "./frame.js";
import { Link } from "./link.js";
/** @import { PocketCard, PocketCards, PocketLibraries } from "../stage/messages.d.ts" */
/** @import { OptimizerStage } from "./optimizer_stage.js" */

/** The optimizers: a family tree to choose from, and what there is to know of each. */
class Cards {
  /** @type {PocketCards} */
  #told;
  /** @type {Link} */
  #link;
  /** @type {Promise<OptimizerStage> | undefined} */
  #stage;
  #round = 0;

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
    at("staged").hidden = part === "card";
    /** @type {PocketCard} */
    const card = await fileOf(`cards/${id}.${lang}.json`);
    /** @type {PocketLibraries | null} */
    const libraries = part === "libraries" ? await fileOf(`libraries/${id}.${lang}.json`) : null;
    const stage = part === "card" ? null : await this.#stagePart();
    if (round !== this.#round) return;
    drawHead(lang, texts, { title: `${card.label} · ${texts.app.name}`, again: () => this.start() });
    at("lead").innerHTML = libraries?.lead ?? ""; // made when the edition was, as all that follows
    if (libraries) {
      this.#drawLibraries(libraries);
      await stage?.showPaths(link, this.#told, card, libraries);
    } else if (stage) await stage.showAnatomy(link, this.#told, card);
    else at("card").innerHTML = card.card;
    if (round === this.#round) this.#say();
  }

  /** What was not understood, and what only the app shows. */
  #say() {
    const { texts } = this.#told, link = this.#link;
    writeAddress(link.save());
    notify([...refusedOf(link, texts), ...awayOf(link, texts)].map((text) => [text]));
    link.settle();
  }

  /** The stage comes when it is asked for. */
  #stagePart() {
    this.#stage ??= import(String(new URL("optimizer_stage.js", HERE))).then((module) => new module.OptimizerStage(() => this.#draw().catch((error) => fail(error, this.#told.texts)), () => this.#say()));
    return this.#stage;
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

  /** @param {PocketLibraries} libraries */
  #drawLibraries({ html, known, ends, moving, differences }) {
    const { schedules, usual_schedule: usual, where, texts: { optimizers } } = this.#told, link = this.#link;
    const ids = known.map((each) => each.id), said = element("div", { innerHTML: html });
    const title = (/** @type {string} */ text) => element("p", {}, [element("strong", { textContent: text })]);
    const parts = [said];
    if (differences.length) {
      const buttons = differences.map(({ label, settings }) => {
        const button = element("button", { type: "button", textContent: label });
        button.addEventListener("click", () => {
          link.forget(`${settings.problem}.`);
          this.#choose(settings);
          at("staged").scrollIntoView({ block: "nearest" });
        });
        return button;
      });
      parts.push(element("div", {}, [element("div", { innerHTML: where }), element("div", { className: "lo-row lo-differences" }, buttons)]));
    }
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
  }
}

new Cards().start().then(keepAll).catch(console.info);
