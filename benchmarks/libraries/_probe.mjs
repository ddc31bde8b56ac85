// How a JavaScript library answers the sequences of gradients; its answers go to _probe.py as JSON.
//
//   npm install convnetjs@0.3.0                      # in a folder of its own, and there:
//   node …/benchmarks/libraries/convnetjs.mjs > answers.json
//   python -m benchmarks.libraries._keep answers.json [--write]      # from the top of the project

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const library = createRequire(`${process.cwd()}/`);
const told = JSON.parse(
  readFileSync(new URL("../../tests/fixtures/sequences.json", import.meta.url), "utf8"),
);

/** Steps downhill; `begin(make, settings, start)` gives a function from gradient and rate to params. */
function stepsOf(begin, asked, sequence) {
  const settings = sequence.defaults ? {} : { rate: told.learning_rate };
  if ("weight_decay" in sequence) settings.decay = sequence.weight_decay;
  const step = begin(asked.make, settings, sequence.start);
  let before = sequence.start;
  return sequence.gradients.map((gradient, k) => {
    const factor = sequence.factors ? sequence.factors[k] : 1;
    const after = [...step(gradient, sequence.defaults ? null : told.learning_rate * factor)];
    const moved = after.map((value, j) => before[j] - value);
    before = after;
    return moved;
  });
}

function answerOf(begin, asked) {
  const steps = {};
  for (const [key, sequence] of Object.entries(told.sequences)) {
    if (Array.isArray(sequence.start[0])) continue;
    if ("weight_decay" in sequence && !asked.decays) continue;
    if (sequence.defaults && asked.asksRate) continue;
    steps[key] = stepsOf(begin, asked, sequence);
  }
  const precision = asked.precision ? { precision: asked.precision } : {};
  return { defaults: asked.defaults ?? {}, ...precision, steps };
}

export function probe(name, versions, begin, optimizers, precision) {
  const answers = {};
  for (const [id, asked] of Object.entries(optimizers)) answers[id] = answerOf(begin, asked);
  const version = Object.values(versions)[0];
  const measured = new Date().toISOString().slice(0, 10);
  const about = { library: name, version, versions, measured, precision };
  console.log(JSON.stringify({ about, answers }));
}
