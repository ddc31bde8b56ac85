import { shortNumber } from "../stage/numbers.js";
import { fill } from "../stage/texts.js";

const NEAR = Math.SQRT2; // from this factor on, it is said instead of percent

/**
 * How far a number is from the answer, as `lossopt.lessons.judge` says it.
 *
 * @param {number} guess @param {number} answer @param {number} tolerance
 */
export function judged(guess, answer, tolerance) {
  if (!(guess > 0)) return { kind: "sign", factor: 1, percent: 0 };
  const factor = Math.max(guess / answer, answer / guess), percent = 100 * Math.abs(guess / answer - 1), side = guess > answer ? "high" : "low";
  const kind = factor <= 1 + tolerance ? "close" : factor < NEAR ? side : `${side}_factor`;
  return { kind, factor, percent };
}

/**
 * The sentence about a number.
 *
 * @param {number} guess @param {number} answer @param {number} tolerance @param {Record<string, string>} texts
 */
export function verdictOf(guess, answer, tolerance, texts) {
  const { kind, factor, percent } = judged(guess, answer, tolerance);
  const said = fill(texts[`verdict.${kind}`], { guess: shortNumber(guess), answer: shortNumber(answer), factor: shortNumber(factor), percent: percent.toFixed(0) });
  return { said, isMet: kind === "close" };
}
