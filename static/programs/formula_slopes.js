import { Tape } from "./formula_tape.js";
/** @import { Node } from "./formula_reader.js" */
/** @import { Cell, Library } from "./formula_tape.js" */

/*
 * Forward-mode differentiation (R. E. Wengert, "A simple automatic derivative evaluation program", 1964): every number
 * carries its derivatives along x and along y, null where they are zero whatever x and y are. Rules and order of
 * operations are those of lossopt/formulas/_duals.py, which says why 0 · ∞ arises nowhere a derivative exists.
 */

const FADED = 1e-150;
const LN10 = Math.LN10, LN2 = Math.LN2;

/** @typedef {Cell | null} Slope */
/** @typedef {{value: Cell, slopes: [Slope, Slope]}} Dual */
/** @typedef {{value: (x: number, y: number) => number, gradient: (x: number, y: number) => number[]}} Compiled */

/**
 * Value and gradient of a tree, as numbers.
 *
 * @param {Node} tree
 * @param {Library} library
 * @returns {Compiled}
 */
export function compiled(tree, library) {
  const tape = new Tape(2), [x, y] = tape.inputs, slopes = new Slopes(tape);
  const found = slopes.of(tree, { value: x, slopes: [1, null] }, { value: y, slopes: [null, 1] });
  const [alongX, alongY] = found.slopes.map((slope) => slope ?? 0), { value } = found;
  const flat = tape.put("and", tape.put("equal", alongX, 0), tape.put("equal", alongY, 0));
  const hole = tape.put("or", tape.put("isNaN", value), tape.put("and", tape.put("isInfinite", value), flat));
  const gradient = [alongX, alongY].map((slope) => tape.put("select", hole, NaN, slope));
  const values = tape.function([value], library);
  return { value: (...place) => values(...place)[0], gradient: tape.function(gradient, library) };
}

class Slopes {
  /** @param {Tape} tape */
  constructor(tape) {
    this.tape = tape;
  }

  /** @param {Node} node @param {Dual} x @param {Dual} y @returns {Dual} */
  of(node, x, y) {
    if (node.kind === "number") return { value: node.value, slopes: [null, null] };
    if (node.kind === "x" || node.kind === "y") return node.kind === "x" ? x : y;
    const parts = node.parts.map((part) => this.of(part, x, y)), [first] = parts;
    if (node.kind === "negative") return this.negative(first);
    if (Object.hasOwn(this.pairs, node.kind)) return parts.reduce((a, b) => this.pairs[node.kind](a, b));
    const { value: put, slope } = this.functions[node.kind], value = put(first.value);
    return varies(first) ? this.chained(first, value, () => slope(first.value, value)) : { value, slopes: [null, null] };
  }

  /** @param {string} name @param {...Cell} cells */
  put(name, ...cells) {
    return this.tape.put(name, ...cells);
  }

  /** Outer function with this value and derivative. @param {Dual} part @param {Cell} value @param {() => Cell} factor @returns {Dual} */
  chained({ slopes: [x, y] }, value, factor) {
    const by = factor();
    return { value, slopes: [this.through(by, x), this.through(by, y)] };
  }

  /** Derivative of an outer function times that of the inner one. @param {Cell} factor @param {Slope} slope @returns {Slope} */
  through(factor, slope) {
    if (slope === null) return null;
    const halted = this.put("and", this.put("equal", factor, 0), this.put("isInfinite", slope));
    const still = this.put("or", this.put("equal", slope, 0), halted);
    const faded = this.put("and", this.put("isNaN", factor), this.put("less", this.put("absolute", slope), FADED));
    return this.put("select", this.put("or", still, faded), 0, this.put("multiply", factor, slope));
  }

  /** Share in a product's derivative, beside a partner whose own slope is `turn`. @param {Cell} factor @param {Slope} slope @param {Cell} partner @param {Slope} turn */
  beside(factor, slope, partner, turn) {
    const share = this.through(factor, slope);
    if (share === null) return null;
    return this.put("select", this.put("and", this.put("equal", partner, 0), this.isFinite(turn ?? 0)), 0, share);
  }

  /** What one part of a product adds to the derivatives. @param {Cell} factor @param {Dual} part @param {Dual} partner @returns {Dual} */
  share(factor, part, partner) {
    const [x, y] = [0, 1].map((k) => this.beside(factor, part.slopes[k], partner.value, partner.slopes[k]));
    return { value: factor, slopes: [x, y] };
  }

  /** @param {Cell} cell */
  isFinite(cell) {
    return this.put("equal", this.put("subtract", cell, cell), 0);
  }

  /** @param {Cell} slope */
  noPole(slope) {
    return this.put("select", this.put("isInfinite", slope), NaN, slope);
  }

  /** Join the shares of two arguments in the derivatives. @param {Cell} value @param {Dual} a @param {Dual} b @returns {Dual} */
  both(value, a, b) {
    const [x, y] = a.slopes.map((slope, k) => {
      const other = b.slopes[k];
      return slope === null || other === null ? slope ?? other : this.put("add", slope, other);
    });
    return { value, slopes: [x, y] };
  }

  /** @param {Dual} a @returns {Dual} */
  negative({ value, slopes }) {
    const [x, y] = slopes.map((slope) => (slope === null ? null : this.put("negative", slope)));
    return { value: this.put("negative", value), slopes: [x, y] };
  }

  /** @param {Dual} a @param {Dual} b */
  times(a, b) {
    return this.both(this.put("multiply", a.value, b.value), this.share(b.value, a, b), this.share(a.value, b, a));
  }

  /** @param {Dual} a @param {Dual} b */
  over(a, b) {
    const value = this.put("divide", a.value, b.value), flat = this.put("equal", b.value, 0);
    const ofB = this.put("select", flat, NaN, this.put("divide", this.put("negative", value), b.value));
    return this.both(value, this.chained(a, value, () => this.noPole(this.put("divide", 1, b.value))), this.share(ofB, b, a));
  }

  /** @param {Dual} a @param {Dual} b */
  power(a, b) {
    const value = this.raised(a.value, b.value);
    const ofA = varies(a) ? this.chained(a, value, () => this.slopeOfBase(a.value, b.value)) : a;
    const ofB = varies(b) ? this.chained(b, value, () => this.slopeOfExponent(value, a.value, b.value)) : b;
    return this.both(value, ofA, ofB);
  }

  /** A known exponent squares, divides or takes roots, as in NumPy. @param {Cell} a @param {Cell} b */
  raised(a, b) {
    if (b === 0.5) return this.put("sqrt", a);
    if (b === -1) return this.put("divide", 1, a);
    if (b === 1 || b === 2) return this.put("multiply", a, b === 2 ? a : 1);
    return this.put("pow", a, b);
  }

  /** @param {Cell} a @param {Cell} b */
  slopeOfBase(a, b) {
    const isZero = this.put("equal", b, 0), less = this.raised(a, this.put("subtract", b, 1));
    const slope = this.put("select", isZero, 0, this.put("multiply", b, less));
    const atPole = this.put("select", this.put("less", b, -1), 0, NaN); // as 1/aⁿ, where aⁿ is flat if n > 1
    const isSteep = this.put("and", this.put("equal", a, 0), this.put("less", b, 1));
    return this.put("select", this.put("and", isSteep, this.put("equal", isZero, 0)), atPole, slope);
  }

  /** @param {Cell} value @param {Cell} a @param {Cell} b */
  slopeOfExponent(value, a, b) {
    const nothing = this.put("and", this.put("equal", a, 0), this.put("equal", b, 0));
    const still = this.put("or", this.put("equal", value, 0), nothing);
    return this.put("select", still, 0, this.put("multiply", value, this.put("log", a)));
  }

  /** Of equals the first, with its derivative and its sign of zero. @param {string} comparison @returns {(a: Dual, b: Dual) => Dual} */
  chosen(comparison) {
    return (a, b) => {
      const first = this.put("or", this.put(comparison, a.value, b.value), this.put("isNaN", a.value));
      const [x, y] = a.slopes.map((slope, k) => {
        const other = b.slopes[k];
        return slope === null && other === null ? null : this.put("select", first, slope ?? 0, other ?? 0);
      });
      return { value: this.put("select", first, a.value, b.value), slopes: [x, y] };
    };
  }

  /** @type {Record<string, (a: Dual, b: Dual) => Dual>} */
  pairs = {
    "+": (a, b) => this.both(this.put("add", a.value, b.value), a, b),
    "-": (a, b) => this.both(this.put("subtract", a.value, b.value), a, this.negative(b)),
    "*": (a, b) => this.times(a, b),
    "/": (a, b) => this.over(a, b),
    "**": (a, b) => this.power(a, b),
    min: this.chosen("lessEqual"),
    max: this.chosen("greaterEqual"),
  };

  /** @param {string} name @param {(v: Cell, f: Cell) => Cell} slope from the argument and the function's value */
  named(name, slope) {
    return { value: (/** @type {Cell} */ v) => this.put(name, v), slope };
  }

  /** @type {Record<string, {value: (v: Cell) => Cell, slope: (v: Cell, f: Cell) => Cell}>} */
  functions = {
    sin: this.named("sin", (v) => this.put("cos", v)),
    cos: this.named("cos", (v) => this.put("negative", this.put("sin", v))),
    tan: this.named("tan", (_, f) => this.put("add", 1, this.put("multiply", f, f))),
    asin: this.named("asin", (v) => this.noPole(this.put("divide", 1, this.leg(v)))),
    acos: this.named("acos", (v) => this.noPole(this.put("divide", -1, this.leg(v)))),
    atan: this.named("atan", (v) => this.put("divide", 1, this.put("add", 1, this.put("multiply", v, v)))),
    sinh: this.named("sinh", (v) => this.put("cosh", v)),
    cosh: this.named("cosh", (v) => this.put("sinh", v)),
    tanh: this.named("tanh", (v) => this.square(this.put("divide", 1, this.put("cosh", v)))),
    exp: this.named("exp", (_, f) => f),
    ln: this.named("log", (v) => this.noPole(this.put("divide", 1, v))),
    log: this.named("log", (v) => this.noPole(this.put("divide", 1, v))),
    log2: this.named("log2", (v) => this.noPole(this.put("divide", 1, this.put("multiply", LN2, v)))),
    log10: this.named("log10", (v) => this.noPole(this.put("divide", 1, this.put("multiply", LN10, v)))),
    sqrt: this.named("sqrt", (_, f) => this.noPole(this.put("divide", 0.5, f))),
    abs: this.named("absolute", (v) => this.put("sign", v)),
    sign: this.named("sign", (_, f) => this.put("multiply", 0, f)),
  };

  /** √(1 − v²). @param {Cell} v */
  leg(v) {
    return this.put("sqrt", this.put("multiply", this.put("subtract", 1, v), this.put("add", 1, v)));
  }

  /** @param {Cell} cell */
  square(cell) {
    return this.put("multiply", cell, cell);
  }
}

/** Whether it depends on x or y at all. @param {Dual} part */
function varies({ slopes: [x, y] }) {
  return x !== null || y !== null;
}
