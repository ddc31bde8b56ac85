import { Clock } from "./clock.js";

/*
 * The stages of the page by name and their clocks, for components that stand beside one. Import it
 * from "../stage/registry.js": it is then the same module that the stages use.
 */

const clocks = new Map();
const stages = new Map();
const fans = new Map();

/** The clock of a group of stages; a stage without a group has its own. */
export function clockOf(group) {
  if (!group) return new Clock();
  if (!clocks.has(group)) clocks.set(group, new Clock());
  return clocks.get(group);
}

/** The stage with this name, or undefined: see `mountStage` for what it can do. */
export function stageNamed(name) {
  return stages.get(name);
}

/** Enter a stage; a fan that came before it is handed over. */
export function signIn(name, stage) {
  if (stages.get(name) === stage) return;
  stages.set(name, stage);
  if (fans.has(name)) stage.setFan(fans.get(name));
}

export function signOut(name, stage) {
  if (stages.get(name) === stage) stages.delete(name);
}

/** Give a stage the fan of its dial, now or when it comes. */
export function offerFan(name, fan) {
  if (fans.get(name) === fan) return;
  fans.set(name, fan);
  stages.get(name)?.setFan(fan);
}

/** Take a fan away again, unless another one has taken its place. */
export function takeBackFan(name, fan) {
  if (fans.get(name) !== fan) return;
  fans.delete(name);
  stages.get(name)?.setFan(null);
}
