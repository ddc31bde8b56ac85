import { Clock } from "./clock.js";
import { mountStage } from "./stage.js";

/*
 * The registered component's own JavaScript is only this shim, so that the player is fetched once
 * as a file and not sent with every message:
 *
 *   export default async function (component) {
 *     const { assets, version } = component.data;
 *     const url = new URL(`${assets}/stage/streamlit.js?v=${version}`, location.href);
 *     return (await import(url)).default(component);
 *   }
 *
 * component.data is {name, scene, assets: "<base path>/app/static", version, group, transport}. The
 * name tells the stages of a page apart; stages of the same group share one clock. A module from a blob, as the shim is, resolves no path by itself:
 * hence the whole URL.
 */

const GRACE = 3000; // ms that a stage outlives its place in the page, in case it gets another one

const placed = new WeakMap();
const parked = new Map();

/**
 * Show `component.data.scene`. Streamlit calls this again in the same element for every change of
 * data or theme: the mounted stage is then only updated.
 *
 * @returns {() => void} cleanup. Streamlit also calls it for calls that a newer one overtook, while
 * the component stays; so it acts only once the element has left the page.
 */
export default function render(component) {
  const { parentElement, data } = component;
  const { name } = data;
  const entry = placed.get(parentElement) ?? adopt(parentElement, name) ?? mount(parentElement, data);
  placed.set(parentElement, entry);
  entry.component = component;
  if (entry.scene !== data.scene) entry.stage.update(data.scene);
  entry.scene = data.scene;
  return () => setTimeout(() => leave(parentElement, name));
}

const clocks = new Map();

/** The clock of a group of stages; a stage without a group has its own. */
function clockOf(group) {
  if (!group) return new Clock();
  if (!clocks.has(group)) clocks.set(group, new Clock());
  return clocks.get(group);
}

function mount(parentElement, { assets, group, transport }) {
  linkStyles(new URL("stage.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = { place };
  entry.stage = mountStage(place, {
    plotlyUrl: {
      cartesian: `${assets}/vendor/plotly-cartesian-4.1.1.min.js`,
      gl3d: `${assets}/vendor/plotly-gl3d-4.1.1.min.js`,
    },
    onStart: (point) => entry.component.setTriggerValue("start", point),
    clock: clockOf(group),
    transport,
    onPoint: (point) => entry.component.setTriggerValue("point", point),
    onOptions: (options) => entry.component.setStateValue("options", options),
  });
  return entry;
}

/** Streamlit sometimes removes a component and makes it anew: then the stage moves over as it is. */
function adopt(parentElement, name) {
  const entry = parked.get(name);
  if (!entry) return undefined;
  parked.delete(name);
  clearTimeout(entry.timer);
  parentElement.append(entry.place);
  return entry;
}

function leave(parentElement, name) {
  const entry = placed.get(parentElement);
  if (!entry || parentElement.isConnected) return;
  placed.delete(parentElement);
  parked.get(name)?.stage.destroy();
  parked.set(name, entry);
  entry.timer = setTimeout(() => {
    parked.delete(name);
    entry.stage.destroy();
  }, GRACE);
}

function linkStyles(href) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}
