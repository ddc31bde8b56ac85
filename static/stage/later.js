/** @type {Map<object, () => void>} */
const waiting = new Map();

/**
 * Write into the page once the next frame is drawn: text on a canvas would ask for the layout of a page that has changed,
 * and the page be laid out twice. Of what waits for the same element, the last counts.
 *
 * @param {Element} element
 * @param {() => void} write
 */
export function later(element, write) {
  if (!waiting.size) requestAnimationFrame(writeAll);
  waiting.set(element, write);
}

function writeAll() {
  const due = [...waiting.values()];
  waiting.clear();
  for (const write of due) write();
}
