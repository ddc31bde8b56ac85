/* The order in which samples are drawn, as NumPy's default generator draws it: PCG64 (M. E. O'Neill,
   "PCG: a family of simple fast space-efficient statistically good algorithms for random number
   generation", 2014), seeded by SeedSequence. */

const MASK = (1n << 128n) - 1n;
const FACTOR = (2549297995355413924n << 64n) + 4865540595714422341n;
const POOL = 4;

/** Hash words of a seed into a pool and draw 64-bit words from it. @param {string} seed */
function wordsOf(seed) {
  /** @type {number[]} */
  const given = [];
  for (let rest = BigInt(seed); rest || !given.length; rest >>= 32n) given.push(Number(rest & 0xffffffffn));
  let factor = 0x43b0d7e5;
  const hash = (/** @type {number} */ value) => {
    value ^= factor;
    factor = Math.imul(factor, 0x931e8875);
    value = Math.imul(value, factor);
    return value ^ (value >>> 16);
  };
  const mix = (/** @type {number} */ x, /** @type {number} */ y) => {
    const value = Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715);
    return value ^ (value >>> 16);
  };
  const pool = Array.from({ length: POOL }, (_, k) => hash(given[k] ?? 0));
  for (let from = 0; from < POOL; from += 1) {
    for (let to = 0; to < POOL; to += 1) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (const word of given.slice(POOL)) {
    for (let to = 0; to < POOL; to += 1) pool[to] = mix(pool[to], hash(word));
  }
  factor = 0x8b51f9dd;
  const drawn = Array.from({ length: 8 }, (_, k) => {
    let value = pool[k % POOL] ^ factor;
    factor = Math.imul(factor, 0x58f38ded);
    value = Math.imul(value, factor);
    return BigInt((value ^ (value >>> 16)) >>> 0);
  });
  return [0, 2, 4, 6].map((k) => drawn[k] | (drawn[k + 1] << 32n));
}

/** Numbers of 32 bits, two of each 64 that the generator gives. @param {string} seed */
function generatorOf(seed) {
  const [high, low, streamHigh, streamLow] = wordsOf(seed);
  const stream = ((((streamHigh << 64n) | streamLow) << 1n) | 1n) & MASK;
  let state = (stream + ((high << 64n) | low)) & MASK;
  const step = () => { state = (state * FACTOR + stream) & MASK; };
  step();
  let kept = -1;
  return () => {
    if (kept >= 0) {
      const found = kept;
      kept = -1;
      return found;
    }
    step();
    const folded = BigInt.asUintN(64, (state >> 64n) ^ state), turn = state >> 122n;
    const word = BigInt.asUintN(64, (folded >> turn) | (folded << (64n - turn)));
    kept = Number(word >> 32n);
    return Number(word & 0xffffffffn);
  };
}

/**
 * A whole number from 0 to `most`, each as likely: of its bits as many as it may have, until it fits.
 *
 * @param {number} most
 * @param {() => number} draw
 */
function upTo(most, draw) {
  const mask = 2 ** (32 - Math.clz32(most)) - 1;
  for (;;) {
    const found = (draw() & mask) >>> 0;
    if (found <= most) return found;
  }
}

/**
 * Passes over the samples, each in an order of its own.
 *
 * @param {number} nSamples
 * @param {string} seed
 * @returns {Generator<Int32Array, never>}
 */
export function* shuffles(nSamples, seed) {
  const draw = generatorOf(seed);
  for (;;) {
    const order = Int32Array.from({ length: nSamples }, (_, k) => k);
    for (let i = nSamples - 1; i > 0; i -= 1) {
      const j = upTo(i, draw);
      [order[i], order[j]] = [order[j], order[i]];
    }
    yield order;
  }
}

/**
 * Rows of each step, step by step: a batch at the end of a pass may be shorter.
 *
 * @param {number} nSamples
 * @param {number} batchSize
 * @param {string} seed
 */
export function batchesOf(nSamples, batchSize, seed) {
  const drawn = shuffles(nSamples, seed), perPass = Math.ceil(nSamples / batchSize);
  /** @type {Int32Array[]} */
  const passes = [];
  return (/** @type {number} */ step) => {
    const pass = Math.floor(step / perPass), first = (step - pass * perPass) * batchSize;
    while (passes.length <= pass) passes.push(drawn.next().value);
    return passes[pass].subarray(first, Math.min(first + batchSize, nSamples));
  };
}
