/*
 * The stages of the page by name, for components that stand beside one. `import` this module from
 * "../stage/registry.js": it is then the same one that the stages use.
 */

const stages = new Map();
const fans = new Map();

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
