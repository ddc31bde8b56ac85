import { Sheet } from "./draw.js";
import { reliefOf } from "./relief.js";
/** @import { Context, Numbers, Surface, Theme } from "./drawn.d.ts" */
/** @import { Window } from "./contour.js" */

const PIXEL = 2; // px; a side of what is painted in one colour

/**
 * Contours that are gone with the next frame, drawn by hand in the look of Plotly's, which takes several frames for
 * each picture. They cover it until it has drawn the surface that stays, and stand for it until it has been loaded.
 */
export class QuickContour {
  #sheet;
  #isDrawn = false;
  #isVisible = true;
  #paint = document.createElement("canvas");

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#sheet = new Sheet(host, "lo-sheet lo-overlay lo-quick");
  }

  /** @param {HTMLElement} base */
  placeAfter(base) {
    base.after(this.#sheet.canvas);
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.#isVisible = visible;
    this.#place();
  }

  clear() {
    this.#sheet.clear();
    this.#isDrawn = false;
    this.#place();
  }

  /** An empty sheet would still be laid over the picture in every frame. */
  #place() {
    this.#sheet.canvas.hidden = !(this.#isVisible && this.#isDrawn);
  }

  /** To draw more on the same sheet. */
  get context() {
    return this.#sheet.context;
  }

  /**
   * @param {Surface} surface
   * @param {Window} area where which part of the plane is drawn
   * @param {Theme} theme
   */
  draw(surface, area, theme) {
    if (!this.#sheet.fit()) return;
    this.#isDrawn = true;
    this.#place();
    const { context } = this.#sheet, { left, top, width, height } = area;
    const levels = levelsOf(surface), columns = gridPlaces(surface.x, area.x0, area.x1), rows = gridPlaces(surface.y, area.y1, area.y0);
    this.#sheet.clear();
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.fillStyle = theme.background;
    context.fillRect(left, top, width, height);
    this.#paintBands({ surface, levels, columns, rows, theme, area });
    context.drawImage(this.#paint, left, top, width, height);
    context.beginPath();
    traceLines(context, surface, levels, {
      px: (column) => left + (width * (column - columns.first)) / columns.span, py: (row) => top + (height * (row - rows.first)) / rows.span,
    });
    context.strokeStyle = theme.contour;
    context.lineWidth = 0.8;
    context.stroke();
    context.restore();
  }

  /** @param {{surface: Surface, levels: number[], columns: Places, rows: Places, theme: Theme, area: Window}} of */
  #paintBands({ surface: { h }, levels, columns, rows, theme, area }) {
    const width = Math.ceil(area.width / PIXEL), height = Math.ceil(area.height / PIXEL);
    const image = new ImageData(width, height), pixels = new Uint32Array(image.data.buffer), colors = bandColors(theme, levels.length);
    const [start, size] = [levels[0], levels[1] - levels[0]];
    const places = Array.from({ length: width }, (_, k) => columns.first + (columns.span * (k + 0.5)) / width);
    for (let j = 0; j < height; j += 1) {
      const row = rows.first + (rows.span * (j + 0.5)) / height, j0 = within(row, h.length), v = row - j0;
      for (let i = 0; i < width; i += 1) {
        const i0 = within(places[i], h[0].length), u = places[i] - i0, low = h[j0], high = h[j0 + 1];
        const below = low[i0] + u * (low[i0 + 1] - low[i0]), here = below + v * (high[i0] + u * (high[i0 + 1] - high[i0]) - below);
        if (!Number.isNaN(here)) pixels[j * width + i] = colors[Math.min(Math.max(Math.floor((here - start) / size) + 1, 0), levels.length)];
      }
    }
    Object.assign(this.#paint, { width, height });
    this.#paint.getContext("2d", { willReadFrequently: true })?.putImageData(image, 0, 0);
  }
}

/** @typedef {{first: number, span: number}} Places of a grid that are in sight, from one edge to the other */

/** @param {Numbers} grid @param {number} from @param {number} to @returns {Places} */
function gridPlaces(grid, from, to) {
  const last = grid.length - 1, unit = last / (grid[last] - grid[0]);
  return { first: (from - grid[0]) * unit, span: (to - from) * unit };
}

/** @param {number} place @param {number} count */
function within(place, count) {
  return Math.min(Math.max(Math.floor(place), 0), count - 2);
}

/** @param {Surface} surface */
function levelsOf(surface) {
  const { start, end, size } = reliefOf(surface).lines;
  return Array.from({ length: Math.floor((end - start) / size) + 1 }, (_, k) => start + k * size);
}

/**
 * Colours of the bands between the levels, as numbers of four bytes.
 *
 * @param {Theme} theme
 * @param {number} count
 */
function bandColors({ relief }, count) {
  return Array.from({ length: count + 1 }, (_, k) => {
    const share = k / count, next = Math.max(relief.findIndex(([place]) => place >= share), 1), [[low, from], [high, to]] = [relief[next - 1], relief[next]];
    const mix = (/** @type {number} */ at) => {
      const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16));
      return Math.round(a + ((b - a) * (share - low)) / (high - low));
    };
    return (255 << 24) | (mix(5) << 16) | (mix(3) << 8) | mix(1);
  });
}

/**
 * Lines of all levels, cell by cell.
 *
 * @param {Context} context
 * @param {Surface} surface
 * @param {number[]} levels
 * @param {{px: (column: number) => number, py: (row: number) => number}} to
 */
function traceLines(context, { h }, levels, { px, py }) {
  for (let j = 0; j + 1 < h.length; j += 1) {
    for (let i = 0; i + 1 < h[j].length; i += 1) {
      const corners = [h[j][i], h[j][i + 1], h[j + 1][i + 1], h[j + 1][i]];
      const low = Math.min(...corners), high = Math.max(...corners);
      for (const level of levels) {
        if (!(level > low && level <= high)) continue;
        const ends = crossings(corners, level);
        for (let k = 0; k + 1 < ends.length; k += 2) {
          context.moveTo(px(i + ends[k][0]), py(j + ends[k][1]));
          context.lineTo(px(i + ends[k + 1][0]), py(j + ends[k + 1][1]));
        }
      }
    }
  }
}

const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/** @param {number[]} corners @param {number} level */
function crossings(corners, level) {
  const found = [];
  for (let k = 0; k < 4; k += 1) {
    const [a, b] = [corners[k], corners[(k + 1) % 4]];
    if (a >= level === b >= level) continue;
    const share = (level - a) / (b - a), [from, to] = [CORNERS[k], CORNERS[(k + 1) % 4]];
    found.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
  }
  return found;
}
