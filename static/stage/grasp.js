/** @import { Place } from "./drawn.d.ts" */

const REACH = matchMedia("(pointer: coarse)").matches ? 24 : 12; // px; how near the start has to be pressed

/**
 * Press on the start and drag it over the surface. The view says where it is, as `startAt()` in pixels
 * of the element (null where nobody can move it), and which point of the plane is nearest to a pixel,
 * as `nearestPoint([px, py])`. `onHold([x, y])` is called at every place and `onDrop([x, y])` at the
 * last.
 *
 * @param {HTMLElement} base
 * @param {{startAt(): number[] | null, nearestPoint(pixel: number[]): Place | null}} view
 * @param {{onHold(point: Place): void, onDrop(point: Place): void}} told
 */
export function listenForStart(base, view, { onHold, onDrop }) {
  let held = false;
  /** @type {Place | null} */
  let place = null;
  const pixel = (/** @type {MouseEvent} */ event) => {
    const box = base.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const isNear = (/** @type {MouseEvent} */ event) => {
    const start = view.startAt();
    const [px, py] = pixel(event);
    return start !== null && Math.hypot(px - start[0], py - start[1]) < REACH;
  };
  const keep = (/** @type {Event} */ event) => {
    event.preventDefault(); // else Plotly would move the picture, and a finger would scroll the page
    event.stopImmediatePropagation();
  };
  base.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || !isNear(event)) return;
    keep(event);
    held = true;
    place = null;
    base.setPointerCapture(event.pointerId);
  }, true);
  for (const type of ["mousedown", "touchstart"]) {
    base.addEventListener(type, (event) => held && keep(event), { capture: true, passive: false });
  }
  base.addEventListener("pointermove", (event) => {
    if (!held) {
      base.classList.toggle("lo-grasp", isNear(event));
      return;
    }
    place = view.nearestPoint(pixel(event)) ?? place;
    if (place) onHold(place);
  }, true);
  const drop = () => {
    if (held && place) onDrop(place);
    held = false;
  };
  for (const end of ["pointerup", "pointercancel"]) base.addEventListener(end, drop);
}
