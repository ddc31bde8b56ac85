/* Answers one line of JSON with another: a run of a written module, or values of our functions. */

import { createInterface } from "node:readline";

const functions = await import(process.argv[2]);
const modules = new Map();

const packed = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");
const unpacked = (text) => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
};

async function moduleOf(text) {
  if (!modules.has(text)) {
    const address = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
    modules.set(text, await import(address));
  }
  return modules.get(text);
}

async function answer(job) {
  if (job.name) {
    const columns = job.columns.map(unpacked);
    return packed([...columns[0].keys()].map((k) => functions[job.name](...columns.map((c) => c[k]))));
  }
  const module = await moduleOf(job.text);
  if (job.inputs) module.learnFrom(unpacked(job.inputs), unpacked(job.labels));
  if (job.ask) return packed([module[job.ask](...unpacked(job.at))].flat());
  const how = { ...job.how, settings: unpacked(job.how.settings) };
  if (how.rates) how.rates = unpacked(how.rates);
  return packed(module.runs[job.run](unpacked(job.start), job.nSteps, how));
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(JSON.parse(line)));
}
