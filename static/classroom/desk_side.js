import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
/** @import { Asked, State, Student, Texts } from "./desk.d.ts" */

/**
 * @typedef {object} Acts what a teacher may do beside the steps
 * @property {(question: string) => void} select
 * @property {(question: string) => void} reset
 * @property {(question: string) => void} drop
 * @property {(student: string, what: "answer" | "nickname" | "student") => void} remove
 * @property {(student: Student) => void} light
 * @property {() => void} own
 * @property {() => void} save
 * @property {() => void} copyDesk
 * @property {() => void} copyClass
 * @property {() => void} end
 */

/** Questions, people and the class itself, beside what the room sees. */
export class Side {
  /** @type {Map<string, {row: HTMLElement, name: HTMLElement, state: HTMLElement, undo: HTMLButtonElement}>} */
  #people = new Map();
  #asked = ""; // what the list of questions shows already

  /** @param {HTMLElement} root @param {{texts: Texts, acts: Acts}} of */
  constructor(root, { texts, acts }) {
    this.texts = texts;
    this.acts = acts;
    this.questions = element("ol", { className: "cl-questions" });
    this.names = element("ul", { className: "cl-names" });
    this.peopleHead = element("summary", { textContent: texts.people });
    root.setAttribute("aria-label", texts.side);
    root.replaceChildren(
      part(element("summary", { textContent: texts.questions }), [this.questions, act(texts.own, acts.own)], true),
      part(this.peopleHead, [this.names]),
      part(element("summary", { textContent: texts.class }), [
        act(texts.csv, acts.save), act(texts.copy_class, acts.copyClass), note(texts.copy_class_help), act(texts.copy_desk, acts.copyDesk), note(texts.copy_desk_help), act(texts.end, acts.end), note(texts.keys),
      ]),
    );
  }

  /** @param {State} state @param {string} selected */
  show(state, selected) {
    this.#showQuestions(state, selected);
    this.#showPeople(state);
  }

  /** @param {State} state @param {string} selected */
  #showQuestions({ questions, question }, selected) {
    const asked = JSON.stringify([questions.map(({ id, text, step, n_answers: count }) => [id, text, step, count]), question?.id, selected]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const hadFocus = document.activeElement instanceof HTMLElement && this.questions.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
    this.questions.replaceChildren(...questions.map((each, k) => this.#question(each, k + 1, each.id === selected)));
    if (hadFocus) /** @type {HTMLElement | null} */ (this.questions.querySelector(`[data-act="${CSS.escape(hadFocus)}"]`))?.focus();
  }

  /** @param {Asked} question @param {number} place @param {boolean} isSelected */
  #question({ id, text, step, n_answers: count }, place, isSelected) {
    const { texts, acts } = this;
    const told = step ? `${texts[`is_${step}`]} · ${fill(texts.answers_count, { count })}` : texts.not_asked;
    const choose = act(`${place}. ${text}`, () => acts.select(id), `select ${id}`);
    choose.className = "cl-select";
    choose.setAttribute("aria-current", String(isSelected));
    const more = isSelected ? [element("p", { className: "cl-acts" }, [
      ...(step ? [act(texts.reset, () => acts.reset(id), `reset ${id}`)] : []), act(texts.drop, () => acts.drop(id), `drop ${id}`),
    ])] : [];
    return element("li", {}, [choose, element("small", { textContent: told }), ...more]);
  }

  /** @param {State} state */
  #showPeople({ students }) {
    write(this.peopleHead, fill(this.texts.people_count, { here: students.filter(({ present }) => present).length, count: students.length }));
    const gone = new Set(this.#people.keys());
    for (const student of students) {
      gone.delete(student.student);
      const row = this.#people.get(student.student) ?? this.#person(student);
      write(row.name, student.nickname);
      write(row.state, `${student.present ? "●" : "○"}${student.answered ? " ✓" : ""}`);
      row.state.setAttribute("aria-label", [this.texts[student.present ? "is_here" : "is_away"], student.answered ? this.texts.has_answered : ""].filter(Boolean).join(", "));
      row.undo.disabled = !student.answered;
    }
    for (const student of gone) {
      this.#people.get(student)?.row.remove();
      this.#people.delete(student);
    }
  }

  /** @param {Student} student */
  #person({ student: id, nickname }) {
    const { texts, acts } = this;
    const name = act(nickname, () => acts.light({ student: id, nickname: name.textContent ?? "", answered: false, present: false }));
    const state = element("span", { className: "cl-state" });
    state.setAttribute("role", "img");
    const undo = act(texts.remove_answer, () => acts.remove(id, "answer"));
    const doors = element("details", {}, [element("summary", { textContent: "⋯", ariaLabel: texts.more }), undo, act(texts.remove_name, () => acts.remove(id, "nickname")), act(texts.remove_student, () => acts.remove(id, "student"))]);
    const row = element("li", {}, [state, name, doors]), known = { row, name, state, undo };
    this.#people.set(id, known);
    this.names.append(row);
    return known;
  }
}

/** @param {HTMLElement} summary @param {HTMLElement[]} inside @param {boolean} [open] */
function part(summary, inside, open = false) {
  return element("details", { open, name: "side" }, [summary, element("div", {}, inside)]);
}

/** @param {string} text @param {() => void} onClick @param {string} [name] */
export function act(text, onClick, name = "") {
  const button = element("button", { type: "button", textContent: text });
  if (name) button.dataset.act = name;
  button.addEventListener("click", onClick);
  return button;
}

/** @param {string} text */
function note(text) {
  return element("p", { className: "cl-note", textContent: text });
}
