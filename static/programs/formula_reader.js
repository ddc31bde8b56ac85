import { characterName } from "./formula_characters.js";

/*
 * From text to a tree: numbers, known words and signs, or a refusal; the counterpart of
 * lossopt/formulas/_read.py, which refuses the same texts with the same codes.
 *
 * V. R. Pratt, "Top down operator precedence", 1973.
 */

const MAX_LENGTH = 1000, MAX_NODES = 400, MAX_DEPTH = 100, MAX_ARGUMENTS = 8;

/** Functions of one argument, in the order in which they are told. */
export const FUNCTIONS = [
  "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "ln", "log", "log2", "log10", "sqrt", "abs", "sign",
];
export const CHOOSERS = ["min", "max"];
const VARIABLES = ["x", "y"];
/** @type {Record<string, number>} */
const CONSTANTS = { pi: Math.PI, e: Math.E };
const WORDS = [...VARIABLES, ...Object.keys(CONSTANTS), ...FUNCTIONS, ...CHOOSERS];

/** How strongly each sign holds what is on its left, and what on its right. @type {Map<string, [number, number]>} */
const BINDING = new Map([["+", [1, 2]], ["-", [1, 2]], ["*", [3, 4]], ["/", [3, 4]], ["**", [6, 5]]]);
const SIGNS = new Set([...BINDING.keys(), "(", ")", ","]);
const SIGN = 5; // how strongly a sign before a number holds it: weaker than a power
const TOKEN = /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_]\w*)|(?<sign>\*\*|[-+*/^(),])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes them for spaces, too
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g; // as Python's str.split

/**
 * A number, a variable, an operator or a function with its arguments.
 *
 * @typedef {object} Node
 * @property {string} kind "number", "x", "y", "negative", a sign or a function
 * @property {number} value of a number
 * @property {Node[]} parts
 * @property {number} depth
 */

/** A formula that cannot be used: the code of the sentence that says why, and what its placeholders stand for. */
export class Refusal extends Error {
  /** @param {string} code @param {Record<string, string | number>} [values] */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * Read a formula.
 *
 * @param {string} text
 * @returns {Node}
 */
export function readTree(text) {
  const length = [...text].length;
  if (length > MAX_LENGTH) throw new Refusal("too_long", { length, limit: MAX_LENGTH });
  const tokens = tokensOf(text.replace(SPACES, " ").replace(/^ | $/g, ""));
  if (!tokens.length) throw new Refusal("empty");
  return new Reader(tokens).formula();
}

/** Numbers, words and signs; only known words and signs get this far. @param {string} text */
function tokensOf(text) {
  /** @type {string[]} */
  const parts = [];
  let place = 0, last = "", opened = 0;
  while (place < text.length) {
    if (text[place] === " ") place += 1;
    TOKEN.lastIndex = place;
    const match = TOKEN.exec(text);
    if (!match) throw badCharacter(text.slice(place));
    const [part] = match, { number, word, sign } = match.groups ?? {}, before = parts.at(-1);
    if (before !== undefined && isFunction(before) && part !== "(") throw withoutBrackets(before);
    if (word && !WORDS.includes(word)) throw new Refusal("word", { word: shortened(word), known: WORDS.join(", ") });
    const glued = last === "number" || last === ")" || (last === "word" && part !== "(");
    if (glued && (!sign || part === "(")) throw new Refusal("times", { part: shortened(part) });
    opened += part === "(" ? 1 : part === ")" ? -1 : 0;
    if (opened > MAX_DEPTH) throw new Refusal("too_deep", { limit: MAX_DEPTH });
    parts.push(part === "^" ? "**" : part);
    place += part.length;
    last = sign ?? (number ? "number" : "word");
  }
  return parts;
}

/** @param {string} word */
function isFunction(word) {
  return FUNCTIONS.includes(word) || CHOOSERS.includes(word);
}

/** @param {string} word */
function withoutBrackets(word) {
  return new Refusal("call", { word, example: `${word}(${FUNCTIONS.includes(word) ? "x" : "x, y"})` });
}

/** @param {string} text that begins with it */
function badCharacter(text) {
  const [character] = text, isShown = character === " " || !/[\p{C}\p{Z}]/u.test(character);
  return new Refusal("character", { character: isShown ? character : "\ufffd", name: characterName(character) });
}

/** @param {string} word */
function shortened(word) {
  return word.length <= 20 ? word : `${word.slice(0, 20)}…`;
}

/** Goes over tokens from left to right; what fits nowhere is refused. */
class Reader {
  #place = 0;
  #count = 0;

  /** @param {string[]} tokens */
  constructor(tokens) {
    this.tokens = tokens;
  }

  /** The token that comes next, empty at the end. */
  get next() {
    return this.tokens[this.#place] ?? "";
  }

  /** All tokens. */
  formula() {
    const found = this.joined(0, 1);
    if (this.next) throw new Refusal("syntax");
    return found;
  }

  /**
   * Numbers between signs that hold at least so strongly.
   *
   * @param {number} weakest
   * @param {number} depth
   */
  joined(weakest, depth) {
    let found = this.operand(depth);
    for (let holds = BINDING.get(this.next); holds && holds[0] >= weakest; holds = BINDING.get(this.next)) {
      found = this.node(this.taken(), [found, this.joined(holds[1], depth + 1)]);
    }
    return found;
  }

  /** A number, a variable, a call, brackets, or one of these after a sign. @param {number} depth @returns {Node} */
  operand(depth) {
    if (depth > MAX_DEPTH) throw new Refusal("too_deep", { limit: MAX_DEPTH });
    const part = this.taken();
    if (part === "+" || part === "-") {
      const operand = this.joined(SIGN, depth + 1);
      return part === "+" ? operand : this.node("negative", [operand]);
    }
    if (part === "(") {
      const found = this.joined(0, depth);
      this.close();
      return found;
    }
    if (!part || SIGNS.has(part)) throw new Refusal("syntax");
    if (this.next === "(") return this.call(part, depth);
    if (VARIABLES.includes(part)) return this.leaf({ kind: part, value: 0, parts: [], depth: 1 });
    if (Object.hasOwn(CONSTANTS, part)) return this.number(CONSTANTS[part]);
    if (isFunction(part)) throw withoutBrackets(part);
    return this.number(Number(part));
  }

  /** A function with its arguments; a comma may follow the last one. @param {string} word @param {number} depth */
  call(word, depth) {
    if (!isFunction(word)) throw new Refusal("not_a_function", { word });
    this.taken();
    const parts = [];
    while (this.next !== ")") {
      parts.push(this.joined(0, depth + 1));
      if (this.next !== ",") break;
      this.taken();
    }
    this.close();
    checkArguments(word, parts.length);
    return this.node(word, parts);
  }

  /** The next token, which is gone over. */
  taken() {
    const part = this.next;
    this.#place += 1;
    return part;
  }

  /** Go over a closing bracket. */
  close() {
    if (this.taken() !== ")") throw new Refusal("syntax");
  }

  /** An operator or a function over its parts. @param {string} kind @param {Node[]} parts */
  node(kind, parts) {
    const depth = 1 + Math.max(...parts.map((part) => part.depth));
    if (depth > MAX_DEPTH) throw new Refusal("too_deep", { limit: MAX_DEPTH });
    return this.leaf({ kind, value: 0, parts, depth });
  }

  /** @param {number} value */
  number(value) {
    if (!Number.isFinite(value)) throw new Refusal("number");
    return this.leaf({ kind: "number", value, parts: [], depth: 1 });
  }

  /** The same node, if it is not one too many. @param {Node} node */
  leaf(node) {
    this.#count += 1;
    if (this.#count > MAX_NODES) throw new Refusal("too_large", { limit: MAX_NODES });
    return node;
  }
}

/** @param {string} word @param {number} given */
function checkArguments(word, given) {
  const [low, high] = FUNCTIONS.includes(word) ? [1, 1] : [2, MAX_ARGUMENTS];
  if (given >= low && given <= high) return;
  throw new Refusal("arguments", { word, wanted: low === high ? `${low}` : `${low}–${high}`, given });
}
