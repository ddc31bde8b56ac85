import { Clock } from "./clock.js";
/** @import { MountedStage } from "./stage.js" */
/** @import { Tuner } from "../tuner/tuner.js" */

/**
 * @typedef {object} Page what a stage knows of the page around it
 * @property {(event: string, told: unknown) => void} tell
 * @property {() => boolean} follows whether nothing on it has to be drawn again where the runs are others
 */

/*
 * The stages of the page by name and their clocks, for components that stand beside one. Import it
 * from "../stage/registry.js": it is then the same module that the stages use.
 */

/** @type {Map<string, Clock>} */
const clocks = new Map();
/** @type {Map<string, MountedStage>} */
const stages = new Map();
/** @type {Map<string, Page>} */
const pages = new Map();
/** @type {Map<string, string>} */
const groups = new Map();
/** @type {Map<string, Tuner>} */
const tuners = new Map();
/** @type {Set<() => void>} */
const watchers = new Set();

/**
 * The clock of a group of stages; a stage without a group has its own.
 *
 * @param {string} group
 */
export function clockOf(group) {
  if (!group) return new Clock();
  const clock = clocks.get(group) ?? new Clock();
  clocks.set(group, clock);
  return clock;
}

/**
 * The stage with this name, or undefined: see `mountStage` for what it can do.
 *
 * @param {string} name
 */
export function stageNamed(name) {
  return stages.get(name);
}

/**
 * The other stages of its group.
 *
 * @param {string} name
 */
export function peersOf(name) {
  const group = groups.get(name);
  return [...stages].filter(([other]) => group && other !== name && groups.get(other) === group).map(([, stage]) => stage);
}

/**
 * The page around the stage with this name.
 *
 * @param {string} name
 */
export function pageOf(name) {
  return pages.get(name);
}

/**
 * Enter a stage.
 *
 * @param {string} name
 * @param {MountedStage} stage
 * @param {string} group
 * @param {Page} page
 */
export function signIn(name, stage, group, page) {
  groups.set(name, group);
  pages.set(name, page);
  if (stages.get(name) === stage) return;
  stages.set(name, stage);
}

/** @param {string} name @param {MountedStage} stage */
export function signOut(name, stage) {
  if (stages.get(name) === stage) stages.delete(name);
}

/**
 * The tuner beside the stage with this name.
 *
 * @param {string} name
 */
export function tunerOf(name) {
  return tuners.get(name);
}

/**
 * A tuner shows something else.
 *
 * @param {string} name of its stage
 * @param {Tuner} tuner
 */
export function tunerShows(name, tuner) {
  tuners.set(name, tuner);
  for (const watcher of watchers) watcher();
}

/** @param {string} name of its stage @param {Tuner} tuner */
export function tunerLeft(name, tuner) {
  if (tuners.get(name) === tuner) tuners.delete(name);
}

/**
 * Call `onShow` as often as a tuner shows something else.
 *
 * @param {() => void} onShow
 */
export function watchTuners(onShow) {
  watchers.add(onShow);
  return () => watchers.delete(onShow);
}
