/** @import { Waiting } from "./outbox.js" */

/**
 * @typedef {object} Joined a class that this browser has joined
 * @property {string} code
 * @property {string} student
 * @property {string} key opens what this student may see, and nothing else
 * @property {Waiting} waiting
 */

const NAME = "lossopt class";
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // without look-alikes
const LENGTH = 6;

/** @type {Joined | null} */
let held = null; // where a browser keeps nothing

/** The class that this browser has joined; null where there is none. */
export function joined() {
  const kept = read() ?? held;
  return kept && isCode(kept.code) && kept.key ? { ...kept, waiting: kept.waiting ?? {} } : null;
}

/** @param {Joined | null} kept */
export function keep(kept) {
  held = kept;
  try {
    if (kept) localStorage.setItem(NAME, JSON.stringify(kept));
    else localStorage.removeItem(NAME);
  } catch {
    // Nothing may be kept here: it lasts as long as the page.
  }
}

/** @returns {Joined | null} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

/**
 * A code as it was meant: in capitals, without gaps.
 *
 * @param {string} written
 */
export function codeIn(written) {
  return written.toUpperCase().replace(/[^0-9A-Z]/g, "");
}

/** @param {unknown} code */
export function isCode(code) {
  return typeof code === "string" && code.length === LENGTH && [...code].every((sign) => ALPHABET.includes(sign));
}
