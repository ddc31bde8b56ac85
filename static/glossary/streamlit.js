import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { Explanation } from "./explanation.js";

/* Explains links to the glossary where they stand. component.data is {name, assets, lang}. */
export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  linkStyles(new URL("glossary.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place), pop = new Explanation(place);
  entry.update = ({ assets, lang }) => pop.learn(`${assets}/terms/${lang}.json`);
  entry.destroy = () => {
    pop.destroy();
    place.remove();
  };
  return entry;
}
