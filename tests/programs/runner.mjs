/* Answers one line of JSON with another: a run of a written module, or values of our functions. */

import { createInterface } from "node:readline";

const functions = await import(`${process.argv[2]}/math.js`);
const { shuffles } = await import(`${process.argv[2]}/order.js`);
const { Race } = await import(`${process.argv[2]}/race.js`);
const { movementShown } = await import(`${process.argv[2]}/../stage/movement.js`);
const { decodeScene } = await import(`${process.argv[2]}/../stage/scene.js`);
const { activations, columnsOf } = await import(`${process.argv[2]}/../network/neurons.js`);
const modules = new Map();

const packed = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");
const unpacked = (text) => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
};

async function made(text) {
  const address = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  return (await import(address)).default;
}

async function moduleOf(text) {
  if (!modules.has(text)) modules.set(text, (await made(text))(functions));
  return modules.get(text);
}

const told = (found) => found && Object.fromEntries(Object.entries(found).map(
  ([name, value]) => [name, ArrayBuffer.isView(value) ? packed(value) : value]));

/* The runs of a race as the stage would show them, and the surface where one is asked for. */
async function raced({ live, steps, asked, refined }) {
  const race = new Race(await made(live.text), live, steps), { start, grid } = asked;
  const places = grid && { x: unpacked(grid.x), y: unpacked(grid.y), whole: grid.whole };
  race.begin({ ...asked, start: start && unpacked(start), grid: places });
  while (!race.work(0)); // one pause after the other
  for (const next of asked.then ?? []) {
    race.begin(next);
    while (!race.work(0));
  }
  if (refined && race.refine()) while (!race.work(0));
  if (asked.measured) {
    race.measure(asked.measured);
    while (!race.work(0));
  }
  const { runs, ground } = race.ran;
  if (!ground) return JSON.stringify(runs.map(told));
  const { params } = runs[0], at = params.length - params.length / steps.length, { on } = race.ran;
  const samples = { outputs: on.outputsAt(params, at), costs: on.costsAt(params, at), slopes: on.slopesAt(params, at) };
  const grids = { x: packed(ground.grid.x), y: packed(ground.grid.y) };
  const share = movementShown(race.plane, runs, params.length / steps.length);
  return JSON.stringify({ runs: runs.map(told), ground: { ...told(ground), ...grids, ...told(samples), share } });
}

async function answer(job) {
  if (job.live) return raced(job);
  if (job.network) {
    const inputs = columnsOf(unpacked(job.points), job.network.sizes[0][0] + 1);
    const layers = activations(job.network, inputs, { params: unpacked(job.params), at: job.at });
    return packed(layers.flat().flatMap((values) => [...values]));
  }
  if (job.scene) return packed(decodeScene(job.scene).fit.basis);
  if (job.seed) {
    const passes = shuffles(job.nSamples, job.seed);
    return packed([0, 1, 2].flatMap(() => [...passes.next().value]));
  }
  if (job.name) {
    const columns = job.columns.map(unpacked);
    return packed([...columns[0].keys()].map((k) => functions[job.name](...columns.map((c) => c[k]))));
  }
  const module = await moduleOf(job.text);
  if (job.inputs) module.learnFrom(...["inputs", "labels", "triangle"].map((name) => job[name] && unpacked(job[name])));
  if (job.points !== undefined) return packed(module.outputsAt(unpacked(job.at), 0, unpacked(job.points)));
  if (job.ask) {
    const found = module[job.ask](...unpacked(job.at));
    return packed(typeof found === "number" ? [found] : found);
  }
  const { settings, factors, batches, clipNorm } = job.how, start = unpacked(job.start);
  const how = { learningRate: job.how.learningRate, settings: unpacked(settings), clipNorm };
  if (factors) how.factors = unpacked(factors);
  if (batches) how.batches = (step) => batches[step];
  const path = new Float64Array(start.length * (job.nSteps + 1));
  for (const _ of module.runs[job.run](start, job.nSteps, path, how));
  return packed(path);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(JSON.parse(line)));
}
