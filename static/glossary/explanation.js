import { element, withSubscripts } from "../stage/dom.js";

const LINKS = ':is([data-testid="stMarkdownContainer"], .lo-messages, .lo-prose) a:is([href*="glossary?"], [href*="glossary/?"])';
const GAP = 6; // px between a term and what is said about it

/** What is said about the term under the pointer or with the focus. */
export class Explanation {
  #address = "";
  /** @type {Record<string, string> | null} */
  #terms = null; // asked for once somebody points at one
  /** @type {HTMLAnchorElement | null} */
  #meant = null; // what is pointed at while they are on their way
  /** @type {HTMLAnchorElement | null} */
  #link = null;
  #fresh = false; // whether it was opened by the touch that is now becoming a click
  #undo = new AbortController();

  /** @param {HTMLElement} host */
  constructor(host) {
    this.root = element("div", { className: "lo-term", id: "lo-term", hidden: true });
    this.root.setAttribute("role", "tooltip");
    host.append(this.root);
    const { signal } = this.#undo;
    const listen = (/** @type {string} */ kind, /** @type {(event: Event) => void} */ act) => document.addEventListener(kind, act, { signal });
    listen("pointerdown", (event) => {
      const link = linkOf(event);
      this.#fresh = link !== null && link !== this.#link && /** @type {PointerEvent} */ (event).pointerType !== "mouse";
      if (!link) this.#hide();
    });
    listen("click", (event) => {
      if (linkOf(event) && this.#fresh) event.preventDefault(); // a finger reads first, and follows with a second tap
      this.#fresh = false;
    });
    for (const kind of ["pointerover", "focusin"]) listen(kind, (event) => this.#show(linkOf(event)));
    for (const kind of ["pointerout", "focusout"]) listen(kind, (event) => { if (linkOf(event)) this.#hide(); });
    listen("keydown", (event) => { if (/** @type {KeyboardEvent} */ (event).key === "Escape") this.#hide(); });
    document.addEventListener("scroll", () => this.#follow(), { signal, capture: true, passive: true });
  }

  /** @param {string} address of the sentences of the glossary */
  learn(address) {
    if (address !== this.#address) this.#terms = null;
    this.#address = address;
    if (!this.#link) this.#show(linkOf({ target: document.activeElement })); // the focus may have come first
  }

  destroy() {
    this.#undo.abort();
    this.root.remove();
  }

  /** @param {HTMLAnchorElement | null} link */
  #show(link) {
    this.#meant = link;
    if (link && !this.#terms) this.#ask(link);
    const text = link && this.#terms?.[decodeURIComponent(link.hash.slice(1))];
    if (!link || !text) return;
    this.#link = link;
    link.setAttribute("aria-describedby", this.root.id);
    this.root.replaceChildren(...withSubscripts(text.replaceAll("`", "")));
    this.root.lang = new URL(link.href).searchParams.get("lang") ?? "";
    this.root.hidden = false;
    this.#place(link);
  }

  /** Show the sentence as soon as it is there, if it is still asked for. @param {HTMLAnchorElement} link */
  async #ask(link) {
    const address = this.#address;
    if (!address) return;
    const terms = await fetch(address).then((answer) => answer.json()).catch(() => null); // the link leads there all the same
    if (terms && address === this.#address) this.#terms = terms;
    if (terms && this.#meant === link) this.#show(link);
  }

  /** The page moves: what has the focus, which may have moved it, stays explained. */
  #follow() {
    if (this.#link && this.#link === document.activeElement) this.#place(this.#link);
    else this.#hide();
  }

  /** @param {HTMLAnchorElement} link */
  #place(link) {
    const [at] = link.getClientRects(), { offsetWidth: width, offsetHeight: height } = this.root;
    const above = at.bottom + GAP + height > innerHeight;
    this.root.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
    this.root.style.top = `${above ? at.top - GAP - height : at.bottom + GAP}px`;
  }

  #hide() {
    this.#meant = null;
    this.#link?.removeAttribute("aria-describedby");
    this.#link = null;
    this.root.hidden = true;
  }
}

/** @param {{target: EventTarget | null}} event @returns {HTMLAnchorElement | null} */
function linkOf({ target }) {
  return target instanceof Element ? target.closest(LINKS) : null;
}
