import { element } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { qrcode } from "../vendor/qrcode-generator-2.0.4.js";
import { Copied, frameOf } from "./embed.js";
import { pngOf, save } from "./files.js";
import { canFilm, film } from "./film.js";
/** @import { MountedStage } from "../stage/stage.js" */

/**
 * @typedef {{stem: string, texts: Record<string, string>}} Told `stem` names the files
 * @typedef {{signal: AbortSignal, say: (text: string) => void}} How
 * @typedef {(stage: MountedStage, told: Told, how: How) => Promise<void>} Make
 */

const SETTLED = 700; // ms until the address bar holds what a change made of the link

/** What a browser can make of a stage by itself: files, the address as a code, and a frame for other pages. */
export class TakeHome {
  /** @type {Told} */
  #told;
  /** @type {AbortController | null} */
  #busy = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => MountedStage | undefined} stage @param {Record<string, Make>} [more] other files, by the names of their texts */
  constructor(stage, more = {}) {
    this.buttons = Object.fromEntries(Object.entries({ ...more, ...MAKERS }).map(([kind, make]) => {
      const button = element("button", { type: "button", className: "lo-take-button" });
      button.addEventListener("click", () => this.#run(stage(), make));
      return [kind, button];
    }));
    this.note = element("p", { className: "lo-take-note" });
    this.note.setAttribute("role", "status");
    this.address = element("input", { className: "lo-take-address", readOnly: true });
    this.address.addEventListener("focus", () => this.address.select());
    this.code = element("div", { className: "lo-take-code" });
    this.local = element("p", { className: "lo-take-note" });
    this.embedded = new Copied();
    const files = element("div", {}, [element("div", { className: "lo-take-buttons" }, Object.values(this.buttons)), this.note]);
    const link = element("div", {}, [this.address, this.local]);
    const parts = element("div", { className: "lo-take" }, [files, this.code, link, this.embedded.root]);
    this.root = element("div", { className: "lo-stage" }, [parts]);
  }

  /** @param {MountedStage | undefined} stage @param {Make} make */
  async #run(stage, make) {
    if (this.#busy) return this.#busy.abort();
    if (!stage) return undefined;
    this.#busy = new AbortController();
    try {
      await make(stage, this.#told, { signal: this.#busy.signal, say: (text) => { this.note.textContent = text; } });
    } catch (error) {
      this.note.textContent = fill(this.#told.texts.failed, { reason: error instanceof Error ? error.message : String(error) });
    }
    this.#busy = null;
    return undefined;
  }

  /** @param {Told} told */
  update(told) {
    this.#told = told;
    for (const [kind, button] of Object.entries(this.buttons)) button.textContent = told.texts[kind];
    this.buttons.film.disabled = !canFilm();
    this.note.textContent = canFilm() ? told.texts.note : told.texts.no_film;
    this.#showLink();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#showLink(), SETTLED);
  }

  #showLink() {
    const { href, hostname } = location, { link, qr, too_long: tooLong, local, embed, copy, copied } = this.#told.texts;
    this.address.value = href;
    this.address.setAttribute("aria-label", link);
    this.embedded.show(frameOf(href, document.title), { name: embed, copy, copied });
    this.code.innerHTML = qrSvg(href) ?? "";
    this.code.firstElementChild?.setAttribute("aria-label", qr);
    const here = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    this.local.textContent = [this.code.firstElementChild ? "" : tooLong, here ? local : ""].filter(Boolean).join(" ");
  }

  destroy() {
    clearTimeout(this.#timer);
    this.root.remove();
  }
}

/** @type {Record<string, Make>} */
const MAKERS = {
  async svg(stage, { stem }) {
    save(new Blob([await stage.svg()], { type: "image/svg+xml" }), `${stem}.svg`);
  },
  async png(stage, { stem }) {
    save(await pngOf(await stage.svg()), `${stem}.png`);
  },
  async film(stage, { stem, texts }, { signal, say }) {
    const { blob, ending } = await film(stage, {
      signal, onProgress: (share) => say(fill(texts.filming, { share: Math.round(100 * share) })),
    });
    say(texts.note);
    if (blob) save(blob, `${stem}.${ending}`);
  },
};

/**
 * A QR code as SVG, with as much error correction as fits; null where the text is too long.
 *
 * @param {string} text
 */
function qrSvg(text) {
  for (const level of /** @type {const} */ (["M", "L"])) {
    try {
      const code = qrcode(0, level);
      code.addData(text);
      code.make();
      return code.createSvgTag({ cellSize: 4, scalable: true });
    } catch {
      // try with less error correction
    }
  }
  return null;
}
