import { element, svgElement, write } from "../stage/dom.js";
import { markerPath } from "../stage/draw.js";
import { shortNumber } from "../stage/numbers.js";
import { mountStage } from "../stage/stage.js";
import { fill } from "../stage/texts.js";
import { ICONS } from "../stage/transport.js";
/** @import { Scene } from "../stage/drawn.d.ts" */
/** @import { Ground, Handle, Welcome as Told } from "../stage/messages.d.ts" */

const PLACES = 200; // of the handle
const REST = 700; // ms without a turn of the handle, after which the race is played anew

/** The page: a race that plays, and one handle that all its paths follow. */
class Welcome {
  /** @type {Ground} */
  #ground;
  #value = 0;
  #start = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  #told;
  #stage;

  /** @param {Told} told */
  constructor(told) {
    this.#told = told;
    this.#stage = mountStage(at("picture"), {
      magnifies: false, // one picture, one handle
      onStart: ({ params }) => this.#move(params ?? []),
      onDrawn: (scene) => this.#nameRuns(scene),
    });
    this.#stage.clock.subscribe(() => this.#showPlay());
    at("play").addEventListener("click", () => this.#stage.clock.toggle());
    for (const chip of chips()) chip.addEventListener("click", () => this.#show(chip.dataset.ground ?? ""));
    handle().addEventListener("input", () => this.#turn());
    for (const control of [handle(), at("play")]) Object.assign(control, { disabled: false });
    document.addEventListener("keydown", (event) => this.#listen(event));
    this.#show(location.hash.slice(1));
  }

  /** @param {string} id of a ground; of none, the first */
  #show(id) {
    const { grounds } = this.#told, shown = this.#ground;
    const ground = grounds.find((each) => each.id === id) ?? grounds[0];
    for (const chip of chips()) chip.setAttribute("aria-pressed", String(chip.dataset.ground === ground.id));
    if (ground === shown) return;
    clearTimeout(this.#resting);
    this.#ground = ground;
    this.#value = ground.handle.rate;
    this.#start = "";
    at("sentence").textContent = ground.sentence;
    at("picture").classList.toggle("lined", ground.scene.n_samples > 1);
    at("limit").textContent = fill(this.#told.texts.limit, { value: shortNumber(ground.handle.limit) });
    at("limit").style.setProperty("--share", String(shareOf(ground.handle, ground.handle.limit)));
    handle().value = String(Math.round(PLACES * shareOf(ground.handle, ground.handle.rate)));
    for (const link of document.querySelectorAll("#languages a")) Object.assign(link, { hash: ground.id });
    this.#stage.rest();
    this.#stage.clock.hold(0);
    this.#stage.update(ground.scene);
    if (shown) this.#begin(ground.id);
    this.#tell();
  }

  /** @param {string} id of a ground that was chosen */
  #begin(id) {
    history.replaceState(null, "", `#${id}`);
    if (!isStill()) this.#stage.clock.playSoon();
  }

  /** The handle is under the hand: whole paths follow it. */
  #turn() {
    const { clock } = this.#stage, { rates, rate } = this.#ground.handle;
    this.#value = valueAt(this.#ground.handle, handle().valueAsNumber);
    this.#stage.hold();
    clock.hold(clock.last);
    for (const id of Object.keys(rates)) this.#stage.tune(id, this.#value === rate ? null : { learning_rate: this.#rateOf(id) }, "");
    this.#tell();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), REST);
  }

  #rest() {
    const { clock } = this.#stage;
    this.#stage.rest();
    if (isStill()) return;
    clock.seek(0);
    clock.play();
  }

  /**
   * The start was taken elsewhere.
   *
   * @param {number[]} params
   */
  #move(params) {
    this.#start = params.join("_");
    this.#tell();
  }

  /** @param {string} id */
  #rateOf(id) {
    const { rates, rate } = this.#ground.handle;
    return this.#value === rate ? rates[id] : Number(((rates[id] * this.#value) / rate).toPrecision(3));
  }

  /** What the handle shows, why a path bursts, and what the Lab opens with. */
  #tell() {
    const { handle: { limit, rates }, burst, link, start } = this.#ground, { texts, lang } = this.#told;
    const beyond = this.#value > limit, spoken = shortNumber(this.#value);
    document.body.classList.toggle("beyond", beyond);
    at("line").classList.toggle("burst", beyond);
    write(at("line"), beyond ? burst : texts.calm);
    write(at("value"), spoken);
    handle().setAttribute("aria-valuetext", `${spoken}${beyond ? `, ${at("limit").textContent}` : ""}`);
    const chosen = Object.keys(rates).map((id) => [`${id}.learning_rate`, String(this.#rateOf(id))]);
    const query = new URLSearchParams({ ...link, ...Object.fromEntries(chosen), ...(this.#start && { [start]: this.#start }), lang });
    for (const each of document.querySelectorAll("a[data-lab]")) each.setAttribute("href", `${each.getAttribute("href")?.split("?")[0]}?${query}`);
  }

  /** @param {Scene} scene */
  #nameRuns({ runs, texts }) {
    at("runs").replaceChildren(...runs.map(({ label, color, dash, marker, diverged_at: lost }) => {
      const line = svgElement("line", { x1: 0, y1: 7, x2: 34, y2: 7, stroke: "currentColor", "stroke-width": 2.4, "stroke-dasharray": dash.join(" ") });
      const mark = svgElement("path", { d: markerPath(marker, 4.4), fill: "currentColor", transform: "translate(17 7)" });
      const look = svgElement("svg", { width: 34, height: 14, "aria-hidden": "true", style: `color: light-dark(${color.light}, ${color.dark})` }, [line, mark]);
      const fate = lost === null ? [] : [element("span", { className: "gone", textContent: fill(texts.diverged, { step: lost }) })];
      return element("li", {}, [look, element("span", { textContent: label }), ...fate]);
    }));
  }

  #showPlay() {
    const { playing } = this.#stage.clock, { texts } = this.#ground.scene, button = at("play");
    if (button.dataset.playing === String(playing)) return;
    button.dataset.playing = String(playing);
    button.setAttribute("aria-label", playing ? texts.pause : texts.play);
    button.replaceChildren(svgElement("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [svgElement("path", { d: playing ? ICONS.pause : ICONS.play })]));
  }

  /**
   * Space plays, wherever nothing else wants it.
   *
   * @param {KeyboardEvent} event
   */
  #listen(event) {
    if (event.key !== " " || event.target !== document.body) return;
    event.preventDefault();
    this.#stage.clock.toggle();
  }
}

/** @param {string} id */
function at(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

function handle() {
  return /** @type {HTMLInputElement} */ (at("step-size"));
}

/** @returns {HTMLElement[]} */
function chips() {
  return [...at("grounds").querySelectorAll("button")];
}

/**
 * Where a value lies between the ends of a handle, which counts in parts of itself.
 *
 * @param {Handle} handle
 * @param {number} value
 */
function shareOf({ low, high }, value) {
  return Math.log(value / low) / Math.log(high / low);
}

/**
 * The value at a place of the handle, in few digits; where the race was sent, its own.
 *
 * @param {Handle} handle
 * @param {number} place
 */
function valueAt(handle, place) {
  const { low, high, rate } = handle;
  if (place === Math.round(PLACES * shareOf(handle, rate))) return rate;
  return Number((low * (high / low) ** (place / PLACES)).toPrecision(3));
}

function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

new Welcome(JSON.parse(at("told").textContent ?? ""));
