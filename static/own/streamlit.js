import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { mountPoints } from "./points.js";

/*
 * component.data is {name, points: [[x, y, class], …], classes: boolean, limit, texts}. The state
 * "points" tells them as text, "x_y_class~x_y_class".
 */

const ECHO = 5000; // ms that an older answer may still arrive after a click

export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("./points.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  /** @type {{text: string | null, until: number}} */
  let told = { text: null, until: 0 };
  const plot = mountPoints(place, (text) => {
    told = { text, until: performance.now() + ECHO };
    entry.component.setStateValue("points", text);
  });
  entry.update = (data) => {
    const waiting = told.text !== null && performance.now() < told.until;
    const answered = plot.textOf(data.points) === told.text;
    if (answered) told.text = null;
    plot.update(data, { keepPoints: waiting && !answered });
  };
  entry.destroy = () => plot.destroy();
  return entry;
}
