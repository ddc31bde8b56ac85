import { GalleryView } from "../lessons/gallery.js";
import { QuestionView } from "../lessons/question.js";
import { element, write } from "../stage/dom.js";
import { shortNumber } from "../stage/numbers.js";
import { followPresenter, switchPresenter } from "../stage/presenter.js";
import { signIn, signOut } from "../stage/registry.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { asked, at, awayOf, drawHead, fail, fileOf, HERE, keepAll, languageOf, notify, plotlyUrl, refusedOf, select, writeAddress } from "./frame.js";
import { Link, written } from "./link.js";
import { decimalOf } from "./numbers.js";
import { verdictOf } from "./verdict.js";
/** @import { PocketAnswer, PocketLesson, PocketLessons, Scene } from "../stage/messages.d.ts" */

const LARGEST = 1e12; // numbers above are no predictions

/** The lessons: all as cards, or one that asks first and then shows what the runs say. */
class Lessons {
  /** @type {PocketLessons} */
  #told;
  /** @type {Link} */
  #link;
  /** @type {{name: string, stage: ReturnType<typeof mountStage>} | null} */
  #stage = null;
  /** @type {GalleryView | null} */
  #gallery = null;
  /** @type {QuestionView | null} */
  #question = null;
  #round = 0;
  /** @type {PocketLesson | null} */
  #lesson = null;
  #asked = ""; // the lesson whose question is drawn

  constructor() {
    window.addEventListener("popstate", () => this.start());
    at("predict").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#reveal();
    });
    at("again").addEventListener("click", () => this.#choose({ guess: null, revealed: null }));
    followPresenter({ parentElement: document.body, data: {}, setTriggerValue: () => {}, setStateValue: () => {} });
  }

  async open() {
    const query = asked();
    this.#told = await fileOf(`lessons/${languageOf(query.lang)}.json`);
    this.#link = new Link(query, { settings: {}, always: [], subjects: [] });
    // An address that says anything is about a lesson: the first one where none is named, as in the app.
    const says = Object.keys(query).some((name) => name !== "lang");
    if (says && query.lesson === undefined) this.#link.put("lesson", this.#ids[0]);
    this.#asked = "";
    await this.#draw();
  }

  start() {
    return this.open().catch((error) => fail(error, this.#told?.texts));
  }

  get #ids() {
    return this.#told.lessons.map(({ id }) => id);
  }

  /** @param {string | null} id */
  #go(id) {
    const address = new URL(location.href);
    address.search = String(new URLSearchParams({ ...(address.searchParams.has("lang") ? { lang: this.#told.lang } : {}), ...(id ? { lesson: id } : {}) }));
    history.pushState(null, "", address);
    this.start().then(() => scrollTo(0, 0));
  }

  /** Change what the address says of this lesson. @param {Record<string, string | null>} changes */
  #choose(changes) {
    for (const [name, text] of Object.entries(changes)) this.#link.put(`${this.#asked}.${name}`, text);
    this.#draw().catch((error) => fail(error, this.#told.texts));
  }

  /** Read the settings anew and draw what they say; a later call takes over. */
  async #draw() {
    this.#round += 1;
    const round = this.#round, link = this.#link, { lang, texts } = this.#told;
    link.begin();
    const id = link.read("lesson", "", (text) => (this.#ids.includes(text) ? text : undefined)) || (asked().lesson === undefined ? "" : this.#ids[0]);
    link.write("lesson", id);
    const lesson = id ? /** @type {PocketLesson} */ (await fileOf(`lessons/${id}.${lang}.json`)) : null;
    const guess = lesson ? link.read(`${id}.guess`, "", (text) => guessOf(lesson, text)) : "";
    const revealed = lesson !== null && link.read(`${id}.revealed`, false, (text) => ({ 0: false, 1: true })[text]) && guess !== "";
    const answer = revealed ? /** @type {PocketAnswer} */ (await fileOf(`lessons/${id}.answer.${lang}.json`)) : null;
    if (round !== this.#round) return;
    const title = lesson?.title ?? texts.menu.lessons;
    drawHead(lang, texts, { title: `${title} · ${texts.app.name}`, again: () => this.start() });
    at("gallery").hidden = lesson !== null;
    at("lesson").hidden = lesson === null;
    if (lesson) {
      this.#gallery?.destroy();
      this.#gallery = null;
      this.#drawLesson(lesson, answer, guess);
    } else {
      await this.#drawGallery();
      if (round !== this.#round) return;
    }
    this.#say(lesson, guess, revealed);
  }

  /** What was not understood, and what only the app shows. @param {PocketLesson | null} lesson @param {string} guess @param {boolean} revealed */
  #say(lesson, guess, revealed) {
    const { texts } = this.#told, link = this.#link;
    if (lesson) {
      link.write(`${lesson.id}.guess`, guess);
      link.write(`${lesson.id}.revealed`, revealed ? "1" : "");
      link.leaveAll((name) => lesson.free[name]);
    }
    writeAddress(link.save());
    notify([...refusedOf(link, texts), ...awayOf(link, texts)].map((text) => [text]));
    link.settle();
  }

  async #drawGallery() {
    this.#clear();
    const gallery = await fileOf(`lessons/gallery.${this.#told.lang}.json`);
    this.#gallery ??= new GalleryView(at("gallery"), { onOpen: (id) => this.#go(id) });
    this.#gallery.update(gallery);
  }

  #clear() {
    this.#leaveStage();
    this.#question?.destroy();
    this.#question = null;
  }

  #leaveStage() {
    if (!this.#stage) return;
    signOut(this.#stage.name, this.#stage.stage);
    this.#stage.stage.destroy();
    this.#stage = null;
  }

  /** @param {PocketLesson} lesson @param {PocketAnswer | null} answer @param {string} guess */
  #drawLesson(lesson, answer, guess) {
    const { texts: { lessons } } = this.#told;
    this.#lesson = lesson;
    if (this.#asked !== lesson.id) {
      this.#clear();
      this.#asked = lesson.id;
      this.#drawChoice(lesson);
      at("question").innerHTML = lesson.html; // made when the edition was, as all that follows
      this.#drawTeacher(lesson);
    }
    this.#drawPrediction(lesson, guess);
    at("predict").hidden = answer !== null;
    const name = `${lesson.id} ${answer ? "after" : "before"}`;
    this.#question ??= new QuestionView(at("pointed"), { onGuess: (value) => this.#choose({ guess: value }) });
    this.#question.update({ lesson: lesson.id, ruler: lesson.ruler, spots: lesson.spots, guess, answer: answer?.answer ?? "", stage: name, slowly: answer?.slowly ?? 0, texts: sectionOf(lessons, "point") });
    for (const part of ["revealed", "why"]) at(part).hidden = answer === null;
    if (answer) this.#drawAnswer(lesson, answer, guess);
    const ghost = lesson.ghosts[guess];
    this.#play(name, { ...(answer ? sceneWith(answer, guess, lessons.your_guess) : lesson.scene), ...(ghost ? { lines: [ghost] } : {}) });
  }

  /** Another stage after the answer: its runs begin anew. @param {string} name @param {Scene} scene */
  #play(name, scene) {
    if (this.#stage?.name !== name) {
      this.#leaveStage();
      const stage = mountStage(at("stage"), { plotlyUrl: plotlyUrl(), plotlyWaits: true, movable: false, onPresent: switchPresenter });
      signIn(name, stage, "", { tell: () => {}, follows: () => false });
      this.#stage = { name, stage };
    }
    this.#stage.stage.update(scene);
  }

  /** @param {PocketLesson} lesson */
  #drawChoice({ id }) {
    const { lessons, texts } = this.#told, parts = [select(texts.lessons.lesson, lessons, id, (other) => this.#go(other))];
    if (!("fix" in asked())) {
      const all = element("a", { className: "lo-all", href: `?lang=${this.#told.lang}`, textContent: texts.lessons.all });
      all.addEventListener("click", (event) => {
        event.preventDefault();
        this.#go(null);
      });
      parts.unshift(/** @type {any} */ (all));
    }
    at("choice").replaceChildren(...parts);
  }

  /** Answers to choose from, or a box for a number; and what reveals the right one. @param {PocketLesson} lesson @param {string} guess */
  #drawPrediction(lesson, guess) {
    const { texts: { lessons } } = this.#told, form = at("predict");
    if (form.dataset.lesson !== `${lesson.id} ${this.#told.lang}`) {
      form.dataset.lesson = `${lesson.id} ${this.#told.lang}`;
      const wrong = element("p", {});
      wrong.setAttribute("role", "alert");
      // What is wrong is said below the button, which must not move away below the finger.
      form.replaceChildren(lesson.choices.length ? this.#boxes(lesson) : this.#number(lesson), element("button", { type: "submit", textContent: lessons.reveal }), wrong);
    }
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input"))) {
      if (box.type === "radio") box.checked = box.value === guess;
      else if (box !== document.activeElement || guess) box.value = guess === "" ? "" : guess;
    }
    write(/** @type {HTMLElement} */ (form.querySelector("[role=alert]")), "");
    form.querySelector("button")?.setAttribute("aria-disabled", String(!guess && lesson.choices.length > 0));
  }

  /** @param {PocketLesson} lesson */
  #boxes({ choices }) {
    const { texts: { lessons } } = this.#told;
    return element("fieldset", {}, [element("legend", { textContent: lessons.predict }), ...choices.map(({ id, label }) => {
      const box = element("input", { type: "radio", name: "guess", value: id });
      box.addEventListener("change", () => this.#choose({ guess: id }));
      return element("label", {}, [box, element("span", { innerHTML: label })]);
    })]);
  }

  /** @param {PocketLesson} lesson */
  #number({ unit }) {
    const { texts: { lessons } } = this.#told, box = element("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
    box.addEventListener("change", () => {
      if (this.#takes(box.value)) this.#choose({ guess: box.value });
    });
    return element("label", {}, [element("span", { innerHTML: `${lessons.predict}: ${unit.replace(/^<p>|<\/p>$/g, "")}` }), element("br"), box]);
  }

  /** Whether a text is a prediction; where it is none, that is said. @param {string} text */
  #takes(text) {
    const { texts: { lessons } } = this.#told, said = /** @type {HTMLElement} */ (at("predict").querySelector("[role=alert]")), lesson = this.#lesson;
    const good = lesson && guessOf(lesson, text.trim()) !== undefined;
    if (good || !lesson) return good;
    const low = shortNumber(lesson.low), between = lesson.high < LARGEST ? fill(lessons.between, { low, high: shortNumber(lesson.high) }) : fill(lessons.at_least, { low });
    write(said, text.trim() && !lesson.choices.length ? between : lessons.predict_first);
    return false;
  }

  #reveal() {
    const form = at("predict"), ticked = /** @type {HTMLInputElement | null} */ (form.querySelector("input:checked")), typed = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=text]"));
    const guess = (ticked ?? typed)?.value.trim() ?? "";
    if (this.#takes(guess)) this.#choose({ guess, revealed: "1" });
  }

  /** @param {PocketLesson} lesson @param {PocketAnswer} answer @param {string} guess */
  #drawAnswer(lesson, answer, guess) {
    const { texts: { lessons, pocket } } = this.#told, verdict = at("verdict");
    if (lesson.choices.length) {
      verdict.innerHTML = answer.verdicts[guess];
      verdict.classList.toggle("lo-met", guess === answer.answer);
    } else {
      const { said, isMet } = verdictOf(Number(guess), Number(answer.answer), answer.tolerance, lessons);
      write(verdict, said);
      verdict.classList.toggle("lo-met", isMet);
    }
    at("measured").innerHTML = answer.measured;
    write(at("again"), lessons.again);
    const free = Object.values(lesson.free).join(", ");
    write(at("free"), free ? fill(pocket.only_in_app, { names: free }) : "");
    const list = element("ul", {}, answer.advice.map(({ label, href }) => element("li", {}, [href ? element("a", { className: "lo-leads", href, textContent: label }) : fill(pocket.only_in_app, { names: label })])));
    at("why").replaceChildren(
      element("div", {}, [element("h2", { textContent: lessons.why }), element("div", { innerHTML: answer.why })]),
      element("div", {}, [element("h2", { textContent: lessons.try_next }), list]),
    );
  }

  /** @param {PocketLesson} lesson */
  #drawTeacher({ id, sheets }) {
    const { texts: { lessons }, lang } = this.#told;
    at("teacher").hidden = "fix" in asked();
    const leads = (/** @type {string} */ href, /** @type {string} */ text) => element("a", { href, textContent: text });
    const files = sheets.map((name, k) => leads(String(new URL(`lessons/${name}`, HERE)), k ? lessons.sheet_solved : lessons.sheet_blank));
    for (const [k, file] of files.entries()) file.download = sheets[k];
    at("teacher").replaceChildren(element("details", {}, [
      element("summary", { textContent: lessons.teacher }),
      element("p", {}, [leads(`?${new URLSearchParams({ lang, lesson: id, present: "1" })}`, lessons.present)]),
      element("p", { className: "lo-small", textContent: lessons.present_keys }),
      element("p", {}, [`${lessons.worksheets} `, ...files]),
      element("p", { className: "lo-small", textContent: lessons.print_hint }),
    ]));
  }
}

/** A prediction as it stands in links, undefined where it is none. @param {PocketLesson} lesson @param {string} text */
function guessOf({ choices, low, high }, text) {
  if (choices.length) return choices.some(({ id }) => id === text) ? text : undefined;
  const value = decimalOf(text);
  return value !== undefined && value >= low && value <= high ? written(value) : undefined;
}

/** The runs, with that of the prediction where it can be one. @param {PocketAnswer} answer @param {string} text @param {string} label @returns {Scene} */
function sceneWith({ scene, guess }, text, label) {
  const { live, runs, limits = [] } = scene, value = Number(text);
  if (!guess || !live) return scene;
  const others = (/** @type {any[]} */ list) => list.slice(0, -1);
  const last = live.runs[live.runs.length - 1];
  if (!last || value >= (guess.below ?? Infinity)) return { ...scene, runs: others(runs), limits: others(limits), live: { ...live, runs: others(live.runs) } };
  const isRate = guess.setting === "learning_rate", learning = isRate ? { learning_rate: value } : { settings: { ...last.settings, [guess.setting]: value } };
  const own = { ...runs[runs.length - 1], label, detail: fill(guess.detail, { guess: shortNumber(value) }), ...(isRate ? { learning_rate: value } : {}) };
  return { ...scene, runs: [...others(runs), own], limits: isRate ? limits : [...others(limits), null], live: { ...live, runs: [...others(live.runs), { ...last, ...learning }] } };
}

/** Texts below a name. @param {Record<string, string>} texts @param {string} name */
function sectionOf(texts, name) {
  return Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), text]] : [])));
}

new Lessons().start().then(keepAll).catch(console.info);
