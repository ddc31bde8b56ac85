import { element, withSubscripts, write } from "./dom.js";

/** Sentences below the pictures, of which what is only to be borne in mind stands behind a sign. */
export class Notes {
  /** @type {HTMLElement[]} */
  #lines = [];
  #kinds = ""; // of the lines, as they stand

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
  }

  /**
   * Write them into the lines that stand there already, where they are as many. The first mention of a marked term leads
   * to the glossary.
   *
   * @param {string[]} sentences
   * @param {{sign: string, notes: {text: string, name?: string}[], lang: string}} behind with the names of classes
   */
  show(sentences, { sign, notes, lang }) {
    const kinds = [sentences.length, ...notes.map(({ name = "" }) => name)].join();
    if (kinds !== this.#kinds) this.#begin(sentences.length, notes);
    this.#kinds = kinds;
    const texts = [...sentences, ...(notes.length ? [sign] : []), ...notes.map(({ text }) => text)];
    /** @type {Set<string>} */
    const named = new Set();
    texts.forEach((text, i) => put(this.#lines[i], text, { lang, named }));
  }

  /**
   * Make the lines; the sign stays open once it was opened.
   *
   * @param {number} count of sentences
   * @param {{name?: string}[]} notes
   */
  #begin(count, notes) {
    const before = this.host.querySelector("details");
    const sentences = Array.from({ length: count }, () => element("p"));
    const behind = notes.length ? [element("summary"), ...notes.map(({ name = "" }) => element("p", { className: name }))] : [];
    const fold = behind.length ? [element("details", { className: "lo-notes", open: before?.open ?? false }, behind)] : [];
    this.#lines = [...sentences, ...behind];
    this.host.replaceChildren(...sentences, ...fold);
  }
}

const MARKED = /\[([^\]]+)\]\(#([\w%]+)\)/;

/** @param {HTMLElement} line @param {string} text @param {{lang: string, named: Set<string>}} terms those named before */
function put(line, text, { lang, named }) {
  const { glossary = "glossary" } = document.documentElement.dataset; // the app's, unless the page says where it lies
  const cut = text.split(MARKED), parts = cut.flatMap((part, k) => {
    if (k % 3 === 0) return withSubscripts(part);
    if (k % 3 === 2) return [];
    const term = cut[k + 1], isFirst = !named.has(term);
    named.add(term);
    return isFirst ? [element("a", { href: `${glossary}?lang=${lang}#${term}`, target: "_blank", textContent: part })] : [part];
  });
  if (parts.some((part) => part instanceof HTMLAnchorElement)) {
    if (line.dataset.text !== text) line.replaceChildren(...parts); // what is pointed at stays
    line.dataset.text = text;
    return;
  }
  delete line.dataset.text;
  const nodes = line.childNodes;
  if (parts.length === nodes.length) parts.forEach((part, i) => write(nodes[i], typeof part === "string" ? part : part.textContent ?? ""));
  else line.replaceChildren(...parts);
}
