/* Runs all races and functions that are asked for and sends every number back; in Node and in browsers. */

const { process } = globalThis;
const [programs, home] = process ? process.argv.slice(2) : [`${location.origin}/programs`, location.origin];

const unpacked = (text) => new Float64Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);
const send = (name, body) => fetch(`${home}/${name}`, { method: "POST", body });

function joined(parts) {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) { all.set(part, end); end += part.length; }
  return all;
}

async function ran({ Race }, { live, steps }) {
  const address = `data:text/javascript,${encodeURIComponent(live.text)}`;
  const race = new Race((await import(address)).default, live, steps);
  race.begin();
  while (!race.work(Infinity));
  const runs = race.ran.runs.filter(Boolean);
  return joined(["params", "loss", "gradientNorm"].flatMap((name) => runs.map((run) => run[name])));
}

function called(math, { columns }, name) {
  const [x, y] = columns.map(unpacked), ours = math[name], theirs = Math[name];
  return joined([x.map((_, k) => ours(x[k], y?.[k])), x.map((_, k) => theirs(x[k], y?.[k]))]);
}

try {
  const math = await import(`${programs}/math.js`), race = await import(`${programs}/race.js`);
  const jobs = await (await fetch(`${home}/jobs.json`)).json();
  for (const [name, job] of Object.entries(jobs)) {
    await send(name, job.live ? await ran(race, job) : called(math, job, name));
  }
  await send("end", "");
} catch (error) {
  await send("end", String(error.stack ?? error));
}
