/** @type {Record<string, string>} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/**
 * Three significant digits, in scientific form when very large or small.
 *
 * @param {number} value
 */
export function number(value) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? ">3×10³⁸" : "<−3×10³⁸"; // what a picture's numbers cannot hold
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1e5) return scientific(rounded);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return minus(rounded.toFixed(decimals));
}

/**
 * The same without zeros at the end, for values that are round by choice.
 *
 * @param {number} value
 */
export function shortNumber(value) {
  return number(value).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
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
  if (size >= 1e5 || step < 1e-4) return scientific(Number(value.toPrecision(6)));
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
  return value.toLocaleString(lang);
}

/**
 * 10 to a whole power.
 *
 * @param {number} exponent
 */
export function power(exponent) {
  return `10${superscript(exponent)}`;
}

/**
 * `w_1` as a person writes it: w₁.
 *
 * @param {string} name
 */
export function subscript(name) {
  return name.replace(/_(\d+)/g, (_, digits) => [...digits].map((digit) => SUBSCRIPTS[Number(digit)]).join(""));
}

/**
 * Put values into the `{placeholders}` of a text.
 *
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** @param {number} value */
function scientific(value) {
  const [digits, exponent] = value.toExponential().split("e");
  const mantissa = digits === "1" ? "" : digits === "-1" ? "−" : `${minus(digits)}×`;
  return `${mantissa}10${superscript(Number(exponent))}`;
}

/** @param {number} exponent */
function superscript(exponent) {
  return [...String(exponent)].map((character) => SUPERSCRIPTS[character]).join("");
}

/** @param {string} text */
function minus(text) {
  return text.replace("-", "−");
}
