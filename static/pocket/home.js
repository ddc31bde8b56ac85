import { element, write } from "../stage/dom.js";
import { at, fail, HERE } from "./frame.js";
/** @import { MountedStage } from "../stage/stage.js" */
/** @import { Shown, Take } from "./take.js" */

/** The fold of what is taken home; what makes the files comes when it is opened. */
export class Home {
  /** @type {Promise<Take> | undefined} */
  #take;

  /** @param {() => MountedStage} stage @param {() => Shown} shown */
  constructor(stage, shown) {
    this.stage = stage;
    this.shown = shown;
    this.fold = /** @type {HTMLDetailsElement} */ (at("home"));
    this.fold.addEventListener("toggle", () => this.update());
  }

  /** Follow what the Lab shows. */
  update() {
    const { texts } = this.shown().catalog;
    write(/** @type {HTMLElement} */ (this.fold.querySelector("summary")), texts.take_home.name);
    if (!this.fold.open) return;
    this.#take ??= this.#opened();
    this.#take.then((take) => take.update(), (error) => {
      this.#take = undefined;
      fail(error, texts);
    });
  }

  async #opened() {
    const module = await import(String(new URL("take.js", HERE)));
    document.head.append(element("link", { rel: "stylesheet", href: String(new URL("take.css", HERE)) }));
    const take = /** @type {Take} */ (new module.Take(this.stage, this.shown));
    this.fold.querySelector("div")?.replaceChildren(take.root);
    return take;
  }
}
