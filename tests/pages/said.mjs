/* What the stage says of the runs of a scene that was sent. */
import { text } from "node:stream/consumers";
const folder = process.argv[2];
const { aboutRuns, aboutWork } = await import(`${folder}/about_runs.js`);
const { decodeScene } = await import(`${folder}/scene.js`);
const message = JSON.parse(await text(process.stdin));
const scene = decodeScene(message);
const work = message.options.axis === "steps" ? [aboutWork(scene)] : [];
console.log(JSON.stringify([...aboutRuns(scene, message.limits ?? []), ...work].filter(Boolean)));
