import { PRESENTED } from "./heads.js";
import { tellAll } from "./untold.js";
/** @import { Component } from "./placing.js" */

/*
 * Presenter mode: large type, only stage and transport. P and a button of the stage switch it, Escape ends it, and the keys
 * of the transport work wherever the focus is. Space plays without the mode, too, as long as no
 * control has the focus: nobody has to click the stage first. It lives in the address (present=1), so that a link
 * can open it; what it looks like is said by style sheets under the class.
 */

const STAGE_KEYS = new Set([" ", "ArrowLeft", "ArrowRight", "Home", "End"]);
const TYPING = "textarea, select, [contenteditable], [role=textbox], input:not([type=radio], [type=checkbox])";
const CONTROLS = `${TYPING}, input, button, a, summary, [role=slider], [role=combobox], [role=listbox], [role=application]`;

/** @type {Component | null} */
let teller = null;

/**
 * Follow the address, and from the first call on the keyboard, too. `component` is one of those on
 * the page: it tells Streamlit, which keeps an address of its own, when the mode is switched.
 *
 * @param {Component} component
 */
export function followPresenter(component) {
  document.documentElement.classList.toggle(PRESENTED, asked());
  if (!teller) document.addEventListener("keydown", onKey);
  teller = component;
}

function asked() {
  return new URLSearchParams(location.search).get("present") === "1";
}

/** Begin, or end. */
export function switchPresenter() {
  present(!asked());
}

/** @param {boolean} on */
function present(on) {
  const address = new URL(location.href);
  if (on) address.searchParams.set("present", "1");
  else address.searchParams.delete("present");
  history.replaceState(history.state, "", address);
  document.documentElement.classList.toggle(PRESENTED, on);
  tellAll();
  teller?.setTriggerValue("present", { on });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { code, key, target } = event;
  if (!(target instanceof Element)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (code === "KeyP" && !target.closest(TYPING)) present(!asked()); // the key, whatever its letter
  else if (key === "Escape" && asked()) present(false);
  else if ((asked() ? STAGE_KEYS.has(key) : key === " ") && isFree(target)) passOn(event);
}

/**
 * Whether nothing that has the focus, and no dialog, wants the key.
 *
 * @param {Element} target
 */
function isFree(target) {
  return !target.closest(`${CONTROLS}, [data-testid=stage]`) && !document.querySelector("[role=dialog]");
}

/** @param {KeyboardEvent} event */
function passOn(event) {
  const stage = document.querySelector("[data-testid=stage]");
  if (!stage) return;
  event.preventDefault();
  stage.dispatchEvent(new KeyboardEvent("keydown", { key: event.key }));
}
