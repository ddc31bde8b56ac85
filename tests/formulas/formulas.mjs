/* Answers one line of JSON with another: what becomes of formulas, and their values and gradients at some places, by
   the browser's own reader and by the module that Python writes for each. */

import { createInterface } from "node:readline";

const { readFormula } = await import(`${process.argv[2]}/formula.js`);
const math = await import(`${process.argv[2]}/math.js`);

const packed = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");

async function made(script) {
  const address = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`;
  return (await import(address)).default;
}

function numbers({ value, gradient }, places) {
  return packed(places.flatMap((place) => [value(...place), ...gradient(...place)]));
}

/* Iterates of all runs of a module. */
function paths({ runs }, { settings, start, nSteps }) {
  return packed(settings.flatMap(({ run, ...how }) => {
    const path = new Float64Array(2 * (nSteps + 1));
    for (const _ of runs[run](start, nSteps, path, how));
    return [...path];
  }));
}

async function answer({ text, script, rules, region, places, descent }) {
  const { refusal, objective } = readFormula(text, region);
  if (refusal) return refusal;
  if (descent) {
    const asked = { start: objective.start, ...descent };
    return { ours: paths((await made(rules))(math, objective.make(math)), asked), theirs: paths((await made(script))(math), asked) };
  }
  const theirs = script && numbers((await made(script))(math), places);
  return { start: objective.start, ours: numbers(objective, places), theirs };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
