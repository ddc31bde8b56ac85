import { drawMarker } from "./draw.js";
/** @import { Sheet } from "./draw.js" */
import { number } from "./numbers.js";
import { asContext, escapeXml, SvgContext } from "./svg.js";
/** @import { Context, Scene, Theme } from "./drawn.d.ts" */
/** @import { Panel } from "./layout.js" */

const ROW = 20; // px; height of a line of the legend
const ROOM = 12; // px; around everything

/**
 * Compose a picture of the stage as an SVG file.
 *
 * @param {object} stage
 * @param {HTMLElement} stage.root
 * @param {Theme} stage.theme
 * @param {Scene} stage.scene
 * @param {number | null} stage.index of the frame; without one no numbers are told
 * @param {string} stage.words the step shown
 * @param {{panel: Panel, base: string, marks: string}[]} stage.panels with the SVG texts of base picture and
 * of what is drawn over it
 */
export function composeSvg({ root, theme, scene, index, words, panels }) {
  const box = root.getBoundingClientRect();
  const places = panels.map(({ panel }) => placeOf(panel.body, box));
  const bottom = Math.max(...places.map(({ y, height }) => y + height));
  const height = bottom + ROOM + ROW * (scene.runs.length + 1);
  const pictures = panels.map(({ base, marks }, i) => {
    const { x, y, width, height: high } = places[i];
    return `<svg x="${x}" y="${y}" width="${width}" height="${high}" viewBox="0 0 ${width} ${high}">${base}${marks}</svg>`;
  });
  const titles = panels.map(({ panel }) => titleOf(panel, box, theme));
  const legend = legendOf({ scene, index, theme, words, y: bottom + ROOM, width: box.width });
  const outside = `viewBox="${-ROOM} ${-ROOM} ${box.width + 2 * ROOM} ${height + 2 * ROOM}"`;
  const size = `width="${box.width + 2 * ROOM}" height="${height + 2 * ROOM}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size} ${outside}>`
    + `<rect x="${-ROOM}" y="${-ROOM}" width="100%" height="100%" fill="${theme.background}"/>`
    + `${titles.join("")}${pictures.join("")}${legend}</svg>`;
}

/**
 * Where an element stands in the stage.
 *
 * @param {Element} element
 * @param {DOMRect} box
 */
export function placeOf(element, box) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left - box.left, y: top - box.top, width, height };
}

/**
 * The step in words, and where a film writes it: in the empty first line of the legend.
 *
 * @param {{scene: Scene, theme: Theme, words: string}} stage
 */
export function captionOf({ scene, theme, words }) {
  const fromBottom = ROOM + ROW * (scene.runs.length + 0.5);
  return { text: words, color: theme.muted, font: `12px ${theme.font}`, x: ROOM, fromBottom };
}

/** Where the picture's own corner lies, beyond the stage's. */
export const EDGE = ROOM;

/** @param {Panel} panel @param {DOMRect} box @param {Theme} theme */
function titleOf({ title }, box, theme) {
  if (!title.offsetParent) return "";
  const { x, y, height } = placeOf(title, box);
  return `<text x="${x}" y="${y + 0.75 * height}" fill="${theme.text}" style="font:600 13px ${escapeXml(theme.font)}">${escapeXml(title.textContent)}</text>`;
}

/**
 * Step, and per run its line and marker, name, settings and loss.
 *
 * @param {{scene: Scene, index: number | null, theme: Theme, words: string, y: number, width: number}} legend
 */
function legendOf({ scene, index, theme, words, y, width }) {
  const ruler = /** @type {Context} */ (document.createElement("canvas").getContext("2d"));
  const svg = new SvgContext(ruler);
  const context = asContext(svg);
  context.font = `12px ${theme.font}`;
  context.textBaseline = "middle";
  context.fillStyle = theme.muted;
  context.fillText(words, 0, y + ROW / 2);
  scene.runs.forEach((run, i) => {
    const middle = y + ROW * (i + 1.5);
    context.beginPath();
    context.moveTo(0, middle);
    context.lineTo(34, middle);
    context.strokeStyle = run.color[theme.mode];
    context.lineWidth = 2.4;
    context.setLineDash(run.dash);
    context.stroke();
    context.setLineDash([]);
    drawMarker(context, { shape: run.marker, x: 17, y: middle, radius: 4.2, color: run.color[theme.mode] });
    context.fillStyle = theme.text;
    context.fillText(`${run.label}  ${run.detail}`, 44, middle);
    if (index === null) return;
    context.textAlign = "right";
    context.fillText(`${scene.texts.loss} ${number(run.loss[index])}`, width, middle);
    context.textAlign = "left";
  });
  return svg.markup;
}

/**
 * Draw with SVG contexts in the place of some sheets' own; gives their markups.
 *
 * @param {Sheet[]} sheets
 * @param {() => void} draw
 */
export function drawnAsSvg(sheets, draw) {
  const own = sheets.map((sheet) => sheet.context);
  const written = own.map((context) => new SvgContext(context));
  sheets.forEach((sheet, i) => { sheet.context = asContext(written[i]); });
  try {
    draw();
  } finally {
    sheets.forEach((sheet, i) => { sheet.context = own[i]; });
  }
  return new Map(sheets.map((sheet, i) => [sheet, written[i].markup]));
}
