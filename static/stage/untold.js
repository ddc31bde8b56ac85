/*
 * What a person has chosen and a stage runs by itself: the address has it at once, and the page is told before
 * anything else on it is used. A class that tunes for minutes then asks the server for nothing.
 */

const OURS = "[data-testid=stage], [data-testid=tuner]"; // which know what was chosen
const LEAVING = ["pointerdown", "focusin", "keydown"];
/** @type {Map<string, () => void>} */
const untold = new Map(); // by what is to be told

/**
 * Tell the page later, and its address now.
 *
 * @param {string} event
 * @param {Record<string, string>} changes of settings, by their names in the address
 * @param {() => void} tell
 */
export function tellLater(event, changes, tell) {
  if (!untold.size) listen();
  untold.set(event, tell);
  const address = new URL(location.href);
  for (const [name, text] of Object.entries(changes)) address.searchParams.set(name, text);
  history.replaceState(history.state, "", address);
}

/**
 * Tell the page now, and before it all that it was not told yet.
 *
 * @param {string} event
 * @param {() => void} tell says all that there is to tell of this
 */
export function tellNow(event, tell) {
  untold.delete(event);
  tellAll();
  tell();
}

/** Tell the page all that it was not told yet. */
export function tellAll() {
  const waiting = [...untold.values()];
  forget();
  for (const tell of waiting) tell();
}

/** Someone goes back to another address: what was chosen since is none of it. */
function forget() {
  untold.clear();
  listen(false);
}

/** @param {boolean} [on] */
function listen(on = true) {
  const change = on ? "addEventListener" : "removeEventListener";
  for (const kind of LEAVING) document[change](kind, leave, true);
  window[change]("popstate", forget);
  window[change]("blur", tellAll); // the address of a page around this one follows the server only
}

/** @param {Event} event */
function leave({ target }) {
  if (!(target instanceof Element) || !target.closest(OURS)) tellAll();
}
