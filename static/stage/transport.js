import { SPEEDS } from "./clock.js";
import { element, iconButton, nameControl, selectBox, write } from "./dom.js";
import { count } from "./numbers.js";
import { fill } from "./texts.js";
/** @import { Clock } from "./clock.js" */
/** @import { Texts } from "./drawn.d.ts" */
/** @import { Options } from "./messages.d.ts" */

export const ICONS = {
  start: "M6 5h2.5v14H6zM19 5v14L9.5 12z",
  back: "M15 5v14L5.5 12zM16.5 5H19v14h-2.5z",
  play: "M7 4.5v15L19.5 12z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  forward: "M9 5v14l9.5-7zM5 5h2.5v14H5z",
  end: "M15.5 5H18v14h-2.5zM5 5v14l9.5-7z",
  loop: "M7 6.5h8.5a4.5 4.5 0 0 1 4.5 4.5v1h-2v-1a2.5 2.5 0 0 0-2.5-2.5H7V11L3 7.5 7 4zM17 17.5H8.5A4.5 4.5 0 0 1 4 13v-1h2v1a2.5 2.5 0 0 0 2.5 2.5H17V13l4 3.5-4 3.5z",
};

/** Buttons, slider and counter that show and move a clock. */
export class Transport {
  #clock;
  /** @type {Texts} */
  #texts;
  #lang = "en";
  #resume = false;
  #shown = ""; // what it shows already

  /**
   * `onOptions(change)` is called when the person chooses another speed or loop.
   *
   * @param {HTMLElement} host
   * @param {{clock: Clock, onOptions: (change: Partial<Options>) => void}} of
   */
  constructor(host, { clock, onOptions }) {
    this.#clock = clock;
    this.buttons = {
      to_start: iconButton(ICONS.start, () => clock.hold(0)),
      step_back: iconButton(ICONS.back, () => clock.move(-1)),
      play: iconButton(ICONS.play, () => clock.toggle()),
      step_forward: iconButton(ICONS.forward, () => clock.move(1)),
      to_end: iconButton(ICONS.end, () => clock.hold(clock.last)),
    };
    this.loop = iconButton(ICONS.loop, () => onOptions({ loop: !clock.loop }));
    this.speed = selectBox(SPEEDS, (speed) => onOptions({ speed }));
    this.slider = element("input", { type: "range", min: 0, step: 1, className: "lo-scrub" });
    this.counter = element("output", { className: "lo-counter" });
    this.buttons.play.classList.add("lo-play");
    this.#listenToSlider();
    host.append(
      element("div", { className: "lo-buttons" }, Object.values(this.buttons)), this.slider, this.counter,
      element("div", { className: "lo-buttons" }, [this.speed.select, this.loop]),
    );
  }

  /**
   * Write all names in the reader's language.
   *
   * @param {{lang: string, texts: Texts}} words
   */
  layOut({ lang, texts }) {
    this.#texts = texts;
    this.#lang = lang;
    for (const [key, button] of Object.entries(this.buttons)) nameControl(button, texts[key]);
    nameControl(this.loop, texts.loop);
    nameControl(this.slider, texts.scrub);
    this.speed.name(texts.speed, SPEEDS.map((speed) => `${speed}×`));
    this.#shown = "";
    this.draw();
  }

  /** Show where the clock is. */
  draw() {
    const { step, last, stride, playing, speed, loop } = this.#clock, asked = [step, last, stride, playing, speed, loop].join();
    if (asked === this.#shown) return;
    this.#shown = asked;
    const { play } = this.buttons, words = this.#words(step);
    play.querySelector("path")?.setAttribute("d", playing ? ICONS.pause : ICONS.play);
    nameControl(play, playing ? this.#texts.pause : this.#texts.play);
    this.loop.setAttribute("aria-pressed", String(loop));
    this.speed.show(speed);
    this.slider.max = String(Math.ceil(last / stride));
    this.slider.value = String(Math.ceil(step / stride));
    this.counter.style.minWidth = `${this.#words(last).length}ch`;
    this.slider.setAttribute("aria-valuetext", words);
    write(this.counter, words);
  }

  /** The step shown, in words. */
  get words() {
    return this.#words(this.#clock.step);
  }

  /** @param {number} step */
  #words(step) {
    const [now, last] = [step, this.#clock.last].map((value) => count(value, this.#lang));
    return fill(this.#texts.step_of, { step: now, last });
  }

  /** Playing rests while the slider is held, and goes on from where it is let go. */
  #listenToSlider() {
    this.slider.addEventListener("input", () => {
      this.#resume ||= this.#clock.playing;
      this.#clock.hold(this.slider.valueAsNumber * this.#clock.stride);
    });
    this.slider.addEventListener("change", () => {
      if (this.#resume && this.#clock.step < this.#clock.last) this.#clock.play();
      this.#resume = false;
    });
  }
}

/**
 * Space, arrows, Home and End move the clock, except where a control uses them itself.
 *
 * @param {HTMLElement} root
 * @param {Clock} clock
 */
export function listenToKeys(root, clock) {
  root.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!(target instanceof Element)) return;
    const action = keyActions(clock)[key];
    const own = target.matches("select") || (target.matches("button") && key === " ") || (target.matches("input") && key !== " ");
    if (!action || own || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
}

/** @param {Clock} clock @returns {Record<string, () => void>} */
function keyActions(clock) {
  return {
    " ": () => clock.toggle(),
    ArrowLeft: () => clock.move(-1),
    ArrowRight: () => clock.move(1),
    Home: () => clock.hold(0),
    End: () => clock.hold(clock.last),
  };
}
