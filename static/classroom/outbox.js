import { Away, Refusal } from "./talk.js";

const FIRST = 500, LONGEST = 3000; // ms until the next attempt

/** @typedef {Record<string, unknown>} Waiting answers that the service has not confirmed, by the ids of their questions */

/** Answers on their way: kept until the service has stored them, sent again as long as it does not answer. */
export class Outbox {
  #busy = false;
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} of
   * @param {Waiting} of.waiting what was left over
   * @param {(waiting: Waiting) => void} of.keep
   * @param {(question: string, value: unknown) => Promise<{stored?: boolean}>} of.send
   * @param {(question: string, how: {stored: boolean, value: unknown, code: string}) => void} of.onEnd stored, or refused for a reason
   * @param {(code: string) => void} of.onAway nobody is there, or it cannot be stored now
   */
  constructor({ waiting, keep, send, onEnd, onAway }) {
    this.waiting = { ...waiting };
    this.keep = keep;
    this.send = send;
    this.onEnd = onEnd;
    this.onAway = onAway;
  }

  /** @param {string} question @param {unknown} value the last one counts */
  put(question, value) {
    this.waiting = { ...this.waiting, [question]: value };
    this.keep(this.waiting);
    this.again();
  }

  /** @param {string} question */
  has(question) {
    return Object.hasOwn(this.waiting, question);
  }

  get isWaiting() {
    return Object.keys(this.waiting).length > 0;
  }

  /** Try at once, for instance because the service is there again. */
  again() {
    clearTimeout(this.#timer);
    this.#attempt = 0;
    this.#empty();
  }

  stop() {
    clearTimeout(this.#timer);
    this.waiting = {};
  }

  async #empty() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = Object.entries(this.waiting)[0]; next; next = Object.entries(this.waiting)[0]) await this.#send(...next);
    } catch (error) {
      this.onAway(error instanceof Away ? error.code : "");
      this.#attempt += 1;
      this.#timer = setTimeout(() => this.#empty(), Math.min(FIRST * 2 ** (this.#attempt - 1), LONGEST) * (0.5 + Math.random() / 2));
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} question @param {unknown} value */
  async #send(question, value) {
    let code = "";
    try {
      const { stored } = await this.send(question, value);
      if (!stored) throw new Away();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      code = error.code || "refused";
    }
    this.#attempt = 0;
    if (this.waiting[question] !== value) return; // another one was given meanwhile
    const { [question]: _, ...others } = this.waiting;
    this.waiting = others;
    this.keep(others);
    this.onEnd(question, { stored: !code, value, code });
  }
}
