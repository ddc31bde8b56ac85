import { drawPoint } from "./draw.js";
/** @import { Context } from "./drawn.d.ts" */

const SHADOW = [1.9, 1.5, 1.1, 0.8]; // radii of the disks that make it soft, in those of the ball
const SHINE = [0.72, 0.5, 0.28]; // the same of its light, up and to the left
const TURN = 2 * Math.PI;

/**
 * A ball that lies at a place, with the marker of its run on it and a soft shadow below.
 *
 * @param {Context} context
 * @param {{shape: string, x: number, y: number, radius: number, color: string}} marker
 * @param {number} flat height of a disk on the ground, seen from here, in its width
 */
export function drawBall(context, { shape, x, y, radius, color }, flat) {
  const size = 1.45 * radius, up = y - 0.8 * size;
  context.fillStyle = "rgba(8, 14, 20, 0.13)";
  for (const wide of SHADOW) {
    context.beginPath();
    ellipse(context, [x + 0.35 * size, y], wide * size, Math.max(flat, 0.2) * wide * size);
    context.fill();
  }
  disk(context, [x, up], size + 1.1, "rgba(255, 255, 255, 0.85)");
  disk(context, [x, up], size, color);
  disk(context, [x, up], size, "rgba(10, 16, 22, 0.16)");
  for (const wide of SHINE) disk(context, [x - 0.22 * size, up - 0.24 * size], wide * size, wide === SHINE[0] ? color : "rgba(255, 255, 255, 0.2)");
  drawPoint(context, { shape, x, y: up, radius: 0.62 * radius, fill: "#ffffff", stroke: "rgba(10, 16, 22, 0.8)" });
}

/** @param {Context} context @param {number[]} place @param {number} radius @param {string} color */
function disk(context, [x, y], radius, color) {
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fillStyle = color;
  context.fill();
}

/** In straight pieces, which every context can draw. @param {Context} context @param {number[]} place @param {number} wide @param {number} high */
function ellipse(context, [x, y], wide, high) {
  for (let k = 0; k < 24; k += 1) context[k ? "lineTo" : "moveTo"](x + wide * Math.cos((TURN * k) / 24), y + high * Math.sin((TURN * k) / 24));
  context.closePath();
}
