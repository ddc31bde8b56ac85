import { element } from "../stage/dom.js";
import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { stageNamed } from "../stage/registry.js";
import { fill } from "../stage/texts.js";
import { qrcode } from "../vendor/qrcode-generator-2.0.4.js";
import { pngOf, save } from "./files.js";
import { canFilm, film } from "./film.js";
/** @import { MountedStage } from "../stage/stage.js" */

/**
 * @typedef {{stage: string, stem: string, texts: Record<string, string>}} Data
 * @typedef {{signal: AbortSignal, say: (text: string) => void}} How
 */

const KINDS = /** @type {const} */ (["png", "svg", "film"]);
const SETTLED = 700; // ms until the address bar holds what a change made of the link

/* What a browser can make of a stage by itself. component.data is {name, stage, stem, texts}. */
export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("take_home.css", import.meta.url).href);
  const buttons = Object.fromEntries(KINDS.map((kind) => {
    const button = element("button", { type: "button", className: "lo-take-button" });
    button.addEventListener("click", () => run(kind));
    return [kind, button];
  }));
  const note = element("p", { className: "lo-take-note" });
  note.setAttribute("role", "status");
  const address = element("input", { className: "lo-take-address", readOnly: true });
  const code = element("div", { className: "lo-take-code" });
  const local = element("p", { className: "lo-take-note" });
  const files = element("div", {}, [element("div", { className: "lo-take-buttons" }, Object.values(buttons)), note]);
  const link = element("div", {}, [address, local]);
  const parts = element("div", { className: "lo-take" }, [files, code, link]);
  const root = element("div", { className: "lo-stage" }, [parts]);
  const entry = entryAt(root);
  address.addEventListener("focus", () => address.select());
  /** @type {Data} */
  let data;
  /** @type {AbortController | null} */
  let busy = null;

  /** @param {(typeof KINDS)[number]} kind */
  async function run(kind) {
    if (busy) return busy.abort();
    const stage = stageNamed(data.stage);
    if (!stage) return undefined;
    busy = new AbortController();
    try {
      await MAKERS[kind](stage, data, { signal: busy.signal, say: (text) => { note.textContent = text; } });
    } catch (error) {
      note.textContent = fill(data.texts.failed, { reason: error instanceof Error ? error.message : String(error) });
    }
    busy = null;
    return undefined;
  }

  function showLink() {
    address.value = location.href;
    address.setAttribute("aria-label", data.texts.link);
    code.innerHTML = qrSvg(location.href) ?? "";
    code.firstElementChild?.setAttribute("aria-label", data.texts.qr);
    const here = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
    local.textContent = [code.firstElementChild ? "" : data.texts.too_long, here ? data.texts.local : ""].filter(Boolean).join(" ");
  }

  entry.update = (/** @type {Data} */ told) => {
    data = told;
    for (const [kind, button] of Object.entries(buttons)) button.textContent = data.texts[kind];
    buttons.film.disabled = !canFilm();
    note.textContent = canFilm() ? data.texts.note : data.texts.no_film;
    showLink();
    clearTimeout(entry.timer);
    entry.timer = setTimeout(showLink, SETTLED);
  };
  entry.destroy = () => {
    clearTimeout(entry.timer);
    root.remove();
  };
  parentElement.append(root);
  return entry;
}

/** @type {Record<(typeof KINDS)[number], (stage: MountedStage, data: Data, how: How) => Promise<void>>} */
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
