import { Clock } from "./clock.js";
/** @import { MountedStage } from "./stage.js" */

/** @typedef {(event: string, told: unknown) => void} Tell */

/*
 * The stages of the page by name and their clocks, for components that stand beside one. Import it
 * from "../stage/registry.js": it is then the same module that the stages use.
 */

/** @type {Map<string, Clock>} */
const clocks = new Map();
/** @type {Map<string, MountedStage>} */
const stages = new Map();
/** @type {Map<string, Tell>} */
const tellers = new Map();
/** @type {Map<string, string>} */
const groups = new Map();

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
 * Tell the page through the stage with this name.
 *
 * @param {string} name
 * @param {string} event
 * @param {unknown} told
 */
export function tellThrough(name, event, told) {
  tellers.get(name)?.(event, told);
}

/**
 * Enter a stage.
 *
 * @param {string} name
 * @param {MountedStage} stage
 * @param {string} group
 * @param {Tell} tell the page
 */
export function signIn(name, stage, group, tell) {
  groups.set(name, group);
  tellers.set(name, tell);
  if (stages.get(name) === stage) return;
  stages.set(name, stage);
}

/** @param {string} name @param {MountedStage} stage */
export function signOut(name, stage) {
  if (stages.get(name) === stage) stages.delete(name);
}
