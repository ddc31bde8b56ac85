import { element, iconButton, nameControl, selectBox, svgElement, switchGroup, write } from "./dom.js";
import { markerPath } from "./draw.js";
import { classLook } from "./fit_regions.js";
import { later } from "./later.js";
/** @import { Clock } from "./clock.js" */
/** @import { LossCurve } from "./loss_curve.js" */
/** @import { Fit, Parts, Theme } from "./drawn.d.ts" */
/** @import { buildLayout, Panel } from "./layout.js" */
/** @import { Options } from "./messages.d.ts" */
/** @import { SceneView } from "./scene_view.js" */

export const VIEWS = /** @type {const} */ (["2d", "3d"]);
const SCALES = /** @type {const} */ (["log", "linear"]);
const AXES = /** @type {const} */ (["steps", "epochs", "gradients"]);
export const PRESENTED = "lo-present"; // class of the document that is presented
const ICONS = {
  zoom_in: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  zoom_out: "M5 11h14v2H5z",
  present: "M3 4h18v12H3zM5 6v8h14V6zM11 16h2v3h3v2H8v-2h3z",
  magnifier: "M10 3a7 7 0 1 1-4.2 12.6A7 7 0 0 1 10 3zm0 2a5 5 0 1 0 0 10 5 5 0 0 0 0-10zm5.7 9.3L21 19.6 19.6 21l-5.3-5.3zM9 7h2v2h2v2h-2v2H9v-2H7V9h2z",
  zoom_reset: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4zM9 9h6v6H9z",
};

/**
 * Switches in the heads of the panels.
 *
 * @param {ReturnType<typeof buildLayout>} parts
 * @param {() => SceneView} getView
 * @param {(change: Partial<Options>) => void} choose
 * @param {(() => void) | null} onPresent where the page can be presented: begins and ends that
 * @param {() => void} onMagnify opens and closes the magnifier
 */
export function makeControls({ surface, curve }, getView, choose, onPresent, onMagnify) {
  const view = switchGroup([...VIEWS], (value) => choose({ view: value }));
  const scale = switchGroup([...SCALES], (value) => choose({ scale: value }));
  const axis = selectBox([...AXES], (value) => choose({ axis: value }));
  const follow = element("button", { type: "button", className: "lo-choice lo-follow" });
  follow.addEventListener("click", () => choose({ follow: follow.getAttribute("aria-pressed") !== "true" }));
  const zoom = {
    zoom_in: iconButton(ICONS.zoom_in, () => getView().zoomIn()),
    zoom_out: iconButton(ICONS.zoom_out, () => getView().zoomOut()),
    zoom_reset: iconButton(ICONS.zoom_reset, () => getView().reset()),
  };
  const magnifier = iconButton(ICONS.magnifier, onMagnify);
  const present = iconButton(ICONS.present, () => onPresent?.());
  present.classList.add("lo-presents");
  present.append(element("span", { textContent: "Esc" }));
  surface.tools.append(follow, ...Object.values(zoom), magnifier, view.group, ...(onPresent ? [present] : []));
  curve.tools.append(scale.group, axis.select);
  return {
    /** @param {boolean} open */
    markMagnifier(open) {
      if (magnifier.ariaPressed !== String(open)) magnifier.ariaPressed = String(open);
    },
    /** @param {Parts} parts */
    layOut({ scene, options, texts }) {
      view.name(texts.view, VIEWS.map((name) => texts[`view_${name}`]));
      scale.name(texts.scale, SCALES.map((name) => texts[`scale_${name}`]));
      axis.name(texts.axis, AXES.map((name) => texts[`axis_${name}`]));
      view.show(options.view);
      scale.show(options.scale);
      axis.select.options[AXES.indexOf("epochs")].hidden = scene.n_samples === 1;
      axis.show(options.axis);
      for (const [key, button] of Object.entries(zoom)) nameControl(button, texts[key]);
      nameControl(magnifier, texts.magnifier);
      nameControl(present, texts[document.documentElement.classList.contains(PRESENTED) ? "present_end" : "present"]);
      follow.textContent = texts.follow;
      follow.title = texts.follow_hint;
      follow.setAttribute("aria-pressed", String(options.follow));
      follow.classList.toggle("lo-away", !(options.follow || scene.leaves));
    },
  };
}

/**
 * Marker and name of every class of the data.
 *
 * @param {Fit} fit
 * @param {Theme} theme
 */
export function classLegend(fit, theme) {
  const names = "class_names" in fit ? fit.class_names : [];
  return names.map((name, k) => {
    const { shape, fill: color, stroke } = classLook(k, theme);
    const marker = svgElement("svg", { width: 12, height: 12, viewBox: "-6 -6 12 12", "aria-hidden": "true" }, [
      svgElement("path", { d: markerPath(shape, 4), fill: color, stroke, "stroke-width": 0.8 }),
    ]);
    return element("span", { className: "lo-class" }, [marker, name]);
  });
}

/**
 * The pointer reads the loss curve; pressed, it moves the clock.
 *
 * @param {Panel} panel
 * @param {LossCurve} curve
 * @param {Clock} clock
 */
export function listenToCurve({ body, readout }, curve, clock) {
  const place = (/** @type {MouseEvent} */ event) => {
    const box = body.getBoundingClientRect();
    return /** @type {const} */ ([event.clientX - box.left, event.clientY - box.top]);
  };
  /** @type {MouseEvent | null} */
  let pressed = null;
  const seek = (/** @type {MouseEvent} */ event) => clock.hold(curve.stepAt(place(event)[0]));
  body.addEventListener("pointerdown", (event) => {
    body.setPointerCapture(event.pointerId);
    pressed = event;
  });
  body.addEventListener("pointermove", (event) => {
    const sideways = pressed && Math.abs(event.clientX - pressed.clientX) > Math.abs(event.clientY - pressed.clientY);
    if (sideways) seek(event); // up and down, a finger scrolls the page
    const words = curve.describe(...place(event));
    later(readout, () => write(readout, words));
  });
  body.addEventListener("pointerup", (event) => {
    if (pressed) seek(event);
    pressed = null;
  });
  body.addEventListener("pointercancel", () => { pressed = null; });
  body.addEventListener("pointerleave", () => later(readout, () => write(readout, "")));
}
