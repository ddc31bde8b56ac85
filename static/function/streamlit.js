import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { FormulaAnswer } from "./answer.js";

/*
 * Answers to a formula while it is typed, before anything is sent. component.data is {name, text, region, texts}: the
 * text that Python has answered to, the region that is drawn, the sentences of refusals by their codes and `preview`.
 */

const FIELD = "[class*=formula-field]"; // what holds the text box, and Python's own answers

export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("./function.css", import.meta.url).href);
  const place = document.createElement("div"), entry = entryAt(place), answer = new FormulaAnswer(place), undo = new AbortController();
  parentElement.append(place);
  const box = () => /** @type {HTMLInputElement | null | undefined} */ (place.closest(FIELD)?.querySelector("input"));
  const show = () => {
    const { text, region, texts } = entry.component.data, typed = box()?.value ?? text;
    place.closest(FIELD)?.classList.toggle("lo-typing", typed !== text);
    answer.show({ text: typed, isTold: typed === text, region, texts });
  };
  document.addEventListener("input", ({ target }) => { if (target === box()) show(); }, { signal: undo.signal });
  entry.update = show;
  entry.destroy = () => {
    undo.abort();
    answer.destroy();
    place.remove();
  };
  return entry;
}
