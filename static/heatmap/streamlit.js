import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { mountMap } from "./map.js";
import { previewOn } from "./preview.js";
/** @import { HeatMap } from "../stage/messages.d.ts" */

/*
 * component.data is {name, map, assets}; see docs/heatmap.md. The page also hears the event
 * "lossopt-hover" with the cell that is being read, so that other pictures can follow it.
 */

export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("heatmap.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  /** @type {HeatMap | null} */
  let shown = null;
  const map = mountMap(place, {
    onCell: (cell) => entry.component.setTriggerValue("cell", cell),
    onHover(cell) {
      previewOn(shown?.preview, cell);
      place.dispatchEvent(new CustomEvent("lossopt-hover", { bubbles: true, detail: { name: entry.component.data.name, cell } }));
    },
    onLayer: (layer) => entry.component.setStateValue("layer", layer),
  });
  entry.update = ({ map: message }) => {
    if (shown !== message) map.update(message);
    shown = message;
  };
  entry.destroy = () => map.destroy();
  return entry;
}
