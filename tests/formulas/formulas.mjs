/* Answers one line of JSON with another: what becomes of formulas, and their values and gradients at some places, by
   the browser's own reader and by the module that Python writes for each. */

import { createInterface } from "node:readline";

const { readFormula } = await import(`${process.argv[2]}/formula.js`);
const math = await import(`${process.argv[2]}/math.js`);

const packed = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");

async function written(script) {
  const address = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`;
  return (await import(address)).default(math);
}

function numbers({ value, gradient }, places) {
  return packed(places.flatMap((place) => [value(...place), ...gradient(...place)]));
}

async function answer({ text, script, region, places }) {
  const { refusal, objective } = readFormula(text, region);
  if (refusal) return refusal;
  const theirs = script && numbers(await written(script), places);
  return { start: objective.start, ours: numbers(objective, places), theirs };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
