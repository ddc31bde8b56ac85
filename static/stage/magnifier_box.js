import { element, iconButton, nameControl } from "./dom.js";
/** @import { Texts } from "./drawn.d.ts" */

const PIN = "M9 3h6v2l-1 1v5l3 3v2h-4v6h-2v-6H7v-2l3-3V6L9 5z";
const CLOSE = "M6 4.6 12 10.6 18 4.6 19.4 6 13.4 12 19.4 18 18 19.4 12 13.4 6 19.4 4.6 18 10.6 12 4.6 6z";
const STEP = 24; // px per key
const EDGE = 4; // px between the box and the corner it stands in

/**
 * The window of a magnifier: dragged by any part of it, or moved by arrow keys from its title; until then it keeps to the
 * corner that is told.
 */
export class MagnifierBox {
  /** @type {[number, number] | null} */
  #put = null; // where a person has moved it, in px
  #placed = "";
  /** @type {[number, number, number, number]} */
  area = [0, 0, 0, 0]; // left, top, width and height in the picture
  inside = { width: 0, height: 0 };
  #room = { left: 0, top: 0, width: 0, height: 0 };
  #corner = { left: false, top: true };

  /**
   * @param {HTMLElement} host
   * @param {{onPin: (on: boolean) => void, onClose: () => void, onMove: () => void}} told
   */
  constructor(host, { onPin, onClose, onMove }) {
    this.title = element("button", { type: "button", className: "lo-magnifier-title" });
    this.pin = iconButton(PIN, () => onPin(this.pin.getAttribute("aria-pressed") !== "true"));
    this.body = element("div", { className: "lo-magnifier-body" });
    const close = iconButton(CLOSE, onClose), head = element("div", { className: "lo-magnifier-head" }, [this.title, this.pin, close]);
    this.close = close;
    this.root = element("div", { className: "lo-magnifier", hidden: true }, [head, this.body]);
    this.root.setAttribute("role", "group");
    this.markPinned(false);
    host.append(this.root);
    const moveBy = (/** @type {number} */ dx, /** @type {number} */ dy) => {
      this.#put = [this.area[0] + dx, this.area[1] + dy];
      this.place(this.#room, this.#corner);
      onMove();
    };
    listenForMoves(this.root, this.title, moveBy);
  }

  /** @param {Texts} texts */
  layOut(texts) {
    this.title.title = texts.magnifier_move;
    nameControl(this.pin, texts.magnifier_pin);
    nameControl(this.close, texts.magnifier_close);
  }

  /** @param {string} text how much it magnifies @param {string} name the same for who hears it */
  name(text, name) {
    if (this.title.textContent === text) return;
    this.title.textContent = text;
    this.title.setAttribute("aria-label", `${text} ${this.title.title}`);
    this.root.setAttribute("aria-label", name);
  }

  /** @param {boolean} on */
  markPinned(on) {
    this.pin.setAttribute("aria-pressed", String(on));
  }

  /**
   * Stand in a corner of the picture, or where a person has put it, as long as it fits there. Says whether it has moved;
   * only then the page is measured.
   *
   * @param {{left: number, top: number, width: number, height: number}} room
   * @param {{left: boolean, top: boolean}} corner
   */
  place(room, corner) {
    const key = [...Object.values(room), ...Object.values(corner), ...(this.#put ?? [])].join(" ");
    if (key === this.#placed) return false;
    [this.#room, this.#corner, this.#placed] = [room, corner, key];
    const { offsetWidth: wide, offsetHeight: high } = this.root, right = room.left + room.width - wide, bottom = room.top + room.height - high;
    const [x, y] = this.#put ?? [corner.left ? room.left + EDGE : right - EDGE, corner.top ? room.top + EDGE : bottom - EDGE];
    const [left, top] = [Math.max(Math.min(x, right), room.left), Math.max(Math.min(y, bottom), room.top)].map(Math.round);
    Object.assign(this.root.style, { left: `${left}px`, top: `${top}px` });
    this.area = [left, top, wide, high];
    this.inside = { width: this.body.clientWidth, height: this.body.clientHeight };
    return true;
  }

  /** Look how large it is, or would be if it were shown; returns its width in px. */
  measure() {
    const { hidden } = this.root;
    this.root.hidden = false;
    const { offsetWidth } = this.root;
    this.inside = { width: this.body.clientWidth, height: this.body.clientHeight };
    this.root.hidden = hidden;
    return offsetWidth;
  }

  /** The page is another one: measure again. */
  forget() {
    this.#placed = "";
  }

  /** Whether a person has moved it. */
  get isPut() {
    return this.#put !== null;
  }

}

/** @param {HTMLElement} root @param {HTMLElement} title @param {(dx: number, dy: number) => void} moveBy */
function listenForMoves(root, title, moveBy) {
  /** @type {[number, number] | null} */
  let held = null;
  root.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || (event.target instanceof Element && event.target.closest(".lo-button"))) return;
    held = [event.clientX, event.clientY];
    root.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => {
    if (!held) return;
    moveBy(event.clientX - held[0], event.clientY - held[1]);
    held = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => { held = null; });
  title.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!(dx || dy) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // arrows move the clock elsewhere
    moveBy(STEP * dx, STEP * dy);
  });
}
