import { linearTicks } from "./axes.js";
import { tick } from "./numbers.js";
/** @import { Camera, Spot } from "./camera.js" */
/** @import { Box } from "./labels.js" */
/** @import { Context, Theme } from "./drawn.d.ts" */

const LETTERS = 11, TITLES = 12.5; // px
const TICKS = 4; // of an axis on the floor
const CORNER = 0.12; // of half an axis
const GAP = { tick: 5, title: 19 }; // px from an edge to its ticks, and from there to its name

/**
 * What stands around a landscape, in its world.
 *
 * @typedef {{x: [number, number], y: [number, number], floor: number, top: number, heights: {z: number, text: string}[], titles: string[]}} Walls
 */

/**
 * Lines on the two walls behind the landscape, and around its floor.
 *
 * @param {Context} context
 * @param {Camera} camera
 * @param {Walls} box
 * @param {Theme} theme
 */
export function drawWalls(context, camera, { floor, top, heights }, theme) {
  const [frontX, frontY] = frontOf(camera), [backX, backY] = [-frontX, -frontY];
  context.beginPath();
  const line = (/** @type {Spot[]} */ ...spots) => spots.forEach((spot, i) => context[i ? "lineTo" : "moveTo"](...pixel(camera, spot)));
  for (const { z } of heights) line([frontX, backY, z], [backX, backY, z], [backX, frontY, z]);
  line([-1, -1, floor], [1, -1, floor], [1, 1, floor], [-1, 1, floor], [-1, -1, floor]);
  for (const [x, y] of [[frontX, backY], [backX, backY], [backX, frontY]]) line([x, y, floor], [x, y, top]);
  Object.assign(context, { strokeStyle: theme.solidGrid, lineWidth: 1 });
  context.stroke();
}

/**
 * Ticks and names of the axes, all upright, outside of the landscape. Gives the places of the names.
 *
 * @param {Context} context
 * @param {Camera} camera
 * @param {Walls} box
 * @param {Theme} theme
 */
export function drawNames(context, camera, box, theme) {
  const { floor, top, heights, titles } = box, [frontX, frontY] = frontOf(camera), middle = pixel(camera, [0, 0, floor]);
  const x = { ticks: ticksOf(box.x, frontX), at: (/** @type {number} */ u) => pixel(camera, [u, frontY, floor]) };
  const y = { ticks: ticksOf(box.y, frontY), at: (/** @type {number} */ u) => pixel(camera, [frontX, u, floor]) };
  context.save();
  context.textBaseline = "middle";
  /** @type {Box[]} */
  const words = [];
  [x, y].forEach(({ ticks, at }, i) => {
    const out = outward(at(-1), at(1), middle);
    context.font = `${LETTERS * theme.size}px ${theme.font}`;
    const widths = ticks.map(({ place, text }) => {
      const width = context.measureText(text).width;
      write(context, text, moved(at(place), out, GAP.tick + reach(out, width, LETTERS * theme.size)), theme.muted);
      return width;
    });
    const far = GAP.tick + 2 * reach(out, Math.max(0, ...widths), LETTERS * theme.size);
    context.font = `${TITLES * theme.size}px ${theme.font}`;
    const width = context.measureText(titles[i]).width, place = moved(at(0), out, far + reach(out, width, TITLES * theme.size) + 3);
    write(context, titles[i], place, theme.text);
    words.push([place[0] - width / 2, place[1] - 8, width, 16]);
  });
  const [cornerX, cornerY] = leftmost(camera, floor);
  context.font = `${LETTERS * theme.size}px ${theme.font}`;
  context.textAlign = "right";
  for (const { z, text } of heights) {
    const [px, py] = pixel(camera, [cornerX, cornerY, z]);
    write(context, text, [px - GAP.tick, py], theme.muted, "right");
    words.push([px - 30, py - 7, 30, 14]);
  }
  const [px, py] = pixel(camera, [cornerX, cornerY, top]);
  context.font = `${TITLES * theme.size}px ${theme.font}`;
  const width = context.measureText(titles[2]).width;
  const middleX = Math.max(px - 0.6 * width, width / 2 + 2), above = py - GAP.title * theme.size;
  if (px > 0) write(context, titles[2], [middleX, above], theme.text);
  words.push([middleX - width / 2, above - 8, width, 16]);
  context.restore();
  return words;
}

/** Corner of the floor that is nearest to the eye. @param {Camera} camera */
function frontOf({ toEye: [x, y] }) {
  return [x < 0 ? -1 : 1, y < 0 ? -1 : 1];
}

/** Of the two upright edges at the sides, the one on the left. @param {Camera} camera @param {number} z */
function leftmost(camera, z) {
  const [frontX, frontY] = frontOf(camera), sides = [[frontX, -frontY], [-frontX, frontY]];
  return pixel(camera, [sides[0][0], sides[0][1], z])[0] < pixel(camera, [sides[1][0], sides[1][1], z])[0] ? sides[0] : sides[1];
}

/** @param {Camera} camera @param {Spot} spot @returns {[number, number]} */
function pixel(camera, spot) {
  const [px, py] = camera.see(...spot);
  return [px, py];
}

/** Those of both axes would meet in the corner in front. @param {[number, number]} range @param {number} front */
function ticksOf([low, high], front) {
  const { values, step } = linearTicks(low, high, TICKS);
  return values.map((value) => ({ place: (2 * (value - low)) / (high - low) - 1, text: tick(value, step) })).filter(({ place }) => Math.abs(place - front) > CORNER);
}

/**
 * Direction on the screen that leads away from the floor, at right angles to one of its edges.
 *
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {[number, number]} middle
 */
function outward([x0, y0], [x1, y1], [mx, my]) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1, [nx, ny] = [(y1 - y0) / length, (x0 - x1) / length];
  const side = nx * ((x0 + x1) / 2 - mx) + ny * ((y0 + y1) / 2 - my) < 0 ? -1 : 1;
  return [side * nx, side * ny];
}

/** How far a text reaches from its middle in a direction. @param {number[]} out @param {number} width @param {number} height */
function reach([nx, ny], width, height) {
  return (Math.abs(nx) * width) / 2 + (Math.abs(ny) * height) / 2;
}

/** @param {[number, number]} place @param {number[]} out @param {number} far @returns {[number, number]} */
function moved([x, y], [nx, ny], far) {
  return [x + far * nx, y + far * ny];
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {[number, number]} place
 * @param {string} color
 * @param {CanvasTextAlign} [align]
 */
function write(context, text, [x, y], color, align = "center") {
  context.textAlign = align;
  context.fillStyle = color;
  context.fillText(text, x, y);
}
