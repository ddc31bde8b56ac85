import { imageOf } from "./files.js";
/** @import { MountedStage } from "../stage/stage.js" */

const RATE = 30; // pictures per second
/** @type {Record<string, string>} */
const TYPES = { webm: "video/webm;codecs=vp9", "webm ": "video/webm", mp4: "video/mp4" };

/** Whether this browser can record a film. */
export function canFilm() {
  return typeof MediaRecorder !== "undefined" && endingOf() !== undefined;
}

/**
 * Play a stage from its start and record it, at the speed that is set there.
 *
 * @returns {Promise<{blob: Blob | null, ending: string}>} null where it was stopped
 * @param {MountedStage} stage
 * @param {{signal: AbortSignal, onProgress: (share: number) => void}} how
 */
export async function film(stage, { signal, onProgress }) {
  const { clock } = stage;
  const still = await imageOf(await stage.svg({ marks: false }));
  const canvas = Object.assign(document.createElement("canvas"), { width: even(still.width), height: even(still.height) });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const ending = endingOf() ?? "webm";
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: TYPES[ending], videoBitsPerSecond: 6e6 });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  const { loop } = clock;
  clock.setLoop(false);
  clock.seek(0);
  draw(context, still, stage);
  recorder.start(500);
  clock.play();
  await nextFrames(() => {
    draw(context, still, stage);
    onProgress(clock.last ? clock.position / clock.last : 1);
    return clock.playing && !signal.aborted;
  });
  await new Promise((resolve) => { setTimeout(resolve, 400); }); // the last picture stays for a moment
  recorder.stop();
  await stopped;
  clock.setLoop(loop);
  return { blob: signal.aborted ? null : new Blob(parts, { type: TYPES[ending].split(";")[0] }), ending: ending.trim() };
}

/** @param {CanvasRenderingContext2D} context @param {HTMLImageElement} still @param {MountedStage} stage */
function draw(context, still, stage) {
  context.drawImage(still, 0, 0);
  for (const { canvas, x, y, width, height } of stage.canvases()) context.drawImage(canvas, x, y, width, height);
  const { text, color, font, x, fromBottom } = stage.caption();
  Object.assign(context, { font, fillStyle: color, textBaseline: "middle" });
  context.fillText(text, x, still.height - fromBottom);
}

/**
 * Call `step` after every animation frame while it wants to go on.
 *
 * @param {() => boolean} step
 * @returns {Promise<void>}
 */
function nextFrames(step) {
  return new Promise((resolve) => {
    const tick = () => requestAnimationFrame(() => setTimeout(() => (step() ? tick() : resolve())));
    tick();
  });
}

function endingOf() {
  return Object.keys(TYPES).find((ending) => MediaRecorder.isTypeSupported(TYPES[ending]));
}

/** @param {number} size */
function even(size) {
  return 2 * Math.round(size / 2);
}
