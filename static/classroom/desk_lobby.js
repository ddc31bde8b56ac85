import { element, write } from "../stage/dom.js";
import { fill } from "../stage/texts.js";
import { qrcode } from "../vendor/qrcode-generator-2.0.4.js";
/** @import { Student, Texts } from "./desk.d.ts" */

const SIZE = 6; // px of a dot of the code, before it is fitted

/** How a class is joined: address, code and QR code, as large as the room needs, and who is there. */
export class Lobby {
  /** @param {HTMLElement} root @param {{code: string, address: string, texts: Texts}} of */
  constructor(root, { code, address, texts }) {
    this.texts = texts;
    this.people = element("p", { className: "cl-people" });
    this.count = element("p", { className: "cl-here" });
    const spelled = element("strong", { className: "cl-code", textContent: code });
    spelled.setAttribute("aria-label", [...code].join(" "));
    root.replaceChildren(
      qrOf(`${address}#${code}`, texts.qr),
      element("div", {}, [element("p", { textContent: texts.join }), element("p", { className: "cl-address", textContent: address.replace(/^https?:\/\//, "") }), spelled, this.count, this.people, ...(isLocal() ? [element("p", { className: "cl-wrong", textContent: texts.local })] : []), element("p", { className: "cl-kept", textContent: texts.kept })]),
    );
  }

  /** @param {Student[]} students */
  show(students) {
    const here = students.filter(({ present }) => present);
    write(this.count, fill(this.texts.here, { count: here.length }));
    write(this.people, here.map(({ nickname }) => nickname).join(" · "));
  }
}

/** Whether the address leads every machine to itself. */
function isLocal() {
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

/** @param {string} text @param {string} label */
function qrOf(text, label) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const picture = element("canvas", { className: "cl-qr" }), count = code.getModuleCount(), edge = 4;
  picture.width = picture.height = (count + 2 * edge) * SIZE;
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = "#000000";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) context.fillRect((column + edge) * SIZE, (row + edge) * SIZE, SIZE, SIZE);
    }
  }
  return picture;
}
