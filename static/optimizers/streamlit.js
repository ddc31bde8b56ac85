import { element } from "../stage/dom.js";
import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { drawFamily, NARROW } from "./family.js";
/** @import { Tree } from "./family.js" */

/*
 * The family tree. component.data is {name, members: [{id, label, year, row, lane, parents, color}],
 * chosen, title}. A press on a member sets the trigger "pick" to its id.
 */

export default placing((parentElement) => {
  linkStyles(new URL("family.css", import.meta.url).href);
  const place = element("nav", { className: "lo-family" });
  parentElement.append(place);
  const entry = entryAt(place);
  /** @type {Tree} */
  let shown;
  entry.update = (/** @type {Tree} */ data) => {
    shown = data;
    drawFamily(place, data, (id) => entry.component.setTriggerValue("pick", id));
  };
  const redraw = () => entry.update(shown);
  NARROW.addEventListener("change", redraw);
  entry.destroy = () => NARROW.removeEventListener("change", redraw);
  return entry;
});
