import { element, iconButton, nameControl, switchGroup } from "./dom.js";
/** @import { Texts } from "./drawn.d.ts" */
/** @import { Options } from "./messages.d.ts" */

const FLY = "M2 12l20-8-6 17-4.5-6.5zM10 13.6l1.8 2.6 5-9z";

/** What a landscape has in its corner: whether heights are losses or their logarithm, and whether the eye flies along. */
export class LandscapeTools {
  /**
   * @param {HTMLElement} host
   * @param {{onHeights: (heights: Options["heights"]) => void, onFly: (on: boolean) => void}} told
   */
  constructor(host, { onHeights, onFly }) {
    this.heights = switchGroup(/** @type {Options["heights"][]} */ (["loss", "log"]), onHeights);
    this.fly = iconButton(FLY, () => onFly(this.fly.getAttribute("aria-pressed") !== "true"));
    this.fly.classList.add("lo-fly");
    this.note = element("p", { className: "lo-landscape-note" });
    this.box = element("div", { className: "lo-landscape-tools" }, [this.heights.group, this.fly, this.note]);
    host.append(this.box);
    this.markFlight(false);
  }

  /**
   * @param {Texts} texts
   * @param {{log: boolean, isFixed: boolean, explain: boolean}} how whether heights are logarithmic, cannot be, and why they are without being asked for
   */
  layOut(texts, { log, isFixed, explain }) {
    this.heights.group.hidden = isFixed;
    this.heights.name(texts.heights, [texts.heights_loss, texts.heights_log]);
    this.heights.show(log ? "log" : "loss");
    nameControl(this.fly, texts.fly);
    this.note.textContent = explain ? texts.heights_wide : "";
  }

  /** @param {boolean} on */
  markFlight(on) {
    this.fly.setAttribute("aria-pressed", String(on));
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.box.hidden = !visible;
  }

  /** Height of the strip that names keep clear of. */
  get height() {
    return this.box.offsetTop + this.box.offsetHeight;
  }
}
