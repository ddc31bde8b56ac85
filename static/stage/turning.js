/** @import { Camera } from "./camera.js" */

const ANGLE = 0.009; // rad per px
const KEY = 0.09; // rad per key
const CLOSER = 1.15;

/**
 * Turn a landscape: a pointer drags it round, with Shift or the right button aside; two fingers bring it nearer, and so
 * does the wheel with Ctrl. A finger that moves up or down scrolls the page. `onTurn(held)` is called after every change, `onClick`
 * where the pointer did not move.
 *
 * @param {HTMLElement} base
 * @param {Camera} camera
 * @param {{onTurn(held: boolean): void, onClick(pixel: [number, number]): void}} told
 */
export function listenForTurns(base, camera, { onTurn, onClick }) {
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  let moved = 0;
  const place = (/** @type {MouseEvent} */ { clientX, clientY }) => /** @type {[number, number]} */ ([clientX, clientY]);
  const spread = () => {
    const [[x0, y0], [x1, y1]] = [...down.values()];
    return Math.hypot(x1 - x0, y1 - y0);
  };
  base.addEventListener("pointerdown", (event) => {
    down.set(event.pointerId, place(event));
    base.setPointerCapture(event.pointerId);
    moved = down.size > 1 ? Infinity : 0;
  });
  base.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const wide = down.size === 2 ? spread() : 0, [dx, dy] = place(event).map((value, i) => value - before[i]);
    down.set(event.pointerId, place(event));
    moved += Math.abs(dx) + Math.abs(dy);
    if (down.size === 2) camera.approach(spread() / (wide || 1));
    else if (event.shiftKey || event.buttons & 2) camera.shift = [camera.shift[0] + dx / base.clientWidth, camera.shift[1] + dy / base.clientHeight];
    else camera.turn(-ANGLE * dx, ANGLE * dy);
    onTurn(true);
  });
  base.addEventListener("pointerup", (event) => {
    if (down.delete(event.pointerId) && moved < 5 && event.button === 0) {
      const box = base.getBoundingClientRect();
      onClick([event.clientX - box.left, event.clientY - box.top]);
    }
    onTurn(false);
  });
  base.addEventListener("pointercancel", (event) => { down.delete(event.pointerId); });
  base.addEventListener("contextmenu", (event) => event.preventDefault());
  base.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    camera.approach(CLOSER ** -Math.sign(event.deltaY));
    onTurn(false);
  }, { passive: false });
  base.addEventListener("keydown", (event) => {
    const act = keys(camera)[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // arrows move the clock elsewhere
    act();
    onTurn(false);
  });
}

/** @param {Camera} camera @returns {Record<string, () => void>} */
function keys(camera) {
  return {
    ArrowLeft: () => camera.turn(-KEY, 0),
    ArrowRight: () => camera.turn(KEY, 0),
    ArrowUp: () => camera.turn(0, KEY),
    ArrowDown: () => camera.turn(0, -KEY),
    "+": () => camera.approach(CLOSER),
    "-": () => camera.approach(1 / CLOSER),
  };
}
