/** @type {Record<string, string>} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const DIGITS = 3, SMALLEST = -4, LARGEST = 1e6;

/**
 * A number with three significant digits, as `lossopt/numbers.py` writes it; zeros at the end stay, so that a text that
 * changes while a race plays keeps its width.
 *
 * @param {number} value
 */
export function number(value) {
  // What the numbers of a picture, 32 bits each, cannot hold is somewhere above.
  if (Math.abs(value) === Infinity) return `${value > 0 ? ">" : "<−"}3×10³⁸`;
  return written(value, (text) => text);
}

/**
 * The same without zeros at the end, for values that are round by choice.
 *
 * @param {number} value
 */
export function shortNumber(value) {
  return written(value, trimmed);
}

/**
 * @param {number} value
 * @param {(text: string) => string} trim - what becomes of its digits
 */
function written(value, trim) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (size === 0) return "0";
  if (size === Infinity) return `${sign}∞`;
  const [mantissa, exponent] = size.toExponential(DIGITS - 1).split("e"), place = Number(exponent);
  if (place >= SMALLEST && place < DIGITS) return sign + trim(size.toFixed(DIGITS - 1 - place));
  if (place > 0 && size < LARGEST - 0.5) return sign + size.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
  return sign + scientific(mantissa, place, trim);
}

/**
 * A tick label with just the digits that ticks `step` apart need.
 *
 * @param {number} value
 * @param {number} step
 */
export function tick(value, step) {
  const size = Math.abs(value);
  if (size < step / 1e6) return "0";
  if (size >= 1e5 || step < 1e-4) {
    const [mantissa, exponent] = size.toExponential(5).split("e");
    return `${value < 0 ? "−" : ""}${scientific(mantissa, Number(exponent), trimmed)}`;
  }
  let decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals += 1; // steps of 2.5
  return minus(value.toFixed(decimals));
}

/**
 * A whole number, grouped the way the language does it.
 *
 * @param {number} value
 * @param {string} lang
 */
export function count(value, lang) {
  const format = formats.get(lang) ?? new Intl.NumberFormat(lang);
  formats.set(lang, format);
  return format.format(value);
}

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map(); // to make one costs more than all texts of a frame

/**
 * 10 to a whole power.
 *
 * @param {number} exponent
 */
export function power(exponent) {
  return `10${superscript(exponent)}`;
}

/**
 * @param {string} mantissa
 * @param {number} exponent
 * @param {(text: string) => string} trim
 */
function scientific(mantissa, exponent, trim) {
  return `${Number(mantissa) === 1 ? "" : `${trim(mantissa)}×`}${power(exponent)}`;
}

/** @param {string} text */
function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** @param {number} exponent */
function superscript(exponent) {
  return [...String(exponent)].map((character) => SUPERSCRIPTS[character]).join("");
}

/** @param {string} text */
function minus(text) {
  return text.replace("-", "−");
}
