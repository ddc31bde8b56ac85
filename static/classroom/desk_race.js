import { element, write } from "../stage/dom.js";
import { number } from "../stage/numbers.js";
import { floats } from "../stage/scene.js";
import { fill } from "../stage/texts.js";
import { ranked } from "./ranking.js";
/** @import { Scene } from "../stage/messages.d.ts" */
/** @import { MountedStage } from "../stage/stage.js" */
/** @import { Rank } from "./class.d.ts" */
/** @import { Texts } from "./desk.d.ts" */

const PAUSE = 250; // ms between two rankings while the race plays
const FIRST = 24; // are named while it plays
const MOST = 28_000; // characters of a ranking that everybody is sent

/** The race of a class: everybody's path on the stage, a ranking beside it, and whoever is clicked lit up. */
export class ClassRace {
  /** @type {string[]} */
  #names = [];
  /** @type {Float32Array[]} */
  #losses = [];
  /** @type {Scene | null} */
  #scene = null;
  /** @type {number | null} */
  #minimum = null;
  #lit = -1;
  #drawn = { index: -1, time: 0, all: false };
  #unfollow = () => {};

  /**
   * @param {HTMLElement} host
   * @param {{stage: MountedStage, texts: Texts, onEnd: () => void}} of
   */
  constructor(host, { stage, texts, onEnd }) {
    this.stage = stage;
    this.texts = texts;
    this.onEnd = onEnd;
    this.note = element("p");
    this.list = element("ol", { className: "cl-ranks" });
    host.replaceChildren(element("h3", { textContent: texts.ranking }), this.note, this.list);
    this.list.addEventListener("click", (event) => {
      const row = event.target instanceof Element && event.target.closest("button");
      if (row) this.light(Number(row.dataset.k));
    });
  }

  /**
   * Show a race of people with these names, one for each path.
   *
   * @param {Scene} scene
   * @param {{names: string[], minimum: number | null, refused: number}} of
   */
  show(scene, { names, minimum, refused }) {
    this.#scene = scene;
    this.#names = names;
    this.#minimum = minimum;
    this.#losses = (scene.crowd ?? []).map(({ loss }) => floats(loss));
    this.#lit = -1;
    this.#drawn = { index: -1, time: 0, all: false };
    write(this.note, refused ? fill(this.texts.refused, { count: refused }) : "");
    this.#unfollow();
    let ended = false;
    this.#unfollow = this.stage.clock.subscribe((clock) => {
      this.#rank();
      if (ended || clock.playing || clock.last === 0 || clock.position < clock.last) return;
      ended = true;
      this.onEnd();
    });
    this.#rank();
  }

  /** Light a path up by its number; again: no longer. @param {number} k */
  light(k) {
    if (!this.#scene || !(k < this.#names.length)) return;
    this.#lit = this.#lit === k ? -1 : k;
    const path = this.#scene.crowd?.[this.#lit];
    const run = path && {
      ...path, id: `lit ${k}`, label: this.#names[k], detail: "", dash: [], marker: "circle", batch_size: 1, steps_per_epoch: 1, diverged_at: null,
    };
    this.stage.update({ ...this.#scene, runs: run ? [run] : [] });
    this.#drawn.index = -1;
    this.#rank();
  }

  /** Number of whoever has this name. @param {string} nickname */
  numberOf(nickname) {
    return this.#names.indexOf(nickname);
  }

  /** How all have come in, as everybody is sent it. @returns {Rank[]} */
  get result() {
    const all = this.#ranks((this.#losses[0]?.length ?? 1) - 1).map(({ k, rank, loss }) => ({ nickname: this.#names[k], rank, loss: loss === null ? null : Number(loss.toPrecision(4)) }));
    while (sizeOf(all) > MOST) all.length = Math.floor(0.8 * all.length);
    return all;
  }

  destroy() {
    this.#unfollow();
  }

  /** @param {number} index */
  #ranks(index) {
    return ranked(this.#losses, index, this.#minimum);
  }

  #rank() {
    const { clock } = this.stage, { stride = 1, count = 1 } = this.#scene?.frames ?? {}, now = performance.now();
    const index = Math.min(Math.floor(clock.step / stride + 1e-9) + Number(clock.step >= clock.last && clock.last > 0), count - 1), all = !clock.playing;
    if (index === this.#drawn.index && all === this.#drawn.all) return;
    if (clock.playing && now - this.#drawn.time < PAUSE) return;
    this.#drawn = { index, time: now, all };
    const ranks = this.#ranks(clock.step >= clock.last ? count - 1 : index);
    this.list.replaceChildren(...(all ? ranks : ranks.slice(0, FIRST)).map((rank) => this.#row(rank)));
  }

  /** @param {{k: number, rank: number, loss: number | null}} of */
  #row({ k, rank, loss }) {
    const words = [`${rank}.`, this.#names[k], loss === null ? this.texts.lost : number(loss)];
    const button = element("button", { type: "button" }, words.map((textContent) => element("span", { textContent })));
    button.dataset.k = String(k);
    button.setAttribute("aria-pressed", String(k === this.#lit));
    return element("li", {}, [button]);
  }
}

/** Characters of a message, as the service counts them. @param {unknown} value */
function sizeOf(value) {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, "123456").length;
}
