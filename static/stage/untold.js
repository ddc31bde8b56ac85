/*
 * What a person has chosen and a stage runs by itself: the address has it at once, and the page is told before
 * anything else on it is used. A class that tunes for minutes then asks the server for nothing.
 */

const OURS = "[data-testid=stage], [data-testid=tuner]"; // which know what was chosen
const LEAVING = ["pointerdown", "focusin", "keydown"];
/** @type {Map<string, () => void>} */
const untold = new Map(); // by what is to be told
const ANSWER = 400; // ms in which the page has answered, if it is not very slow
let asked = 0; // messages that may not be answered yet

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
  send([tell]);
}

/** Tell the page all that it was not told yet. */
export function tellAll() {
  const waiting = [...untold.values()];
  forget();
  if (waiting.length) send(waiting);
}

/** @param {(() => void)[]} tells */
function send(tells) {
  if (!asked) document.addEventListener("click", hold, true);
  asked += 1;
  for (const tell of tells) tell();
  answered().then(() => {
    asked -= 1;
    if (!asked) document.removeEventListener("click", hold, true);
  });
}

function answered() {
  return new Promise((go) => setTimeout(go, ANSWER));
}

/**
 * A link waits for the answer: a message that the page gets after it, or an answer that comes too late, spoils the page
 * to which it leads.
 *
 * @param {MouseEvent} event
 */
function hold(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLElement) || !event.isTrusted || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  answered().then(() => link.click());
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
