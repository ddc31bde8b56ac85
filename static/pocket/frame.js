import { Explanation } from "../glossary/explanation.js";
import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { KEPT } from "./link.js";
import { Stored } from "./stored.js";
/** @import { Link } from "./link.js" */

/* What all pages of the pocket edition have in common: their head, their language, their files and their controls. */

const LANGUAGES = { en: "English", ko: "한국어" };
export const HERE = new URL("./", import.meta.url);
const LOOKS = ["", "light", "dark"]; // the system's first

/** @type {Explanation | undefined} of terms where they stand */
let terms;

/** @typedef {Record<string, Record<string, string>>} Texts */

/** @param {string} [asked] */
export function languageOf(asked) {
  const wanted = [asked, Stored.get("lang"), navigator.language.split("-")[0]];
  return wanted.find((each) => each && each in LANGUAGES) ?? "en";
}

/** The settings of the address. @returns {Record<string, string>} */
export function asked() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Say in the address what is shown now. @param {Record<string, string>} settings */
export function writeAddress(settings) {
  const address = new URL(location.href), kept = KEPT.flatMap((name) => (address.searchParams.has(name) ? [[name, address.searchParams.get(name) ?? ""]] : []));
  address.search = String(new URLSearchParams([...kept, ...Object.entries(settings)]));
  history.replaceState(history.state, "", address);
}

/** Where a stage finds Plotly. */
export function plotlyUrl() {
  const { plotly = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-plotly]")).dataset;
  return String(new URL(plotly, HERE));
}

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/** A file of this edition, asked for once. @param {string} name @returns {Promise<any>} */
export function fileOf(name) {
  const known = files.get(name) ?? fetched(new URL(name, HERE)).catch((error) => {
    files.delete(name);
    throw error;
  });
  files.set(name, known);
  return known;
}

/** @param {URL} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

/**
 * Name, menu, languages and colors.
 *
 * @param {string} lang @param {Texts} texts @param {{title: string, again: () => void}} page
 */
export function drawHead(lang, { app, pocket, menu }, { title, again }) {
  terms ??= new Explanation(document.body);
  terms.learn(String(new URL(`terms/${lang}.json`, HERE)));
  document.documentElement.lang = lang;
  document.title = title;
  write(at("tagline"), app.tagline);
  write(at("foot"), pocket.about);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#menu a"))) {
    write(link, menu[link.dataset.page ?? ""]);
    link.search = new URLSearchParams(location.search).has("lang") ? `?lang=${lang}` : "";
  }
  at("languages").setAttribute("aria-label", app.language);
  at("languages").replaceChildren(...Object.entries(LANGUAGES).map(([id, name]) => {
    const link = element("a", { href: `?lang=${id}`, lang: id, textContent: name });
    if (id === lang) link.setAttribute("aria-current", "true");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const address = new URL(location.href);
      address.searchParams.set("lang", id);
      history.replaceState(history.state, "", address);
      Stored.put("lang", id);
      again();
    });
    return link;
  }));
  const look = select(pocket.look, LOOKS.map((id) => ({ id, label: pocket[`look_${id || "system"}`] })), document.documentElement.dataset.look ?? "", (id) => {
    if (id) document.documentElement.dataset.look = id;
    else delete document.documentElement.dataset.look;
    Stored.put("look", id);
  });
  at("look").replaceChildren(look);
}

/** Sentences above everything else. @param {(string | Node)[][]} said */
export function notify(said) {
  at("notices").replaceChildren(...said.map((parts) => element("p", {}, parts)));
}

/** What of an address was not understood, in sentences. @param {Link} link @param {Texts} texts */
export function refusedOf({ notices }, { notice }) {
  return notices.map(([key, name]) => fill(notice[key], { name }).replaceAll("`", ""));
}

/** What of an address only the app shows, in a sentence if there is anything. @param {Link} link @param {Texts} texts */
export function awayOf({ away }, { pocket }) {
  return away.size ? [fill(pocket.away, { names: [...away].join(", ") })] : [];
}

/** Say that a part is missing; what is there stays. @param {unknown} error @param {Texts} [texts] */
export function fail(error, texts) {
  console.warn(error);
  const { pocket } = texts ?? { pocket: { failed: "This part could not be loaded. / 불러오지 못했습니다.", reload: "Reload / 새로 고침" } };
  notify([[`${pocket.failed} `, element("a", { href: location.href, textContent: pocket.reload })]]);
}

/** Keep all files for when there is no network; where a browser keeps nothing, all else goes on. */
export async function keepAll() {
  const { serviceWorker: workers } = navigator, { saveData } = /** @type {{saveData?: boolean}} */ (/** @type {any} */ (navigator).connection ?? {});
  await workers?.register(new URL("../worker.js", HERE));
  const { active } = await workers?.ready ?? {};
  if (!saveData) active?.postMessage("all");
}

/** Controls that come back in the place of the same ones keep the focus. @param {HTMLElement} room @param {(Node | string)[]} parts */
export function replace(room, parts) {
  const place = [...room.children].findIndex((each) => each.contains(document.activeElement));
  room.replaceChildren(...parts);
  if (place >= 0) /** @type {HTMLElement | null | undefined} */ (room.children[place]?.querySelector("select, input"))?.focus();
}

/** @param {string} name @param {{id: string, label: string}[]} options @param {string} value @param {(id: string) => void} onChange */
export function select(name, options, value, onChange) {
  const menu = element("select", { ariaLabel: name }, options.map(({ id, label }) => element("option", { value: id, textContent: label })));
  menu.value = value;
  menu.addEventListener("change", () => onChange(menu.value));
  return element("label", {}, [element("span", { textContent: name }), menu]);
}

/** @param {string} name @param {string} value @param {(text: string) => string} onChange gives a sentence where it refuses */
export function box(name, value, onChange) {
  const input = element("input", { type: "text", ariaLabel: name, value, autocomplete: "off", spellcheck: false }), wrong = element("p", { hidden: true });
  wrong.setAttribute("role", "alert");
  input.addEventListener("change", () => {
    write(wrong, onChange(input.value));
    wrong.hidden = !wrong.textContent;
  });
  return element("label", {}, [element("span", { textContent: name }), input, wrong]);
}

/** @param {string} id */
export function at(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
