const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

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
