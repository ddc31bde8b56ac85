/* Runs parts of the pocket edition that need no page: overlays of the anatomy, and texts as they are compared. */

import { readFileSync } from "node:fs";

const [, , folder] = process.argv;
const [{ overlays }, { plain }, math] = await Promise.all(["pocket/overlays", "pocket/sought", "programs/math"].map((name) => import(`${folder}/${name}.js`)));
const { anatomies, texts } = JSON.parse(readFileSync(0, "utf-8"));
const made = async (text) => (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)).default;

const found = [];
for (const { anatomy, live, run } of anatomies) {
  const { gradient } = (await made(live))(math);
  found.push(overlays(anatomy, await made(anatomy.text), { ...run, gradient }));
}
process.stdout.write(JSON.stringify({ anatomies: found, texts: texts.map(plain) }));
