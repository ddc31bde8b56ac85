import { shortNumber } from "../stage/numbers.js";
import { fill } from "../stage/texts.js";
import { numberIn } from "./control.js";
/** @import { Change } from "../programs/race.js" */
/** @import { Setting, Tunable } from "../stage/messages.d.ts" */

/** @typedef {(name: string) => string | undefined} TextOf what was chosen of a setting */

/**
 * What was chosen of a contestant, as a race takes it.
 *
 * @param {Tunable} run
 * @param {TextOf} textOf
 * @param {(field: string) => boolean} canTune
 */
export function fieldsOf({ id, settings }, textOf, canTune) {
  /** @type {Change} */
  const fields = {};
  for (const setting of settings) {
    const text = textOf(`${id}.${setting.name}`);
    if (text !== undefined && canTune(setting.name)) fields[setting.name] = asTaken(setting, text);
  }
  return fields;
}

/**
 * A value as a race takes it; what is off by default is off at 0.
 *
 * @param {Setting} setting
 * @param {string} text
 */
function asTaken(setting, text) {
  if (setting.kind === "switch") return text === "1";
  return setting.name === "clip_norm" ? Number(text) || undefined : numberIn(setting, text);
}

/**
 * What a contestant says of itself: its learning rate, and what else is on.
 *
 * @param {Tunable} run
 * @param {TextOf} textOf
 */
export function detailOf({ id, settings, signs }, textOf) {
  const said = signs.map(({ name, text: sign }, i) => {
    const setting = settings.find((each) => each.name === name);
    if (!setting) return "";
    const text = textOf(`${id}.${name}`) ?? setting.value;
    const isOn = setting.every ? text !== setting.every.id : text !== (setting.choices?.[0].id ?? "0");
    return isOn || i === 0 ? fill(sign, { value: wordsOf(setting, text) }) : "";
  });
  return said.filter(Boolean).join(" · ");
}

/** @param {Setting} setting @param {string} text */
function wordsOf(setting, text) {
  return setting.choices?.find(({ id }) => id === text)?.label ?? shortNumber(numberIn(setting, text));
}
