import { element } from "./dom.js";
import { fill, number } from "./format.js";

/** Sentences whose numbers follow the step: `{text: "… {0} … {1} …", values}` per line. */
export class LiveSentences {
  #scene = null;
  #lines = [];

  constructor(host) {
    this.host = host;
  }

  layOut({ scene }) {
    this.#scene = scene;
    this.#lines = scene.sentences.map(() => element("p"));
    this.host.replaceChildren(...this.#lines);
  }

  draw({ index }) {
    this.#scene.sentences.forEach(({ text, values }, k) => {
      const size = values.length / this.#scene.frames.count;
      const numbers = Array.from(values.subarray(index * size, (index + 1) * size), number);
      this.#lines[k].textContent = fill(text, numbers);
    });
  }
}
