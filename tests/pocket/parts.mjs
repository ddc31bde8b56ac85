/* Runs parts of the pocket edition that need no page: overlays of the anatomy, texts as they are compared, verdicts. */

import { readFileSync } from "node:fs";

const [, , folder] = process.argv;
const [{ overlays }, { plain }, math, { verdictOf }] = await Promise.all(["pocket/overlays", "pocket/sought", "programs/math", "pocket/verdict"].map((name) => import(`${folder}/${name}.js`)));
const { anatomies, texts, races = [], guesses = [] } = JSON.parse(readFileSync(0, "utf-8"));
const made = async (text) => (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)).default;

const found = [];
for (const { anatomy, live, run } of anatomies) {
  const { gradient } = (await made(live))(math);
  found.push(overlays(anatomy, await made(anatomy.text), { ...run, gradient }));
}
/* Where runs end on a surface that is handed over. */
async function endsOf({ surface, text, runs, start, nSteps }) {
  const { runs: programs } = (await made(text))(math, (await made(surface))(math));
  return runs.map(({ function: which, learning_rate: learningRate, settings }) => {
    const path = new Float64Array(start.length * (nSteps + 1));
    for (const _ of programs[which](Float64Array.from(start), nSteps, path, { learningRate, settings: Object.values(settings) }));
    return [...path.slice(-start.length)];
  });
}

process.stdout.write(JSON.stringify({ anatomies: found, texts: texts.map(plain), races: await Promise.all(races.map(endsOf)), verdicts: guesses.map((each) => verdictOf(...each)) }));
