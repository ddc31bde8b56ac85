import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { pageOf, stageNamed, tunerLeft, tunerShows } from "../stage/registry.js";
import { tellLater, tellNow } from "../stage/untold.js";
import { Tuner } from "./tuner.js";
/** @import { Limit, Preset, Setting, Tunable, Tuner as Message } from "../stage/messages.d.ts" */

/**
 * @typedef {Omit<Tunable, "settings" | "presets"> & {settings: number[], presets: number[]}} Contestant says which of all
 * settings and presets are its own: contestants have many in common
 * @typedef {Omit<Message, "runs"> & {runs: Contestant[]}} Packed
 *
 * @typedef {object} Data
 * @property {Packed} [tuner] left out where the page follows what the stage runs by itself
 * @property {Setting[]} [settings] of all contestants
 * @property {Preset[]} [presets] of all contestants
 * @property {Record<string, Limit | null>} [limits] what theory says then, by the contestants' ids
 * @property {string} stage name of the stage that runs what is chosen
 * @property {string[]} [limited] contestants whose learning rate theory may limit, where the page follows what the stage runs
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
  /** @type {string[] | undefined} */
  let limited;
  /** @param {string} name */
  const matters = (name) => {
    const [id, field] = name.split(".", 2);
    return field === "batch_size" || (limited?.includes(id) && !stageNamed(stage)?.knowsLimit(id));
  };
  const tuner = new Tuner(place, {
    stage: () => stageNamed(stage),
    onShow: () => tunerShows(stage, tuner),
    onLineup: (told) => tellNow("tuned", () => entry.component.setTriggerValue("lineup", told)),
    onRest: ({ changes, ran }) => {
      const page = pageOf(stage);
      if (limited && ran && page?.follows() && !Object.keys(changes).some(matters)) tellLater("tuned", changes, () => page.tell("tuned", tuner.told()));
      else tellNow("tuned", () => entry.component.setTriggerValue("tuned", tuner.told()));
    },
  });
  entry.update = (/** @type {Data} */ data) => {
    stage = data.stage;
    limited = data.limited;
    if (data.round !== round) tuner.forget();
    round = data.round;
    if (data.tuner) tuner.update(unpacked(data.tuner, data), data.heard);
    else tuner.go(data.heard, data.limits ?? {});
  };
  entry.destroy = () => {
    tunerLeft(stage, tuner);
    tuner.destroy();
    place.remove();
  };
  return entry;
}

/** @param {Packed} tuner @param {Data} data @returns {Message} */
function unpacked({ runs, ...tuner }, { settings = [], presets = [] }) {
  return { ...tuner, runs: runs.map((run) => ({ ...run, settings: run.settings.map((k) => settings[k]), presets: run.presets.map((k) => presets[k]) })) };
}
