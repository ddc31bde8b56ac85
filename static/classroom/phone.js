import { write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { AskChoice } from "./ask_choice.js";
import { AskNumber } from "./ask_number.js";
import { AskPoint, flat } from "./ask_point.js";
import { AskRace } from "./ask_race.js";
import { codeIn, isCode, joined, keep } from "./memory.js";
import { Outbox } from "./outbox.js";
import { Results } from "./results.js";
import { ask, Listener, Refusal } from "./talk.js";
/** @import { Ground, Question, Room, Step, Truth } from "./class.d.ts" */
/** @import { Joined } from "./memory.js" */

/**
 * @typedef {Readonly<Record<string, string>>} Texts
 * @typedef {{lang: string, texts: Texts, refusals: Texts, results: Texts}} Told what the page is written with
 * @typedef {AskChoice | AskNumber | AskPoint | AskRace} Control
 *
 * @typedef {object} State what the service tells a student
 * @property {Step | null} step
 * @property {Question | null} question
 * @property {string} nickname
 * @property {unknown} answer one's own, as it is stored
 * @property {number} [n_students]
 * @property {Room} [answers] what the room thinks
 * @property {Truth | null} [truth]
 */

const KINDS = { number: AskNumber, choice: AskChoice, point: AskPoint, race: AskRace };
const GONE = ["removed", "unknown_class", "not_the_teacher"]; // codes after which a key opens nothing any more
const FAR_TOO_LONG = 1000; // signs of a nickname
const AGAIN = 1500; // ms until a surface is asked for again

/** The page of a student: it joins, asks for answers and keeps them until they are stored. */
class Phone {
  /** @type {Joined | null} */
  #class = null;
  /** @type {State | null} */
  #state = null;
  /** @type {Listener<State> | null} */
  #listener = null;
  /** @type {Outbox | null} */
  #outbox = null;
  /** @type {Control | null} */
  #control = null;
  /** @type {Ground | null} */
  #ground = null;
  #asked = ""; // the question that the control asks, by its id
  #isDraft = false; // whether the answer was changed since it was sent
  #refused = ""; // why the last answer was
  #isAway = false;
  #told;

  /** @param {Told} told */
  constructor(told) {
    this.#told = told;
    this.results = new Results(at("results"), told.results);
    on("join", "submit", () => this.#join(codeIn(box("code").value)));
    on("naming", "submit", () => this.#rename(box("name").value));
    on("rename", "click", () => this.#showNaming(true));
    on("cancel", "click", () => this.#showNaming(false));
    on("naming", "keydown", (event) => { if (/** @type {KeyboardEvent} */ (event).key === "Escape") this.#showNaming(false); });
    on("leave", "click", () => this.#leave());
    on("send", "click", () => this.#send());
    on("answer", "input", () => { this.#isDraft = true; }); // what is under the hand stays there
    window.addEventListener("hashchange", () => this.#arrive());
    window.addEventListener("storage", () => { if (joined()?.key !== this.#class?.key) location.reload(); }); // another page of this browser has left or joined
    this.#arrive();
  }

  get #texts() {
    return this.#told.texts;
  }

  /** By a scanned code, or back in the class that was joined before. */
  #arrive() {
    const asked = codeIn(decodeURIComponent(location.hash.slice(1))), kept = joined();
    if (kept && (!isCode(asked) || asked === kept.code)) return this.#enter(kept);
    if (isCode(asked)) return this.#join(asked);
    this.#showDoor(asked ? this.#texts.no_code : "");
  }

  /** @param {string} code */
  async #join(code) {
    if (!isCode(code)) return this.#showDoor(this.#texts.no_code);
    this.#showDoor(this.#texts.joining, { quiet: true });
    try {
      const { student, key } = await ask(`${code}/join`, { body: { language: this.#told.lang } });
      this.#enter({ code, student, key, waiting: {} });
    } catch (error) {
      const away = error instanceof Refusal ? "" : this.#texts.no_answer;
      this.#showDoor(this.#sentence(error) || away, { code });
    }
  }

  /** @param {Joined} joined */
  #enter(joined) {
    if (this.#class?.key === joined.key) return;
    this.#stop();
    this.#class = joined;
    keep(joined);
    history.replaceState(null, "", `${location.search}#${joined.code}`);
    for (const link of document.querySelectorAll("#languages a")) Object.assign(link, { hash: joined.code });
    this.#outbox = new Outbox({
      waiting: joined.waiting,
      keep: (waiting) => keep({ ...joined, waiting }),
      send: (question, value) => ask(`${joined.code}/answer`, { key: joined.key, body: { question, value } }),
      onEnd: (question, end) => this.#end(question, end),
      onAway: (code) => this.#show(code),
    });
    this.#listener = new Listener(`${joined.code}/live`, joined.key, {
      state: (/** @type {State} */ state) => this.#hear(state),
      away: (away) => this.#notice(away),
      refused: (code) => this.#part(code),
    });
    this.#show();
  }

  #stop() {
    this.#listener?.stop();
    this.#outbox?.stop();
    this.#listener = this.#outbox = this.#state = this.#class = null;
    this.#ask(null);
  }

  /** The class lets this page no longer listen. @param {string} code */
  #part(code) {
    const why = this.#told.refusals[code] ?? this.#texts.over;
    if (GONE.includes(code)) return this.#leave(why);
    this.#stop();
    this.#showDoor(why);
  }

  /** @param {string} [why] */
  #leave(why = "") {
    this.#stop();
    keep(null);
    history.replaceState(null, "", location.pathname + location.search);
    this.#showDoor(why);
  }

  /** @param {boolean} away */
  #notice(away) {
    if (!away && (this.#isAway || this.#outbox?.isWaiting)) this.#outbox?.again();
    if (away === this.#isAway) return;
    this.#isAway = away;
    this.#show();
  }

  /** @param {State} state */
  #hear(state) {
    this.#state = state;
    if (state.question?.id !== this.#asked || state.step !== "open") this.#isDraft = false;
    if (state.question?.id !== this.#asked) this.#refused = "";
    this.#show();
  }

  #send() {
    const value = this.#control?.value, id = this.#state?.question?.id;
    if (value === null || value === undefined || !id) return;
    this.#isDraft = false;
    this.#refused = "";
    this.#outbox?.put(id, value);
    this.#show();
  }

  /** @param {string} question @param {{stored: boolean, value: unknown, code: string}} end */
  #end(question, { stored, value, code }) {
    if (this.#state?.question?.id === question) {
      if (stored) this.#state = { ...this.#state, answer: value };
      else this.#refused = this.#told.refusals[code] ?? this.#texts.refused;
    }
    this.#show();
  }

  /** @param {string} nickname */
  async #rename(nickname) {
    const { code, key } = /** @type {Joined} */ (this.#class);
    try {
      await ask(`${code}/nickname`, { key, body: { nickname } });
      this.#showNaming(false);
    } catch (error) {
      const isLong = nickname.length > FAR_TOO_LONG; // the service does not even read it
      write(at("naming-wrong"), isLong ? this.#told.refusals.nickname_long : this.#sentence(error) || this.#texts.no_answer);
      box("name").setAttribute("aria-invalid", "true");
    }
  }

  /** @param {unknown} error */
  #sentence(error) {
    const { code = "" } = /** @type {{code?: string}} */ (error);
    return this.#told.refusals[code] ?? (error instanceof Refusal ? this.#texts.refused : "");
  }

  /** @param {string} [said] @param {{quiet?: boolean, code?: string}} [how] */
  #showDoor(said = "", { quiet = false, code } = {}) {
    at("door").hidden = false;
    at("room").hidden = true;
    at("away").hidden = true;
    write(at("door-said"), said);
    at("door-said").classList.toggle("wrong", Boolean(said) && !quiet);
    if (code) box("code").value = code;
    if (!quiet) box("code").focus();
  }

  /** @param {boolean} naming */
  #showNaming(naming) {
    at("naming").hidden = !naming;
    at("who").hidden = naming;
    write(at("naming-wrong"), "");
    box("name").removeAttribute("aria-invalid");
    box("name").value = this.#state?.nickname ?? "";
    if (naming) box("name").select();
    else at("rename").focus();
  }

  /** All that is seen in a class. @param {string} [trouble] why an answer is not stored yet */
  #show(trouble = "") {
    if (!this.#class) return;
    const { question = null, step = null, nickname = "", n_students: present } = this.#state ?? {}, texts = this.#texts;
    at("door").hidden = true;
    at("room").hidden = false;
    at("away").hidden = !this.#isAway;
    write(at("nickname"), nickname);
    write(at("present"), present ? fill(texts.present, { n: present }) : "");
    at("asking").hidden = !question;
    at("waiting").hidden = Boolean(question) || !this.#state;
    this.#ask(question);
    if (!question) return;
    const isShown = step === "answers" || step === "truth";
    write(at("question"), question.text);
    /** @type {HTMLFieldSetElement} */ (at("answer")).disabled = step !== "open";
    at("answer").hidden = isShown;
    at("results").hidden = !isShown;
    if (isShown) this.#showResults(question);
    else if (!this.#isDraft) this.#fill(question);
    this.#showState(question, trouble);
  }

  get #mine() {
    const { question, answer = null } = /** @type {State} */ (this.#state), id = question?.id ?? "";
    return this.#outbox?.has(id) ? this.#outbox.waiting[id] : answer;
  }

  /** Put the control of a question there. @param {Question | null} question */
  #ask(question) {
    if ((question?.id ?? "") === this.#asked) return;
    this.#control?.destroy();
    this.results.clear();
    this.#asked = question?.id ?? "";
    this.#ground = null;
    this.#isDraft = false;
    this.#control = question && new KINDS[question.kind]({ texts: this.#texts, lang: this.#told.lang, onChange: () => this.#change(), onReady: () => this.#show() });
    if (!question || !this.#control) return;
    at("answer").append(this.#control.root);
    if (question.kind === "point" || question.kind === "race") this.#load(question);
  }

  /** What a question is about: its surface, and names of rules. @param {Question} question */
  async #load(question) {
    if (question.id !== this.#asked || !question.link) return;
    try {
      this.#ground = await ask(`scene?${new URLSearchParams({ lang: this.#told.lang, link: question.link })}`);
    } catch (error) {
      if (!(error instanceof Refusal)) setTimeout(() => this.#load(question), AGAIN);
      return;
    }
    if (question.id === this.#asked) this.#show();
    if (this.#isDraft) this.#fill(question, this.#control?.value);
  }

  #change() {
    this.#isDraft = true;
    this.#refused = "";
    if (this.#state?.question) this.#showState(this.#state.question);
  }

  /** @param {Question} question @param {unknown} [value] */
  #fill(question, value = this.#mine) {
    this.#control?.show(question, value, this.#ground);
  }

  /** @param {Question} question */
  #showResults(question) {
    const { answers = [], truth = null } = /** @type {State} */ (this.#state);
    this.results.show({ question, room: answers, truth, mine: this.#mine, ground: this.#ground ?? flat(question) });
  }

  /** Where one came in a race, once that may be seen. */
  get #place() {
    const { truth, nickname } = /** @type {State} */ (this.#state), ranking = truth && typeof truth === "object" && "ranking" in truth ? truth.ranking : [];
    const mine = ranking.find((each) => each.nickname === nickname);
    return mine ? fill(this.#texts.rank, { rank: mine.rank, n: ranking.length }) : "";
  }

  /** What becomes of the answer, and the button that sends it. @param {Question} question @param {string} [trouble] */
  #showState(question, trouble = "") {
    const texts = this.#texts, { step } = /** @type {State} */ (this.#state), open = step === "open";
    const waits = this.#outbox?.has(question.id), mine = this.#mine, given = mine !== null && mine !== undefined;
    const own = given ? fill(texts.mine, { answer: this.#control?.spell(mine) ?? "" }) : texts.no_answer_given;
    const said = this.#refused || (waits ? (trouble && this.#told.refusals[trouble]) || texts.kept : open ? (given && !this.#isDraft ? texts.stored : "") : "");
    write(at("mine"), open && !given ? "" : own);
    write(at("state"), said || (open ? "" : this.#place || (texts[step ?? ""] ?? "")));
    at("state").classList.toggle("wrong", Boolean(this.#refused));
    at("state").dataset.state = this.#refused ? "refused" : waits ? "waiting" : given ? "stored" : "none";
    const value = this.#control?.value ?? null, send = /** @type {HTMLButtonElement} */ (at("send"));
    send.hidden = !open;
    send.disabled = value === null || (given && !this.#isDraft && !this.#refused);
    write(send, given ? texts.change : texts.send);
  }
}

/** @param {string} id */
function at(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} id */
function box(id) {
  return /** @type {HTMLInputElement} */ (at(id));
}

/** @param {string} id @param {string} type @param {(event: Event) => void} act */
function on(id, type, act) {
  at(id).addEventListener(type, (event) => {
    if (type === "submit") event.preventDefault();
    act(event);
  });
}

new Phone(JSON.parse(at("told").textContent ?? ""));
