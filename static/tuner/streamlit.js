import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { stageNamed } from "../stage/registry.js";
import { Tuner } from "./tuner.js";
/** @import { Limit, Tuner as Message } from "../stage/messages.d.ts" */

/**
 * @typedef {object} Data
 * @property {Message} [tuner] left out where the page follows what the stage runs by itself
 * @property {Record<string, Limit | null>} [limits] what theory says then, by the contestants' ids
 * @property {string} stage name of the stage that runs what is chosen
 * @property {number} heard number of what the page has heard last
 * @property {number} round changes when all controls of the page begin anew
 */

export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  for (const style of ["../stage/stage.css", "tuner.css"]) linkStyles(new URL(style, import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  let stage = "", round = 0;
  const tuner = new Tuner(place, {
    stage: () => stageNamed(stage),
    onTuned: (told) => entry.component.setTriggerValue("tuned", told),
    onLineup: (told) => entry.component.setTriggerValue("lineup", told),
  });
  entry.update = (/** @type {Data} */ data) => {
    stage = data.stage;
    if (data.round !== round) tuner.forget();
    round = data.round;
    if (data.tuner) tuner.update(data.tuner, data.heard);
    else tuner.go(data.heard, data.limits ?? {});
  };
  entry.destroy = () => {
    tuner.destroy();
    place.remove();
  };
  return entry;
}
