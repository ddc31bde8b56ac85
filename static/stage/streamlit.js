import { entryAt, linkStyles, placing } from "./placing.js";
import { switchPresenter } from "./presenter.js";
import { clockOf, peersOf, signIn, signOut } from "./registry.js";
import { mountStage } from "./stage.js";
/** @import { Scene } from "./messages.d.ts" */
/** @import { Component } from "./placing.js" */

/*
 * The registered component's own JavaScript is only a shim (pages/ui/frame/component.py), so that the
 * player is fetched once as a file and not sent with every message.
 *
 * component.data is {name, scene, assets: "<base path>/player/<version>", group, transport, movable}.
 * Stages of the same group share one clock; where points can be dragged, they show the same data.
 */

export default placing(mount);

/** @param {HTMLElement} parentElement @param {Component} component */
function mount(parentElement, { data: { name, assets, group, transport, movable } }) {
  linkStyles(new URL("stage.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  const stage = mountStage(place, {
    plotlyUrl: `${assets}/vendor/plotly-cartesian-4.1.1.min.js`,
    movable,
    onPresent: switchPresenter,
    onStart: (point) => entry.component.setTriggerValue("start", point),
    clock: clockOf(group),
    transport,
    onMove: (point) => peersOf(name).forEach((peer) => peer.movePoint(point)),
    onPoint: (point) => entry.component.setTriggerValue("point", point),
    onOptions: (options) => entry.component.setStateValue("options", options),
  });
  signIn(name, stage, group);
  /** @type {Scene | null} */
  let shown = null;
  entry.update = ({ scene }) => {
    if (shown !== scene) stage.update(scene);
    shown = scene;
  };
  entry.destroy = () => {
    signOut(name, stage);
    stage.destroy();
  };
  return entry;
}
