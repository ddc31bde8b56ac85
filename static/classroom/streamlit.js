import { element, write } from "../stage/dom.js";
import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { tunerOf, watchTuners } from "../stage/registry.js";
import { fill } from "../stage/texts.js";
import { joined } from "./memory.js";
import { ask, Listener } from "./talk.js";
/** @import { State } from "./phone.js" */

/**
 * @typedef {object} Data
 * @property {Record<string, string>} link what a class is asked about, but for what the address says
 * @property {string} stage whose tuner a class may be sent; empty where there is none
 * @property {string} lang
 * @property {Readonly<Record<string, string>>} texts
 * @property {Readonly<Record<string, string>>} refusals
 */

const DESK = new URL("../../../class/desk", import.meta.url);
const APART = ["lang", "present", "bare", "fix"]; // settings of the address that no scene has

/** Doors to the class: a teacher opens one about what the page shows; who has joined one sends a rule to its race. */
export default placing((parentElement) => {
  linkStyles(new URL("door.css", import.meta.url).href);
  const place = element("div", { className: "lo-doors" });
  parentElement.append(place);
  const entry = entryAt(place), doors = new Doors(place);
  entry.update = (/** @type {Data} */ data) => doors.update(data);
  entry.destroy = () => {
    doors.destroy();
    place.remove();
  };
  return entry;
});

class Doors {
  /** @type {Data} */
  #data;
  /** @type {Listener<State> | null} */
  #listener = null;
  #key = "";
  #race = ""; // the question that waits for rules
  #unwatch;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.open = element("a", { className: "lo-door", target: "_blank" });
    this.send = element("button", { type: "button", className: "lo-door", hidden: true });
    this.said = element("span", { className: "lo-door-said" });
    this.said.setAttribute("role", "status");
    host.append(this.open, this.send, this.said);
    for (const kind of ["pointerdown", "focus", "click"]) this.open.addEventListener(kind, () => this.#lead(), true);
    this.send.addEventListener("click", () => this.#send());
    this.#unwatch = watchTuners(() => this.#show());
    window.addEventListener("storage", this.#follow);
    document.addEventListener("visibilitychange", this.#follow);
  }

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    write(this.open, data.texts.open);
    this.#lead();
    this.#follow();
  }

  destroy() {
    this.#unwatch();
    this.#listener?.stop();
    window.removeEventListener("storage", this.#follow);
    document.removeEventListener("visibilitychange", this.#follow);
  }

  /** What the page shows may have changed since: the address knows. */
  #lead() {
    const { link, lang } = this.#data, here = new URLSearchParams(location.search);
    for (const name of APART) here.delete(name);
    const query = new URLSearchParams({ ...link, ...Object.fromEntries(here) });
    this.open.href = `${DESK}?${new URLSearchParams({ lang, link: String(query) })}`;
  }

  /** Listen to the class that this browser has joined, as long as there is one. */
  #follow = () => {
    const there = this.#data.stage ? joined() : null;
    if ((there?.key ?? "") === this.#key) return;
    this.#listener?.stop();
    this.#listener = null;
    this.#key = there?.key ?? "";
    this.#race = "";
    this.#show();
    if (!there) return;
    this.#listener = new Listener(`${there.code}/live`, there.key, {
      state: ({ question, step }) => this.#hear(question?.kind === "race" && step === "open" ? question.id : ""),
      away: () => {},
      refused: () => this.#hear(""),
    });
  };

  /** @param {string} race */
  #hear(race) {
    if (race !== this.#race) write(this.said, "");
    this.#race = race;
    this.#show();
  }

  #show() {
    const open = tunerOf(this.#data.stage)?.open;
    this.send.hidden = !(this.#race && open);
    if (open) write(this.send, fill(this.#data.texts.send, { name: open.label }));
  }

  async #send() {
    const there = joined(), open = tunerOf(this.#data.stage)?.open, { texts, refusals } = this.#data;
    if (!there || !open) return;
    const [rule] = open.id.split("~"); // a copy is the same rule
    try {
      await ask(`${there.code}/answer`, { key: there.key, body: { question: this.#race, value: { rule, settings: open.settings } } });
      write(this.said, fill(texts.sent, { name: open.label }));
    } catch (error) {
      const { code = "" } = /** @type {{code?: string}} */ (error);
      write(this.said, `${texts.not_sent} ${refusals[code] ?? ""}`.trim());
    }
  }
}
