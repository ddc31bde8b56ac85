import { entryAt, linkStyles, placing } from "./placing.js";
import { switchPresenter } from "./presenter.js";
import { clockOf, peersOf, signIn, signOut } from "./registry.js";
import { mountStage } from "./stage.js";
import { tellAll, tellLater, tellNow } from "./untold.js";
/** @import { Scene } from "./messages.d.ts" */
/** @import { Component } from "./placing.js" */

/*
 * The registered component's own JavaScript is only a shim (pages/ui/frame/component.py), so that the
 * player is fetched once as a file and not sent with every message.
 *
 * component.data is {name, scene, assets: "<base path>/player/<version>", group, transport, movable, follows, starts}.
 * `follows` says that the page draws nothing again where the runs are others; `starts` is {name, box} where the page has nothing to draw for a start within a box of the plane, and `name` is that
 * of the start in the address.
 * Stages of the same group share one clock; where points can be dragged, they show the same data.
 */

/** @typedef {{name: string, box: [number, number][]}} Starts */

export default placing(mount);

/** @param {HTMLElement} parentElement @param {Component} component */
function mount(parentElement, { data: { name, assets, group, transport, movable } }) {
  linkStyles(new URL("stage.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  const stage = mountStage(place, {
    plotlyUrl: `${assets}/vendor/plotly-cartesian-4.1.1.min.js`,
    plotlyWaits: document.querySelector('script[type="importmap"]') !== null, // whoever is far from the server got all modules at once
    movable,
    onPresent: switchPresenter,
    onStart: (point) => {
      const tell = () => entry.component.setTriggerValue("start", point);
      if (starts && point.params && isIn(starts.box, point)) tellLater("start", { [starts.name]: point.params.join("_") }, tell);
      else tellNow("start", tell);
    },
    clock: clockOf(group),
    transport,
    onMove: (point) => peersOf(name).forEach((peer) => peer.movePoint(point)),
    onPoint: (point) => tellNow("point", () => entry.component.setTriggerValue("point", point)),
    onOptions: (options) => {
      tellAll();
      entry.component.setStateValue("options", options);
    },
  });
  signIn(name, stage, group, { tell: (event, told) => entry.component.setTriggerValue(event, told), follows: () => follows });
  /** @type {Scene | null} */
  let shown = null;
  /** @type {Starts | undefined} */
  let starts;
  let follows = false;
  entry.update = (data) => {
    const { scene } = data;
    starts = data.starts;
    follows = Boolean(data.follows);
    if (shown !== scene) stage.update(scene);
    shown = scene;
  };
  entry.destroy = () => {
    signOut(name, stage);
    stage.destroy();
  };
  return entry;
}

/** @param {[number, number][]} box @param {{x: number, y: number}} point */
function isIn([[left, right], [low, high]], { x, y }) {
  return left <= x && x <= right && low <= y && y <= high;
}
