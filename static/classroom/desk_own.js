import { element, write } from "../stage/dom.js";
import { act } from "./desk_side.js";
/** @import { Ground } from "./class.d.ts" */
/** @import { Texts } from "./desk.d.ts" */

const LEAST = 2, MOST = 8; // options

/** A question of one's own: a text, and what may be answered. */
export class OwnQuestion {
  /** @type {Ground | null} */
  #ground = null;
  #link = "";

  /** @param {{texts: Texts, onAdd: (question: Record<string, unknown>) => Promise<string>}} of `onAdd` gives the sentence with which it is refused */
  constructor({ texts, onAdd }) {
    this.texts = texts;
    this.onAdd = onAdd;
    this.kind = element("select", {}, ["choice", "number", "point"].map((kind) => element("option", { value: kind, textContent: texts[`kind_${kind}`] })));
    this.text = element("textarea", { rows: 3, maxLength: 600, required: true });
    this.options = element("textarea", { rows: 4 });
    this.right = element("input", { type: "number", min: "1", max: String(MOST) });
    this.low = element("input", { inputMode: "decimal", value: "0" });
    this.high = element("input", { inputMode: "decimal", value: "100" });
    this.scale = element("select", {}, ["linear", "log"].map((scale) => element("option", { value: scale, textContent: texts[`scale_${scale}`] })));
    this.label = element("input", { maxLength: 60 });
    this.truth = element("input", { inputMode: "decimal" });
    this.wrong = element("p", { className: "cl-wrong" });
    this.wrong.setAttribute("role", "alert");
    this.parts = {
      choice: element("div", {}, [field(texts.options, this.options), field(texts.right_option, this.right)]),
      number: element("div", { className: "cl-pair" }, [field(texts.low, this.low), field(texts.high, this.high), field(texts.scale, this.scale), field(texts.unit, this.label), field(texts.truth_number, this.truth)]),
      point: element("p", { textContent: texts.point_help }),
    };
    this.add = element("button", { textContent: texts.add });
    const form = element("form", { method: "dialog", noValidate: true }, [
      element("h2", { textContent: texts.own }), field(texts.kind, this.kind), field(texts.text, this.text), ...Object.values(this.parts), this.wrong,
      element("p", { className: "cl-acts" }, [this.add, act(texts.cancel, () => this.root.close())]),
    ]);
    this.root = element("dialog", { className: "cl-own", ariaLabel: texts.own }, [form]);
    this.kind.addEventListener("change", () => this.#choose());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    document.body.append(this.root);
  }

  /** @param {Ground | null} ground what a place can be asked on, if anything @param {string} link of the ground */
  open(ground, link) {
    this.#ground = ground;
    this.#link = link;
    const point = this.kind.options[2];
    point.disabled = !ground;
    if (point.selected && !ground) this.kind.selectedIndex = 0;
    write(this.wrong, "");
    this.#choose();
    this.root.showModal();
    this.text.focus();
  }

  #choose() {
    for (const [kind, part] of Object.entries(this.parts)) part.hidden = kind !== this.kind.value;
  }

  async #send() {
    const asked = this.#question();
    if (typeof asked === "string") return write(this.wrong, asked);
    this.add.disabled = true;
    const wrong = await this.onAdd(asked);
    this.add.disabled = false;
    write(this.wrong, wrong);
    if (wrong) return;
    for (const box of [this.text, this.options, this.right, this.truth, this.label]) box.value = "";
    this.root.close();
  }

  /** The question, or the sentence that says why it is none. @returns {Record<string, unknown> | string} */
  #question() {
    const { texts } = this, kind = this.kind.value, text = this.text.value.trim();
    if (!text) return texts.no_text;
    if (kind === "choice") return this.#choice(text);
    if (kind === "number") return this.#number(text);
    const { region, plane } = /** @type {Ground} */ (this.#ground);
    return { kind, text, link: this.#link, region, labels: plane.labels };
  }

  /** @param {string} text */
  #choice(text) {
    const options = this.options.value.split("\n").map((line) => line.trim()).filter(Boolean), right = this.right.value;
    if (options.length < LEAST || options.length > MOST) return this.texts.wrong_options;
    if (right && !(Number(right) >= 1 && Number(right) <= options.length && Number.isInteger(Number(right)))) return this.texts.wrong_right;
    return { kind: "choice", text, options, link: null, ...(right && { truth: Number(right) - 1 }) };
  }

  /** @param {string} text */
  #number(text) {
    const [low, high, truth] = [this.low, this.high, this.truth].map(({ value }) => decimal(value)), scale = this.scale.value;
    if (!(low < high)) return this.texts.wrong_range;
    if (scale === "log" && !(low > 0)) return this.texts.wrong_log;
    if (this.truth.value.trim() && !(truth >= low && truth <= high)) return this.texts.wrong_truth;
    return { kind: "number", text, low, high, scale, link: null, ...(this.label.value.trim() && { label: this.label.value.trim() }), ...(this.truth.value.trim() && { truth }) };
  }
}

/** A number with a point or a comma; NaN for anything else. @param {string} text */
function decimal(text) {
  return text.trim() ? Number(text.trim().replace("−", "-").replace(",", ".")) : NaN;
}

/** @param {string} text @param {HTMLElement} control */
function field(text, control) {
  return element("label", {}, [element("span", { textContent: text }), control]);
}
