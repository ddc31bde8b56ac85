/* Reads links as the pocket edition does, and tells what it makes of each. */

import { readFileSync } from "node:fs";

const [, , folder] = process.argv;
const modules = await Promise.all(
  ["link", "reading", "rates", "scene", "formula"].map((name) => import(`${folder}/pocket/${name}.js`)));
const [{ Link }, { readProblem, readRace, readSlots }, { usualRate }, { sceneOf, tunerOf }, { ownFile }] = modules;
const { catalog, problems, links, texts } = JSON.parse(readFileSync(0, "utf-8"));

/* What every setting makes of some texts. */
function valuesOf() {
  const { parsed } = modules[0], settings = [...catalog.choices.flatMap((choice) => choice.settings), ...Object.values(catalog.specs).flat(), ...catalog.outside, catalog.run, catalog.order];
  return Object.fromEntries(settings.map((setting) => [JSON.stringify(setting), texts.map((text) => parsed(setting, text) ?? null)]));
}

async function load({ text, handed }) {
  const make = (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)).default;
  return handed ? (library) => make(library, handed(library)) : make;
}

async function told(query) {
  const { opening, always } = catalog;
  const link = new Link(query, { settings: opening, always, subjects: catalog.problems.map(({ id }) => id) });
  const problem = readProblem(link, catalog), at = (name) => (problem.own ? ownFile(problems[name], catalog, problem.own.formula) : problems[name]);
  const file = at(problem.file);
  const found = readSlots(link, catalog, file), rates = {};
  for (const { id, choice } of found.slots) {
    const rate = choice.settings.find(({ name }) => name === "learning_rate");
    if (!link.accepts(`${id}.learning_rate`, rate)) rates[id] = await usualRate(catalog, at(problem.usual), choice, load);
  }
  const race = readRace(link, catalog, { problem, file, ...found, rates });
  const address = link.save(), { live, ...scene } = sceneOf(catalog, file, { problem, race, play: 0 });
  const tuner = tunerOf(catalog, file, { race, isFixed: (name) => link.isFixed(name) });
  const { text, data, ...rest } = live; // known to who asks
  return { limits: scene.limits, problem, race, rates, address, notices: link.notices, away: [...link.away], live: rest, options: scene.options, last: scene.last_step, settings: tuner.runs.map((run) => run.settings.map(({ name }) => name)) };
}

const answers = texts ? [valuesOf()] : [];
for (const query of links) answers.push(await told(query));
process.stdout.write(JSON.stringify(answers));
