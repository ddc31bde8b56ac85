/** @import { Doubles, Floats } from "../stage/messages.d.ts" */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const DIGITS = 40; // of a number
const FARTHEST = 1e12; // from the origin that anybody starts

/** Digits of any script as our own, which Python reads, too: scripts have theirs one after the other. @param {string} text */
function plain(text) {
  return text.trim().replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint((digit.codePointAt(0) ?? 0) - value - 1))) value += 1;
    return String(value % 10);
  });
}

/** A number of a link: see `read_decimal` in lossopt/params.py. @param {string} text */
export function decimalOf(text) {
  const value = text.length <= DIGITS && DECIMAL.test(plain(text)) ? Number(plain(text)) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** @param {string} text */
export function wholeOf(text) {
  return text.length <= DIGITS && /^[+-]?\d+$/.test(plain(text)) ? Number(plain(text)) : undefined;
}

/** @param {string} text @param {number} count */
export function numbersOf(text, count) {
  const numbers = text.split(/[,_]/).map(decimalOf);
  const fits = numbers.length === count && numbers.every((value) => value !== undefined && Math.abs(value) <= FARTHEST);
  return fits ? /** @type {number[]} */ (numbers) : undefined;
}

/** @param {ArrayLike<number>} numbers @returns {Doubles} */
export function packed64(numbers) {
  return /** @type {Doubles} */ (textOf(Float64Array.from(numbers)));
}

/** @param {ArrayLike<number>} numbers @returns {Floats} */
export function packed32(numbers) {
  return /** @type {Floats} */ (textOf(Float32Array.from(numbers)));
}

/** @param {Float64Array | Float32Array} numbers */
function textOf({ buffer }) {
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
}
