import { drawLabel, drawMarker } from "./draw.js";
/** @import { Context, Theme } from "./drawn.d.ts" */

/**
 * What carries a name: `order` is its place in the race.
 *
 * @typedef {{id: string, label: string, order: number, at: [number, number], radius: number, shape: string, color: string}} Named
 * @typedef {[number, number, number, number]} Box left, top, width, height
 * @typedef {{clip: Box, stars: Box[], start: number[] | undefined, ends: number[][], theme: Theme}} Around what names keep clear of; `ends` are where runs come to
 * @typedef {{left: boolean, top: boolean}} Corner
 */

const NEAR = 2; // a name moves when a place this much better is free
const ROW = 15; // px of a name in the column
const GAP = 8; // px between the column and the rim
const SIGN = 15; // px of the column for the signs of the runs
const SMALLEST = 0.7; // of the size of names where the longest would not fit
const NARROW = 0.12; // of the picture between a goal and a line that passes it
const AWAY = 0.25; // of the picture from a head, nearer than which every line of it passes
const AIR = 10; // px that must be free around names before they leave the column
const MOST = 0.25; // of the picture that a column may cover; else the table below names the runs
const CROWD = 26; // px between two heads that are too near each other for names beside them

/**
 * Names of runs. Beside the heads, while there is room for all of them; else in a column in the emptiest corner, in the
 * order of the race, with a line from each name to its head: what they gather around stays in sight, and nobody is left out.
 */
export class Labels {
  /** @type {Map<string, number>} */
  #kept = new Map();
  /** @type {Corner | null} */
  #corner = null;

  /**
   * @param {Context} context
   * @param {Named[]} heads the first one chooses first
   * @param {Around} around
   */
  draw(context, heads, around) {
    if (!heads.length) return;
    const { theme } = around;
    context.font = fontOf(theme);
    const beside = this.#beside(context, heads, around);
    if (!beside && covered(context, heads, around) > MOST) return;
    if (!beside) context.font = fontOf(theme, shrunk(context, heads, around));
    const places = beside ?? this.#column(context, heads, around);
    if (beside) this.#corner = null;
    if (!beside) drawLines(context, heads, places, theme);
    heads.forEach(({ label, shape, color }, i) => {
      const [left, top, , height] = places[i], y = top + height / 2, x = beside ? left : left + SIGN;
      if (!beside) drawMarker(context, { shape, x: left + SIGN / 2 - 1, y, radius: 4, color });
      drawLabel(context, { text: label, x, y, color: theme.text, theme });
    });
  }

  /**
   * Places in the column, which stays in its corner until a head gets there.
   *
   * @param {Context} context
   * @param {Named[]} heads
   * @param {Around} around
   */
  #column(context, heads, around) {
    const kept = this.#corner && column(context, heads, around, this.#corner);
    if (kept?.every((place) => !heads.some(({ at: [x, y] }) => overlap(place, [x, y, 0, 0])) && !around.stars.some((star) => overlap(place, star)))) return kept;
    this.#corner = emptiest(heads, around);
    return column(context, heads, around, this.#corner);
  }

  /**
   * Places beside the heads; null where not all find one. Each name keeps its side while that stays free, so that it does
   * not flicker.
   *
   * @param {Context} context
   * @param {Named[]} heads
   * @param {Around} around
   * @returns {Box[] | null}
   */
  #beside(context, heads, { clip, stars, theme }) {
    const air = this.#corner ? AIR : 0;
    if (closest(heads) < CROWD * theme.size + air) return null;
    const markers = heads.map(({ at: [x, y], radius }) => /** @type {Box} */ ([x - radius, y - radius, 2 * radius, 2 * radius]));
    /** @type {Box[]} */
    const taken = [];
    for (const [i, { id, label, at, radius }] of heads.entries()) {
      const places = placesOf(at, [context.measureText(label).width, 13 * theme.size], radius);
      const others = [...taken, ...stars, ...markers.filter((_, k) => k !== i)];
      const isGood = (/** @type {Box} */ place) => isWithin(place, clip) && !others.some((other) => overlap(widened(place, air), other));
      const nearest = places.findIndex(isGood);
      if (nearest < 0) return null;
      const kept = this.#kept.get(id) ?? 0;
      const free = kept <= nearest + NEAR && isGood(places[kept]) ? kept : nearest;
      this.#kept.set(id, free);
      taken.push(places[free]);
    }
    return taken;
  }
}

/**
 * Room that a column of the names of runs takes across, with air on either side, in px.
 *
 * @param {Context} context
 * @param {{label: string}[]} runs
 * @param {Theme} theme
 */
export function widest(context, runs, theme) {
  context.font = fontOf(theme);
  return Math.max(...runs.map(({ label }) => context.measureText(label).width)) + SIGN + 3 * GAP;
}

/**
 * How much smaller names are written where the longest would not fit into the picture.
 *
 * @param {Context} context
 * @param {Named[]} heads
 * @param {Around} around
 */
function shrunk(context, heads, { clip: [, , width], theme }) {
  const air = SIGN + 3 * GAP;
  return Math.max(Math.min((width - air) / (widest(context, heads, theme) - air), 1), SMALLEST);
}

/** @param {Theme} theme @param {number} share */
function fontOf(theme, share = 1) {
  return `600 ${12 * theme.size * share}px ${theme.font}`;
}

/**
 * Distance between the two heads that are nearest to each other.
 *
 * @param {Named[]} heads
 */
function closest(heads) {
  return Math.min(...heads.flatMap(({ at: [x, y] }, i) => heads.slice(0, i).map(({ at: [px, py] }) => Math.hypot(px - x, py - y))));
}

/**
 * How much of the picture a column of names covers.
 *
 * @param {Context} context
 * @param {Named[]} heads
 * @param {Around} around
 */
function covered(context, heads, { clip: [, , width, height], theme }) {
  return (widest(context, heads, theme) * heads.length * ROW * theme.size) / (width * height);
}

/**
 * The corner that is farthest from the heads and from where they came and go; better one whose lines pass none of that.
 *
 * @param {Named[]} heads
 * @param {Around} around
 * @returns {Corner}
 */
function emptiest(heads, { clip: [x, y, width, height], start, ends, stars }) {
  const goals = [...ends, ...stars.map(([left, top, wide, high]) => [left + wide / 2, top + high / 2])];
  const all = [...heads.map(({ at }) => at), ...(start ? [start] : []), ...goals];
  const share = (/** @type {number[]} */ [px, py]) => [(px - x) / width, (py - y) / height];
  const far = (/** @type {Corner} */ { left, top }) => {
    const corner = [Number(!left), Number(!top)], isAway = (/** @type {number[]} */ place) => Math.hypot(place[0] - corner[0], place[1] - corner[1]);
    const passes = heads.some(({ at }) => goals.map(share).some((goal) => Math.hypot(goal[0] - share(at)[0], goal[1] - share(at)[1]) > AWAY && distance(goal, share(at), corner) < NARROW));
    return Math.min(...all.map(share).map(isAway)) - Number(passes);
  };
  const corners = [{ left: true, top: true }, { left: false, top: true }, { left: true, top: false }, { left: false, top: false }];
  return corners.reduce((best, each) => (far(each) > far(best) ? each : best));
}

/**
 * @param {Context} context
 * @param {Named[]} heads
 * @param {Around} around
 * @param {Corner} corner
 * @returns {Box[]}
 */
function column(context, heads, { clip: [x, y, width, height], theme }, { left, top }) {
  const row = ROW * theme.size, order = [...heads].sort((a, b) => a.order - b.order), first = top ? y + GAP : y + height - GAP - heads.length * row;
  return heads.map((head) => {
    const wide = context.measureText(head.label).width + SIGN;
    return [left ? x + GAP : Math.max(x + GAP, x + width - GAP - wide), first + order.indexOf(head) * row, wide, row];
  });
}

/** @param {Context} context @param {Named[]} heads @param {Box[]} places @param {Theme} theme */
function drawLines(context, heads, places, theme) {
  for (const [color, width] of /** @type {[string, number][]} */ ([[theme.background, 3], [theme.text, 1]])) {
    context.beginPath();
    heads.forEach(({ at: [px, py], radius }, i) => {
      const [x, y, wide, high] = places[i], from = px > x + wide / 2 ? x + wide + 3 : x - 3, middle = y + high / 2;
      const length = Math.hypot(px - from, py - middle), share = 1 - (radius + 2) / length;
      if (!(share > 0)) return;
      context.moveTo(from, middle);
      context.lineTo(from + share * (px - from), middle + share * (py - middle));
    });
    context.globalAlpha = 0.7;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
    context.globalAlpha = 1;
  }
}

/**
 * Boxes beside a head where its name may stand, best first.
 *
 * @param {number[]} at
 * @param {number[]} size
 * @param {number} radius
 * @returns {Box[]}
 */
function placesOf([x, y], [width, height], radius) {
  const gap = radius + 5;
  return [x + gap, x - gap - width].flatMap((left) => [0, -1, 1].map((row) => /** @type {Box} */ ([left, y - height / 2 + row * (height + 2), width, height])));
}

/**
 * Distance of a point from the piece between two others, unless it is beside an end.
 *
 * @param {number[]} point
 * @param {number[]} from
 * @param {number[]} to
 */
function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay], squared = dx * dx + dy * dy, along = ((x - ax) * dx + (y - ay) * dy) / squared;
  return along > 0 && along < 1 ? Math.abs((x - ax) * dy - (y - ay) * dx) / Math.sqrt(squared) : Infinity;
}

/** @param {Box} place @param {number} air @returns {Box} */
function widened([x, y, width, height], air) {
  return [x - air, y - air, width + 2 * air, height + 2 * air];
}

/** @param {Box} place @param {Box} area */
function isWithin([x, y, width, height], [left, top, outerWidth, outerHeight]) {
  return x >= left && y >= top && x + width <= left + outerWidth && y + height <= top + outerHeight;
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
