/** @import { Node as Part } from "../programs/formula_reader.js" */

/*
 * A formula as MathML, so that its writer sees how it was read; the counterpart of lossopt/formulas/_latex.py. All text
 * is put into nodes, none is read as markup.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
/** How strongly each kind holds together. @type {Record<string, number>} */
const STRENGTH = { "+": 1, "-": 1, negative: 2, "*": 3, "/": 5, "**": 5 };
const WHOLE = 6;
/** @type {Record<string, string>} */
const SIGNS = { "+": "+", "-": "−", "*": "·" };
/** @type {Record<string, string>} */
const NAMES = { asin: "arcsin", acos: "arccos", atan: "arctan" };
/** @type {Record<string, [string, string]>} of a logarithm and its base */
const BASES = { log2: ["log", "2"], log10: ["log", "10"] };

/**
 * @param {string} tag
 * @param {(string | Node)[]} children
 */
function math(tag, ...children) {
  const node = document.createElementNS(MATHML, tag);
  node.append(...children);
  return node;
}

/** @param {Part} tree */
export function mathOf(tree) {
  return math("math", inside(tree, 0));
}

/** A part, in brackets where what stands around it holds more strongly. @param {Part} part @param {number} outer */
function inside(part, outer) {
  const [node, strength] = written(part);
  return strength < outer ? bracketed("(", node, ")") : node;
}

/** @param {string} open @param {Node} node @param {string} close */
function bracketed(open, node, close) {
  return math("mrow", math("mo", open), node, math("mo", close));
}

/** What a part looks like, and how strongly it holds together. @param {Part} part @returns {[Element, number]} */
function written({ kind, value, parts }) {
  const strength = STRENGTH[kind] ?? WHOLE, [first, second] = parts;
  if (kind === "number") return number(value);
  if (kind === "x" || kind === "y") return [math("mi", kind), strength];
  if (kind === "negative") return [math("mrow", math("mo", "−"), inside(first, 3)), strength];
  if (kind === "/") return [math("mfrac", inside(first, 0), inside(second, 0)), strength];
  if (kind === "**") return [math("msup", inside(first, WHOLE), inside(second, 0)), strength];
  if (kind in SIGNS) return [math("mrow", inside(first, kind === "*" ? 3 : 1), math("mo", SIGNS[kind]), inside(second, 3)), strength];
  if (kind === "sqrt") return [math("msqrt", inside(first, 0)), strength];
  if (kind === "abs") return [bracketed("|", inside(first, 0), "|"), strength];
  const list = parts.flatMap((each, k) => (k ? [math("mo", ","), inside(each, 0)] : [inside(each, 0)]));
  return [math("mrow", called(kind), math("mo", "\u2061"), bracketed("(", math("mrow", ...list), ")")), strength];
}

/** @param {string} kind */
function called(kind) {
  if (!(kind in BASES)) return math("mi", NAMES[kind] ?? kind);
  const [name, base] = BASES[kind];
  return math("msub", math("mi", name), math("mn", base));
}

/** Shortest digits that read back as the same number. @param {number} value @returns {[Element, number]} */
function number(value) {
  if (value === Math.PI || value === Math.E) return [math("mi", value === Math.PI ? "π" : "e"), WHOLE];
  const [digits, exponent] = String(value).split("e");
  if (!exponent) return [math("mn", digits), WHOLE];
  const power = math("msup", math("mn", "10"), math("mn", String(Number(exponent)).replace("-", "−")));
  return digits === "1" ? [power, STRENGTH["**"]] : [math("mrow", math("mn", digits), math("mo", "·"), power), STRENGTH["*"]];
}
