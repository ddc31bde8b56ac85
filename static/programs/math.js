/* Elementary functions made of + − × ÷ and square root, which are exact in every browser, so that
   every machine draws the same path to the bit. Results are within one unit in the last place.

   Numbers are carried as unevaluated sums high + low (T. J. Dekker, "A floating-point technique for
   extending the available precision", 1971): a function that gives such a pair returns the high
   part and leaves the other in `low[0]`. Arguments are reduced with tables (P. T. P. Tang, "Table-driven
   implementation of the exponential function in IEEE floating-point arithmetic", 1989, and "… of the
   logarithm function …", 1990), and by as many digits of π as they ask for (M. H. Payne,
   R. N. Hanek, "Radian reduction for trigonometric functions", 1983). */

const low = new Float64Array(1); /* a plain variable would be made anew at every write */

/** a + b exactly, where |a| ≥ |b|. @param {number} a @param {number} b */
function quickSum(a, b) {
  const sum = a + b;
  low[0] = b - (sum - a);
  return sum;
}

/** a + b exactly. @param {number} a @param {number} b */
function twoSum(a, b) {
  const sum = a + b, rest = sum - a;
  low[0] = (a - (sum - rest)) + (b - rest);
  return sum;
}

/** a · b exactly. @param {number} a @param {number} b */
function twoProduct(a, b) {
  const product = a * b;
  let t = 134217729 * a;
  const a1 = t - (t - a), a2 = a - a1;
  t = 134217729 * b;
  const b1 = t - (t - b), b2 = b - b1;
  low[0] = ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
  return product;
}

/** (a + aLow) / (b + bLow) as a pair. @param {number} a @param {number} aLow @param {number} b @param {number} bLow */
function quotient(a, aLow, b, bLow) {
  const found = a / b, product = twoProduct(found, b);
  low[0] = (a - product - low[0] + aLow - found * bLow) / b;
  return found;
}

/** √(a + aLow) as a pair. @param {number} a @param {number} aLow */
function root(a, aLow) {
  const found = Math.sqrt(a), square = twoProduct(found, found);
  low[0] = found > 0 ? (a - square - low[0] + aLow) / (2 * found) : 0;
  return found;
}

/** The nearest whole number; three times as fast as Math.round. @param {number} x */
function nearest(x) {
  return Math.floor(x + 0.5);
}

const view = new DataView(new ArrayBuffer(8));
const POWERS = Float64Array.from({ length: 2046 }, (_, k) => {
  view.setUint32(0, (k + 1) << 20);
  return view.getFloat64(0);
});

/** 2^exponent, from −1022 to 1023. @param {number} exponent */
function powerOfTwo(exponent) {
  return POWERS[exponent + 1022];
}

/** value · 2^exponent, rounded once. @param {number} value @param {number} exponent */
function scaled(value, exponent) {
  if (exponent > 1023) return value * powerOfTwo(1023) * powerOfTwo(exponent - 1023);
  if (exponent < -1022) return value * powerOfTwo(exponent + 600) * powerOfTwo(-600);
  return value * powerOfTwo(exponent);
}

/* The tables are computed here, with whole numbers that stand for themselves / 2^POINT. */
const POINT = 1300, ONE = 1n << BigInt(POINT);

/**
 * Sum of the odd powers 2 (t + t³/3 + …), or with alternating signs, of the ratio a/b.
 *
 * @param {bigint} a
 * @param {bigint} b
 */
function artanh(a, b, sign = 1n) {
  let power = 2n * ONE * a / b, sum = power;
  for (let n = 3n; power; n += 2n) {
    power = sign * power * a * a / (b * b);
    sum += power / n;
  }
  return sum;
}

/**
 * Leading bits of value / 2^point as numbers that add up to it.
 *
 * @param {bigint} value
 * @param {number} point
 * @param {...number} counts of bits
 */
function parts(value, point, ...counts) {
  let rest = value < 0n ? -value : value;
  return counts.map((count) => {
    const drop = Math.max(0, rest.toString(2).length - count);
    const head = rest >> BigInt(drop);
    rest -= head << BigInt(drop);
    return scaled((value < 0n ? -1 : 1) * Number(head), drop - point);
  });
}

const LN2_WHOLE = artanh(1n, 3n);
/* ln 2 and ln 2 / 32 in parts; the first times a whole number below 2^13, or 2^17, is exact. */
const [LN2, LN2_LOW] = parts(LN2_WHOLE, POINT, 40, 53);
const [STEP, STEP2] = parts(LN2_WHOLE, POINT + 5, 36, 53);
const PER_STEP = 1 / STEP;

/* 1 / ln 2 and 1 / ln 10, as pairs. */
const [PER_LN2, PER_LN2_LOW] = parts(ONE * ONE / LN2_WHOLE, POINT, 53, 53);
const [PER_LN10, PER_LN10_LOW] = parts(ONE * ONE / (3n * LN2_WHOLE + artanh(1n, 9n)), POINT, 53, 53);

/* 2^(j/32) for j = 0 … 31, as pairs. */
const EXP = new Float64Array(64);
for (let j = 0n; j < 32n; j++) {
  let term = ONE, sum = ONE;
  for (let n = 1n; term; n++) {
    term = (term * j * LN2_WHOLE / (32n * n)) >> BigInt(POINT);
    sum += term;
  }
  EXP.set(parts(sum, POINT, 53, 53), 2 * Number(j));
}

/* −log(k/128) for k = 88 … 184, as pairs. */
const FIRST = 88;
const LOG = new Float64Array(2 * 97);
for (let k = FIRST; k <= 184; k++) {
  LOG.set(parts(-artanh(BigInt(k - 128), BigInt(k + 128)), POINT, 53, 53), 2 * (k - FIRST));
}

/* π by J. Machin's formula (1706), and π/2 in parts of which the first two times a whole number
   below 2^20 are exact. */
const PI = 8n * artanh(1n, 5n, -1n) - 2n * artanh(1n, 239n, -1n);
const [QUARTER, QUARTER2, QUARTER3] = parts(PI, POINT + 1, 33, 33, 53);
/* atan(k/16) for k = 0 … 16, and π/2 in place 32, as pairs: each is the one before and
   atan(16 / (256 + k(k + 1))). */
const ATAN = new Float64Array(66);
for (let k = 0n, sum = 0n; k < 16n; k++) {
  sum += artanh(16n, 256n + k * (k + 1n), -1n);
  ATAN.set(parts(sum, POINT + 1, 53, 53), 2 * Number(k) + 2);
}
ATAN.set(parts(PI, POINT + 1, 53, 53), 64);
const TWO_OVER_PI = 2n * ONE * ONE / PI;

let exponent = 0;

/** e^(x + xLow) / 2^exponent as a pair; |x| below 1100. @param {number} x @param {number} xLow */
function expPair(x, xLow) {
  const n = nearest(x / STEP), j = n & 31;
  exponent = (n - j) / 32;
  const r = twoSum(x - n * STEP, -n * STEP2), rLow = low[0] + xLow;
  const square = r * r;
  const tail = square * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r / 5040)))));
  const head = EXP[2 * j];
  return quickSum(head, EXP[2 * j + 1] + head * (r + (rLow * (1 + r) + tail)));
}

/** @param {number} x */
export function exp(x) {
  if (!(x < 709.79)) return x > 0 ? Infinity : x;
  if (x < -745.2) return 0;
  const n = nearest(x * PER_STEP), j = n & 31;
  const r = x - n * STEP - n * STEP2, square = r * r; /* its rounding is below 2^−59 of the result */
  const tail = square * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const head = EXP[2 * j];
  const value = head + (EXP[2 * j + 1] + head * (r + tail)), place = (n >> 5) + 1022;
  return place >= 0 && place < POWERS.length ? value * POWERS[place] : scaled(value, n >> 5); /* a call less */
}

/** e^x − 1 as a pair; x from −38 to 709. @param {number} x */
function expm1Pair(x) {
  const n = nearest(x / STEP);
  if (n === 0) {
    const square = twoProduct(x, x) / 2, squareLow = low[0] / 2;
    const cube = x * x * x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x / 5040))));
    const sum = twoSum(x, square);
    return quickSum(sum, low[0] + squareLow + cube);
  }
  const j = n & 31, size = powerOfTwo((n - j) / 32);
  const r = twoSum(x - n * STEP, -n * STEP2), rLow = low[0];
  const square = r * r;
  const tail = square * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r / 5040)))));
  const head = EXP[2 * j] * size;
  const grown = twoProduct(head, r), grownLow = low[0];
  const sum = twoSum(head, -1), sumLow = low[0];
  const more = twoSum(sum, grown);
  return quickSum(more, low[0] + (sumLow + grownLow + EXP[2 * j + 1] * size * (1 + r) + head * (rLow * (1 + r) + tail)));
}

/** @param {number} x */
export function expm1(x) {
  if (!(x < 709.79)) return x > 0 ? Infinity : x;
  if (x < -38) return -1;
  if (Math.abs(x) < 1e-17) return x;
  if (x > 60) return exp(x);
  const head = expm1Pair(x);
  return head + low[0];
}

let power = 0;

/**
 * The part of a positive finite number that lies between √½ and √2; times 2^power it is the number.
 *
 * @param {number} x
 */
function mantissa(x) {
  power = 0;
  if (x > 0.71 && x < 1.41) return x;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    power = -54;
  }
  view.setFloat64(0, x);
  const found = view.getUint32(0), up = (found & 0xfffff) > 0x6a09e ? 1 : 0;
  power += (found >>> 20) - 1023 + up;
  view.setUint32(0, (found & 0xfffff) | ((1023 - up) << 20));
  return view.getFloat64(0);
}

/** log(x + xLow); x is positive and finite. @param {number} x @param {number} xLow */
function logOf(x, xLow) {
  const z = mantissa(x), zLow = xLow === 0 ? 0 : scaled(xLow, -power);
  const k = nearest(128 / z), near = k / 128, at = 2 * (k - FIRST);
  const t = 134217729 * z, z1 = t - (t - z), z2 = z - z1;
  const a = z1 * near - 1, b = z2 * near, c = a + b, bPart = c - a;
  const cLow = (a - (c - bPart)) + (b - bPart) + zLow * near, r = c + cLow, rLow = cLow - (r - c);
  const tail = r * r * (1 / 2 - r * (1 / 3 - r * (1 / 4 - r * (1 / 5 - r * (1 / 6 - r * (1 / 7 - r / 8))))));
  const d = power * LN2, e = LOG[at], base = d + e, ePart = base - d;
  const baseLow = (d - (base - ePart)) + (e - ePart) + power * LN2_LOW + LOG[at + 1];
  return base + (r + (rLow + baseLow - tail));
}

/** log(x) as a pair; x is positive and finite. @param {number} x */
function logPair(x) {
  const z = mantissa(x), m = power;
  const k = nearest(128 / z), near = k / 128;
  const t = 134217729 * z, z1 = t - (t - z), z2 = z - z1;
  const r = twoSum(z1 * near - 1, z2 * near), rLow = low[0];
  const square = twoProduct(r, r) / 2, squareLow = low[0] / 2;
  const tail = r * r * r * (1 / 3 - r * (1 / 4 - r * (1 / 5 - r * (1 / 6 - r * (1 / 7 - r / 8)))));
  const at = 2 * (k - FIRST);
  const base = twoSum(m * LN2, LOG[at]), baseLow = low[0] + m * LN2_LOW + LOG[at + 1];
  const sum = twoSum(base, r), sumLow = low[0];
  const all = twoSum(sum, -square);
  return quickSum(all, low[0] + (sumLow + baseLow + (rLow - squareLow - r * rLow + tail)));
}

/** @param {number} x */
export function log(x) {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  return x === Infinity ? x : logOf(x, 0);
}

/** log(x) times a factor as a pair. @param {number} x @param {number} factor @param {number} factorLow */
function logTimes(x, factor, factorLow) {
  if (!(x > 0) || x === Infinity) return log(x);
  const head = logPair(x), rest = low[0] * factor + head * factorLow;
  const product = twoProduct(head, factor);
  return product + (low[0] + rest);
}

/** @param {number} x */
export function log2(x) {
  return logTimes(x, PER_LN2, PER_LN2_LOW);
}

/** @param {number} x */
export function log10(x) {
  return logTimes(x, PER_LN10, PER_LN10_LOW);
}

/** @param {number} x */
export function log1p(x) {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity || Math.abs(x) < 1e-17) return x;
  const sum = twoSum(1, x);
  return logOf(sum, low[0]);
}

/** @param {number} x */
export function tanh(x) {
  const size = Math.abs(x);
  if (!(size < 22)) return size === size ? (x > 0 ? 1 : -1) : x;
  if (size < 1e-9) return x;
  const head = expm1Pair(2 * size), headLow = low[0];
  const below = twoSum(head, 2), found = quotient(head, headLow, below, low[0] + headLow) + low[0];
  return x < 0 ? -found : found;
}

/** @param {number} x */
export function sinh(x) {
  const size = Math.abs(x);
  if (!(size < 710.5)) return x * Infinity;
  if (size < 1e-9) return x;
  if (size > 22) {
    const grown = expPair(size, 0), found = scaled(grown + low[0], exponent - 1);
    return x < 0 ? -found : found;
  }
  const head = expm1Pair(size), headLow = low[0];
  const below = twoSum(head, 1), part = quotient(head, headLow, below, low[0] + headLow), partLow = low[0];
  const sum = twoSum(head, part), found = (sum + (low[0] + headLow + partLow)) / 2;
  return x < 0 ? -found : found;
}

/** @param {number} x */
export function cosh(x) {
  const size = Math.abs(x);
  if (!(size < 710.5)) return size === size ? Infinity : x;
  const head = expPair(size, 0), rest = low[0], shift = exponent;
  if (size > 22) return scaled(head + rest, shift - 1);
  const half = scaled(head, shift - 1), halfLow = scaled(rest, shift - 1);
  const other = quotient(0.25, 0, half, halfLow), otherLow = low[0];
  const sum = twoSum(half, other);
  return sum + (low[0] + halfLow + otherLow);
}

let quadrant = 0;

/** x less the nearest multiple of π/2, as a pair. @param {number} x */
function reduced(x) {
  quadrant = nearest(x / QUARTER);
  if (Math.abs(x) < 1000000) {
    const second = quadrant * QUARTER2, third = quadrant * QUARTER3;
    const first = twoSum(x - quadrant * QUARTER, -second), firstLow = low[0];
    const found = quickSum(first, firstLow - third);
    if (Math.abs(found) > 1e-6 || quadrant === 0) return found;
  }
  view.setFloat64(0, Math.abs(x));
  const power = (view.getUint32(0) >>> 20) - 1075;
  const whole = (view.getBigUint64(0) & 0xfffffffffffffn) | 0x10000000000000n;
  const turns = power < 0 ? whole * TWO_OVER_PI >> BigInt(-power) : whole * TWO_OVER_PI << BigInt(power);
  const closest = (turns + ONE / 2n) >> BigInt(POINT);
  const rest = (turns - (closest << BigInt(POINT))) * PI >> BigInt(POINT);
  const [head, tail] = parts(x < 0 ? -rest : rest, POINT + 1, 53, 53);
  quadrant = Number(x < 0 ? -closest & 3n : closest & 3n);
  low[0] = tail;
  return head;
}

/** sin(r + rLow) as a pair, |r| up to π/4. @param {number} r @param {number} rLow */
function sinPair(r, rLow) {
  const s = r * r;
  const series = -1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 + s * (-1 / 39916800
    + s * (1 / 6227020800 + s * (-1 / 1307674368000 + s / 355687428096000))))));
  return quickSum(r, r * s * series + rLow * (1 - s / 2));
}

/** cos(r + rLow) as a pair. @param {number} r @param {number} rLow */
function cosPair(r, rLow) {
  const s = twoProduct(r, r), sLow = low[0];
  const series = 1 / 24 + s * (-1 / 720 + s * (1 / 40320 + s * (-1 / 3628800 + s * (1 / 479001600
    + s * (-1 / 87178291200 + s * (1 / 20922789888000 - s / 6402373705728000))))));
  const head = quickSum(1, -s / 2);
  return quickSum(head, low[0] + (s * s * series - sLow / 2 - r * rLow));
}

/** sin(x + turns · π/2). @param {number} x @param {number} turns */
function wave(x, turns) {
  const r = reduced(x), rLow = low[0], which = (quadrant + turns) & 3;
  const head = which & 1 ? cosPair(r, rLow) : sinPair(r, rLow);
  return which & 2 ? -(head + low[0]) : head + low[0];
}

/** @param {number} x */
export function sin(x) {
  return x - x === 0 ? (Math.abs(x) < 1e-9 ? x : wave(x, 0)) : NaN;
}

/** @param {number} x */
export function cos(x) {
  return x - x === 0 ? wave(x, 1) : NaN;
}

/** @param {number} x */
export function tan(x) {
  if (x - x !== 0) return NaN;
  if (Math.abs(x) < 1e-9) return x;
  const r = reduced(x), rLow = low[0];
  const s = sinPair(r, rLow), sLow = low[0], c = cosPair(r, rLow), cLow = low[0];
  return quadrant & 1 ? -(quotient(c, cLow, s, sLow) + low[0]) : quotient(s, sLow, c, cLow) + low[0];
}

/**
 * Angle of the point (x, y) with both coordinates from 0 up, given as pairs, as a pair.
 *
 * @param {number} y
 * @param {number} yLow
 * @param {number} x
 * @param {number} xLow
 */
function angle(y, yLow, x, xLow) {
  const steep = y > x, t = steep ? quotient(x, xLow, y, yLow) : quotient(y, yLow, x, xLow);
  const tLow = low[0], k = nearest(16 * t), near = k / 16;
  const product = twoProduct(t, near), productLow = low[0];
  const below = twoSum(1, product);
  const r = quotient(t - near, tLow, below, low[0] + productLow + tLow * near), rLow = low[0];
  const s = r * r;
  const tail = r * s * (-1 / 3 + s * (1 / 5 + s * (-1 / 7 + s * (1 / 9 + s * (-1 / 11 + s / 13)))));
  const sum = twoSum(ATAN[2 * k], r);
  const found = quickSum(sum, low[0] + (ATAN[2 * k + 1] + rLow + tail));
  if (!steep) return found;
  const foundLow = low[0], rest = twoSum(ATAN[64], -found);
  return quickSum(rest, low[0] + (ATAN[65] - foundLow));
}

/** @param {number} x */
export function atan(x) {
  const size = Math.abs(x);
  if (size !== size || size < 1e-9) return x;
  const found = size > 1e300 ? ATAN[64] : angle(size, 0, 1, 0) + low[0];
  return x < 0 ? -found : found;
}

/** √(1 − x²) as a pair. @param {number} x */
function leg(x) {
  const square = twoProduct(x, x), squareLow = low[0], rest = twoSum(1, -square);
  return root(rest, low[0] - squareLow);
}

/** @param {number} x */
export function asin(x) {
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  if (size < 1e-9) return x;
  const other = leg(size), found = angle(size, 0, other, low[0]) + low[0];
  return x < 0 ? -found : found;
}

/** @param {number} x */
export function acos(x) {
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  const other = leg(size), found = angle(other, low[0], size, 0);
  if (x > 0) return found + low[0];
  const foundLow = low[0], rest = twoSum(2 * ATAN[64], -found);
  return rest + (low[0] + (2 * ATAN[65] - foundLow));
}

/** @param {number} x @param {number} y */
export function hypot(x, y) {
  let a = Math.abs(x), b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  if (a < b) [a, b] = [b, a];
  if (!(b > 0) || a > 1e17 * b) return a + b;
  const size = a > 1e150 ? powerOfTwo(-600) : a < 1e-150 ? powerOfTwo(600) : 1;
  a *= size;
  b *= size;
  const aa = twoProduct(a, a), aLow = low[0], bb = twoProduct(b, b), rest = aLow + low[0];
  const sum = quickSum(aa, bb), sumLow = low[0] + rest;
  const found = root(sum, sumLow);
  return (found + low[0]) / size;
}

/** As C and NumPy have it: pow(1, NaN) and pow(−1, ±∞) are 1. @param {number} x @param {number} y */
export function pow(x, y) {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x), odd = Math.abs(y) < 9007199254740992 && y % 2 !== 0 && y % 1 === 0;
  if (y === Infinity || y === -Infinity) {
    return size === 1 ? 1 : size > 1 === y > 0 ? Infinity : 0;
  }
  if (x < 0 && x !== -Infinity && y % 1 !== 0) return NaN;
  const negative = odd && (x < 0 || Object.is(x, -0));
  const found = size === 0 || size === Infinity
    ? (size === 0 === y > 0 ? 0 : Infinity)
    : powerOf(size, y);
  return negative ? -found : found;
}

/** @param {number} size @param {number} y */
function powerOf(size, y) {
  const l = logPair(size), lLow = low[0];
  if (Math.abs(l * y) > 1000) return l * y > 0 ? Infinity : 0;
  if (Math.abs(y) > 1e290) return 1; /* only where log is so small that nothing is left */
  const product = twoProduct(l, y), rest = low[0] + lLow * y;
  const head = expPair(product, rest);
  return scaled(head + low[0], exponent);
}
