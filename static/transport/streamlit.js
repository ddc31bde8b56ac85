import { element } from "../stage/dom.js";
import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { clockOf } from "../stage/registry.js";
import { listenToKeys, Transport } from "../stage/transport.js";
/** @import { Clock } from "../stage/clock.js" */
/** @import { Options } from "../stage/messages.d.ts" */
/** @import { Component } from "../stage/placing.js" */

/* Buttons for all stages of a group. component.data is {name, group, texts, lang, options}. */
export default placing(mount);

/** @param {HTMLElement} parentElement @param {Component} component */
function mount(parentElement, { data: { group } }) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  const row = element("div", { className: "lo-transport" });
  const root = element("div", { className: "lo-stage lo-common", tabIndex: 0 }, [row]);
  root.dataset.testid = "transport";
  const clock = clockOf(group);
  const entry = entryAt(root);
  /** @type {Options} */
  let options;
  const transport = new Transport(row, {
    clock,
    onOptions(change) {
      options = { ...options, ...change };
      obey(clock, options);
      entry.component.setStateValue("options", options);
    },
  });
  listenToKeys(root, clock);
  parentElement.append(root);
  let unsubscribe = () => {};
  entry.update = ({ texts, lang, options: told }) => {
    unsubscribe();
    options = told;
    obey(clock, options);
    transport.layOut({ lang, texts });
    unsubscribe = clock.subscribe(() => transport.draw());
  };
  entry.destroy = () => {
    unsubscribe();
    root.remove();
  };
  return entry;
}

/** @param {Clock} clock @param {Options} options */
function obey(clock, { speed, loop }) {
  clock.setSpeed(speed);
  clock.setLoop(loop);
}
