import { element, write } from "../stage/dom.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { Lobby } from "./desk_lobby.js";
import { OwnQuestion } from "./desk_own.js";
import { ClassRace } from "./desk_race.js";
import { act, Side } from "./desk_side.js";
import { Results } from "./results.js";
import { ask, Listener } from "./talk.js";
/** @import { Scene } from "../stage/messages.d.ts" */
/** @import { Ground, Step, Truth } from "./class.d.ts" */
/** @import { Asked, State, Student, Told } from "./desk.d.ts" */

const STEPS = /** @type {const} */ (["open", "closed", "answers", "truth"]);
const LONG = 60_000; // ms that a computation may take
const TYPING = "textarea, select, [contenteditable], input:not([type=range])";
const NEW = "#new.";

/** @typedef {{scene: Scene | null, truth: Truth | null, refused?: number[], minimum?: number | null}} Played what came of running a question */

/** The teacher's desk: what is asked, what the room sees of it, and one key for each step. */
class Desk {
  /** @type {State | null} */
  #state = null;
  #selected = "";
  #code = "";
  #key = "";
  #inLobby = true;
  #shown = ""; // question and step that the pictures show
  #busy = false;
  /** @type {Map<string, Promise<Ground | null>>} */
  #grounds = new Map();
  /** @type {Map<string, Ground | null>} */
  #known = new Map();
  /** @type {ReturnType<typeof mountStage> | null} */
  #stage = null;
  /** @type {ClassRace | null} */
  #race = null;
  #stands = false; // whether the next picture is to stand at its end
  #racing = ""; // question whose race plays before everybody is told how it ended
  /** @type {Lobby | null} */
  #lobby = null;
  /** @type {Listener<State> | null} */
  #listener = null;

  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.texts = told.texts;
    this.results = new Results(at("results"), told.results);
    this.side = new Side(at("side"), { texts: told.texts, acts: this.#acts() });
    this.own = new OwnQuestion({ texts: told.texts, onAdd: (question) => this.#add(question) });
    this.buttons = [...STEPS.map((step, k) => this.#button(told.texts[`do_${step}`], () => this.#go(step), String(k + 1))), this.#button(told.texts.next, () => this.#next(), "N")];
    at("steps").append(...this.buttons);
    at("steps").setAttribute("aria-label", told.texts.steps);
    write(at("present"), told.texts.present);
    at("present").addEventListener("click", () => document.body.classList.toggle("present"));
    at("code").addEventListener("click", () => this.#switchLobby());
    document.addEventListener("keydown", (event) => this.#listen(event));
    window.addEventListener("hashchange", () => location.reload());
    this.#begin();
  }

  /** @returns {import("./desk_side.js").Acts} */
  #acts() {
    const told = (/** @type {string} */ path, /** @type {object} */ body) => void this.#tell(path, body);
    return {
      select: (id) => this.#select(id),
      reset: (question) => confirm(this.texts.sure_reset) && told("reset", { question }),
      drop: (question) => confirm(this.texts.sure_drop) && told("drop", { question }),
      remove: (student, what) => (what !== "student" || confirm(this.texts.sure_remove)) && told("remove", { student, what }),
      light: (student) => this.#light(student),
      own: () => this.#openOwn(),
      save: () => this.#save(),
      copyDesk: () => this.#copy(location.href),
      copyClass: () => this.#copy(this.#classLink()),
      end: () => confirm(this.texts.sure_end) && this.#end(),
    };
  }

  /** What the address asks for: a class that is there, a new one, or nothing yet. */
  async #begin() {
    const [, code, key] = location.hash.match(/^#([^.]+)\.(.+)$/) ?? [], link = new URLSearchParams(location.search).get("link");
    if (location.hash.startsWith(NEW)) await this.#open(() => unpacked(location.hash.slice(NEW.length)));
    else if (code) this.#listenTo(code, key);
    else if (link !== null) await this.#open(() => this.#ready(link));
    else this.#showDoor(this.texts.door);
  }

  /** @param {string} link */
  async #ready(link) {
    const { lang } = this.told;
    const { questions } = await ask(`questions?${new URLSearchParams({ link, lang })}`, { patience: LONG });
    return { link, language: lang, questions };
  }

  /** @param {() => Promise<object> | object} made what the class is opened with */
  async #open(made) {
    write(at("said"), this.texts.opening);
    try {
      const { code, key } = await ask("open", { body: await made() });
      write(at("said"), "");
      const address = new URL(location.href);
      address.searchParams.delete("link");
      address.hash = `${code}.${key}`;
      history.replaceState(null, "", address);
      this.#listenTo(code, key);
    } catch (error) {
      write(at("said"), "");
      this.#showDoor(this.#sentence(error));
    }
  }

  /** @param {string} sentence */
  #showDoor(sentence) {
    const door = at("door"), open = act(this.texts.open_empty, () => {
      door.hidden = true;
      this.#open(() => ({ link: "", language: this.told.lang, questions: [] }));
    });
    door.replaceChildren(element("h2", { textContent: this.texts.title }), element("p", { textContent: sentence }), open);
    door.hidden = false;
    for (const id of ["side", "lobby", "asking", "steps", "code", "present"]) at(id).hidden = true;
  }

  /** @param {string} code @param {string} key */
  #listenTo(code, key) {
    this.#code = code.toUpperCase();
    this.#key = key;
    const address = new URL(at("lobby").closest("main")?.dataset.class ?? "", location.href).href;
    for (const link of document.querySelectorAll("#languages a")) Object.assign(link, { hash: location.hash });
    this.#lobby = new Lobby(at("lobby"), { code: this.#code, address, texts: this.texts });
    write(at("code"), this.#code);
    this.#listener = new Listener(`${this.#code}/live`, key, {
      state: (state) => this.#hear(state),
      away: (away) => {
        at("away").hidden = !away;
        write(at("away"), away ? this.texts.away : "");
      },
      refused: (code) => this.#close(code),
    });
  }

  /** @param {string} code of the sentence that says why */
  #close(code) {
    this.#listener?.stop();
    this.#state = null;
    this.#showDoor(this.told.refusals[code] ?? code);
  }

  /** @param {State & {error?: string}} state */
  #hear(state) {
    if (state.error) return this.#close(state.error);
    const first = !this.#state;
    this.#state = state;
    if (!state.questions.some(({ id }) => id === this.#selected)) this.#selected = state.question?.id ?? state.questions[0]?.id ?? "";
    if (first) this.#inLobby = state.step === null;
    this.#draw();
  }

  /** The question that the desk is at. @returns {Asked | undefined} */
  get #question() {
    return this.#state?.questions.find(({ id }) => id === this.#selected);
  }

  /** Whether the class is asked what the desk is at. */
  get #isAsked() {
    return this.#state?.question?.id === this.#selected;
  }

  get #step() {
    return this.#isAsked ? this.#state?.step ?? null : null;
  }

  #draw() {
    const state = /** @type {State} */ (this.#state), question = this.#question, { texts } = this;
    for (const id of ["side", "steps", "code", "present"]) at(id).hidden = false;
    at("door").hidden = true;
    const here = state.students.filter(({ present }) => present).length;
    write(at("counts"), state.question ? fill(texts.counts, { here, count: state.answers.length }) : fill(texts.here, { count: here }));
    at("code").setAttribute("aria-pressed", String(this.#inLobby));
    at("code").setAttribute("aria-label", fill(texts.show_code, { code: this.#code }));
    this.side.show(state, this.#selected);
    this.#lobby?.show(state.students);
    at("lobby").hidden = !this.#inLobby;
    at("asking").hidden = this.#inLobby;
    this.#drawSteps(question);
    write(at("question"), question?.text ?? texts.no_questions);
    write(at("answered"), this.#isAsked ? fill(texts.answered, { count: state.answers.length, here: Math.max(here, state.answers.length) }) : question ? texts.not_asked_yet : "");
    if (!this.#inLobby && question) this.#drawQuestion(question);
    else if (!question) this.results.clear();
  }

  /** @param {Asked | undefined} question */
  #drawSteps(question) {
    const step = this.#step, done = step ? STEPS.indexOf(step) : -1, next = this.#upcoming();
    this.buttons.forEach((button, k) => {
      const name = STEPS[k], isNext = k === STEPS.length;
      button.disabled = this.#busy || (isNext ? !this.#following : !question || (name === "truth" && !this.#hasTruth(question)) || (name === "open" && done > 1));
      button.classList.toggle("cl-upcoming", k === next);
      if (!isNext) button.setAttribute("aria-current", k === done ? "step" : "false");
    });
  }

  /** Number of the button that is pressed by the one key. */
  #upcoming() {
    const question = this.#question, done = this.#step ? STEPS.indexOf(/** @type {Step} */ (this.#step)) : -1;
    if (!question) return -1;
    const isOver = done === 3 || (done === 2 && !this.#hasTruth(question));
    return isOver ? STEPS.length : done + 1;
  }

  /** @param {Asked} question */
  #hasTruth({ link, truth }) {
    return truth !== null || new URLSearchParams(link ?? "").has("ask");
  }

  get #following() {
    const questions = this.#state?.questions ?? [], place = questions.findIndex(({ id }) => id === this.#selected);
    return questions[place + 1];
  }

  /** @param {Asked} question */
  #drawQuestion(question) {
    const step = this.#step, sees = step === "answers" || step === "truth", truth = step === "truth" ? this.#state?.truth ?? null : null;
    const ground = question.link ? this.#groundOf(question.link) : null;
    at("asking").dataset.step = step ?? "";
    at("asking").dataset.kind = question.kind;
    this.results.show({ question, room: sees ? this.#state?.thought ?? [] : null, truth, mine: null, ground });
    if (step === "truth" && this.#racing === question.id) this.#racing = ""; // everybody knows
    const pictured = `${question.id} ${step === "truth" || this.#racing === question.id ? "truth" : "before"}`;
    if (pictured === this.#shown) return;
    this.#shown = pictured;
    if (step === "truth") this.#play(question, false);
    else if (this.#racing !== question.id) this.#showBefore(question);
  }

  /** Before the answer: what a lesson lets see. @param {Asked} question */
  async #showBefore(question) {
    this.#hideStage();
    if (new URLSearchParams(question.link ?? "").get("ask") !== "lesson") return;
    const shown = this.#shown, { scene } = await this.#run(question, { opening: true }).catch(() => ({ scene: null }));
    if (scene && shown === this.#shown) this.#showStage(scene);
  }

  #hideStage() {
    at("picture").hidden = at("ranking").hidden = true;
    this.#race?.destroy();
    this.#race = null;
    this.#stage?.clock.hold(0);
    at("asking").classList.remove("cl-played", "cl-raced");
  }

  /** @param {Scene} scene @param {boolean} [plays] whether from its start, else it stands at its end */
  #showStage(scene, plays = true) {
    at("picture").hidden = false;
    at("asking").classList.add("cl-played");
    this.#stands = !plays || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#stage ??= mountStage(at("picture"), {
      plotlyUrl: new URL(this.told.plotly, location.href).href, magnifies: false, movable: false, onDrawn: () => this.#standAtEnd(),
    });
    this.#stage.clock.hold(0);
    if (!this.#stands) this.#stage.clock.playSoon();
    this.#stage.update(scene);
  }

  /** What was seen before, or may not move, is drawn at its end at once. */
  #standAtEnd() {
    if (!this.#stands) return;
    this.#stands = false;
    this.#stage?.clock.hold(Infinity);
  }

  /**
   * Run what is asked for, and show it; a race is played before everybody is told how it ended.
   *
   * @param {Asked} question
   * @param {boolean} [plays]
   * @returns {Promise<Truth | null>}
   */
  async #play(question, plays = true) {
    if (!new URLSearchParams(question.link ?? "").has("ask")) return question.truth;
    const isRace = question.kind === "race", entries = isRace ? this.#state?.answers ?? [] : [];
    const found = await this.#run(question, { answers: entries.map(({ value }) => value) });
    if (this.#question?.id !== question.id) return null;
    this.#hideStage();
    if (found.scene && question.kind !== "point") this.#showStage(found.scene, plays);
    if (!isRace || !found.scene) return found.truth;
    const names = entries.map(({ nickname }) => nickname).filter((_, k) => !found.refused?.includes(k));
    at("ranking").hidden = false;
    at("asking").classList.add("cl-raced");
    this.#race = new ClassRace(at("ranking"), { stage: /** @type {ReturnType<typeof mountStage>} */ (this.#stage), texts: this.texts, onEnd: () => this.#finish(question.id) });
    this.#race.show(found.scene, { names, minimum: found.minimum ?? null, refused: found.refused?.length ?? 0 });
    return null;
  }

  get stage() {
    return this.#stage;
  }

  /** @param {Asked} question @param {object} asked @returns {Promise<Played>} */
  #run({ link }, asked) {
    const lang = this.#state?.language ?? this.told.lang;
    return ask(`played?${new URLSearchParams({ lang: this.told.lang || lang })}`, { body: { link, ...asked }, patience: LONG });
  }

  /** The ground of a question, null until it has come. @param {string} link */
  #groundOf(link) {
    if (!this.#grounds.has(link)) {
      const asked = ask(`scene?${new URLSearchParams({ link, lang: this.told.lang })}`, { patience: LONG }).catch(() => null);
      this.#grounds.set(link, asked);
      asked.then((ground) => {
        this.#known.set(link, ground);
        if (ground) this.#draw();
        else this.#grounds.delete(link);
      });
    }
    return this.#known.get(link) ?? null;
  }

  /** @param {string} id */
  #select(id) {
    this.#selected = id;
    this.#inLobby = false;
    this.#racing = "";
    const step = this.#question?.step;
    this.#draw();
    at("question").scrollIntoView({ block: "nearest" });
    if (step && !this.#isAsked) this.#tell("step", { question: id, step });
  }

  #next() {
    if (this.#following) this.#select(this.#following.id);
  }

  /** One key: whatever comes next. */
  #advance() {
    const next = this.#upcoming();
    if (this.#busy) return;
    if (next === STEPS.length) this.#next();
    else if (next >= 0) this.#go(STEPS[next]);
  }

  /** One key back: the step before, or from the first step the code. */
  #back() {
    const done = this.#step ? STEPS.indexOf(/** @type {Step} */ (this.#step)) : -1;
    if (this.#inLobby) return;
    if (this.#racing) this.#leaveRace();
    else if (done === 1 || done === 3) this.#go(STEPS[done - 1]);
    else if (done === 2) this.#go("closed");
    else this.#switchLobby();
  }

  #leaveRace() {
    this.#racing = "";
    this.#shown = "";
    this.#draw();
  }

  /** @param {Step} step */
  async #go(step) {
    const question = this.#question;
    if (!question || this.#busy) return;
    this.#inLobby = false;
    if (step !== "truth") {
      this.#racing = "";
      await this.#tell("step", { question: question.id, step });
      return;
    }
    if (this.#racing === question.id) return this.#finish(question.id);
    await this.#whileBusy(async () => {
      if (question.kind === "race") await this.#startRace(question);
      else {
        const truth = await this.#play(question);
        this.#shown = `${question.id} truth`;
        await this.#told("step", { question: question.id, step, truth });
      }
    });
  }

  /** @param {Asked} question */
  async #startRace(question) {
    if (this.#step !== "answers") await this.#told("step", { question: question.id, step: "answers" });
    this.#racing = question.id;
    this.#shown = `${question.id} truth`;
    try {
      await this.#play(question);
    } catch (error) {
      this.#leaveRace();
      throw error;
    }
  }

  /** The race is over: everybody hears how it ended. @param {string} id */
  async #finish(id) {
    if (this.#racing !== id || !this.#race || this.#busy) return;
    const { clock } = /** @type {NonNullable<typeof this.stage>} */ (this.stage);
    if (clock.position < clock.last) return clock.hold(clock.last); // at its end the race calls again
    await this.#tell("step", { question: id, step: "truth", truth: { ranking: this.#race.result } });
  }

  /** @param {Student} student */
  #light({ nickname }) {
    if (this.#race) this.#race.light(this.#race.numberOf(nickname));
  }

  async #openOwn() {
    const link = this.#state?.link ?? "", ground = link ? await ask(`scene?${new URLSearchParams({ link, lang: this.told.lang })}`, { patience: LONG }).catch(() => null) : null;
    this.own.open(ground, link);
  }

  /** @param {Record<string, unknown>} question @returns {Promise<string>} */
  async #add(question) {
    try {
      const { questions: [id] } = await this.#told("questions", { questions: [question] });
      this.#selected = id;
      this.#inLobby = false;
      this.#draw(); // the state with it may have come before this answer
      return "";
    } catch (error) {
      return this.#sentence(error);
    }
  }

  async #save() {
    try {
      const answer = await fetch(new URL(`${this.#code}/answers.csv`, location.href), { headers: { Authorization: `Bearer ${this.#key}` } });
      if (!answer.ok) throw new Error(String(answer.status));
      const link = element("a", { href: URL.createObjectURL(await answer.blob()), download: `${this.#code}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    } catch (error) {
      write(at("said"), this.#sentence(error));
    }
  }

  /** All questions as a link that opens them anew. */
  #classLink() {
    const { link, language, questions } = /** @type {State} */ (this.#state);
    const kept = questions.map(({ id, step, truth, n_answers: _, ...question }) => ({ ...question, ...(!question.link && truth !== null && { truth }) }));
    const address = new URL(location.href);
    address.hash = `${NEW.slice(1)}${packed({ link, language, questions: kept })}`;
    return address.href;
  }

  /** @param {string} text */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      write(at("said"), this.texts.copied);
    } catch {
      prompt(this.texts.copy_by_hand, text);
    }
  }

  async #end() {
    this.#listener?.stop();
    await this.#tell("end", {});
    history.replaceState(null, "", location.pathname + location.search);
    this.#showDoor(this.texts.ended);
  }

  /** Say it to the service; what it refuses is said on the page. @param {string} path @param {object} body */
  async #tell(path, body) {
    await this.#whileBusy(() => this.#told(path, body));
  }

  /** @param {string} path @param {object} body */
  #told(path, body) {
    return ask(`${this.#code}/${path}`, { key: this.#key, body });
  }

  /** @param {() => Promise<unknown>} work */
  async #whileBusy(work) {
    this.#busy = true;
    write(at("said"), "");
    if (this.#state) this.#drawSteps(this.#question);
    try {
      await work();
    } catch (error) {
      write(at("said"), this.#sentence(error));
    }
    this.#busy = false;
    if (this.#state) this.#draw();
  }

  /** @param {unknown} error */
  #sentence(error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return this.told.refusals[code] ?? this.texts.failed;
  }

  #switchLobby() {
    if (!this.#state) return;
    this.#inLobby = !this.#inLobby;
    this.#draw();
  }

  /** @param {string} text @param {() => void} onClick @param {string} key */
  #button(text, onClick, key) {
    const button = act(text, onClick);
    button.append(element("kbd", { textContent: key, ariaHidden: "true" }));
    button.setAttribute("aria-keyshortcuts", key);
    return button;
  }

  /**
   * One key for each step, the keys of clickers, and presenter mode.
   *
   * @param {KeyboardEvent} event
   */
  #listen(event) {
    const { target, key, code } = event;
    if (!this.#state || !(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey || target.closest(`${TYPING}, dialog`)) return;
    const inStage = target.closest("[data-testid=stage]"), step = STEPS[Number(code.match(/^(?:Digit|Numpad)([1-4])$/)?.[1]) - 1];
    const does = {
      PageDown: () => this.#advance(), PageUp: () => this.#back(), KeyN: () => this.#next(), KeyC: () => this.#switchLobby(), KeyB: () => this.#switchLobby(), Period: () => this.#switchLobby(),
      KeyP: () => document.body.classList.toggle("present"), Escape: () => document.body.classList.remove("present"),
      ...(!inStage && { ArrowRight: () => this.#advance(), ArrowLeft: () => this.#back(), ...(!target.closest("button, summary, a, input") && { Space: () => this.#stage?.clock.toggle() }) }),
    }[code === "" ? key : code];
    const action = step ? () => this.#press(step) : does;
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** @param {Step} step */
  #press(step) {
    if (!this.buttons[STEPS.indexOf(step)].disabled) this.#go(step);
  }
}

/** @param {object} value */
function packed(value) {
  const text = Array.from(new TextEncoder().encode(JSON.stringify(value)), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** @param {string} id */
function at(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

new Desk(JSON.parse(at("told").textContent ?? ""));
