import { placesOf } from "../programs/plane.js";
import { unpacked } from "../programs/race.js";
import { withBasis } from "./basis.js";
import { floorOf, raised } from "./scene.js";
/** @import { Data, Move } from "../programs/data.js" */
/** @import { Shown } from "../programs/ground.js" */
/** @import { Asked, Race } from "../programs/race.js" */
/** @import { Fit, Numbers, Scene, Surface } from "./drawn.d.ts" */
/** @import { Moving, Point } from "./messages.d.ts" */

const SAME = 1e-6; // of two planes
const MARGIN = 0.08; // beside the data, as in lossopt.figures.fits

/**
 * @typedef {{x: Numbers, y: Numbers}} Frame the part of a plane that is drawn
 * @typedef {{scene: Scene, race: Race | null}} Drawn
 */

/** Samples that were moved here, until the page answers, and the part of the plane that meanwhile stays in sight. */
export class MovedData {
  /** @type {Map<number, Move>} */
  #moves = new Map();
  /** @type {string[]} */
  #told = []; // data that the page has not answered yet
  /** @type {Frame & {id: string} | null} */
  #frame = null; // what is drawn in the place of a surface with this id
  held = false; // whether a sample is under the hand

  /** Whether samples lie elsewhere than they were sent. */
  get isOther() {
    return this.#moves.size > 0;
  }

  /**
   * What a race is asked for.
   *
   * @param {Scene} base as it was sent
   * @returns {Asked}
   */
  asked({ surface }) {
    if (!this.#frame && !this.isOther) return {};
    const { x, y } = this.#frame ?? surface;
    return { moves: [...this.#moves.values()], grid: { x, y, whole: !this.isOther } };
  }

  /** @param {Move} move */
  move(move) {
    this.#moves.set(move.index, move);
  }

  /**
   * The page is being told of them.
   *
   * @param {Race} race
   */
  tell(race) {
    if (this.isOther) this.#told.push(signOf(race.dataWith([...this.#moves.values()])));
  }

  forget() {
    this.#moves.clear();
    this.#told = [];
    this.#frame = null;
  }

  /**
   * Take a message. The answer to what was told leaves the picture as it is, as long as it is one of the same plane
   * and holds the minimizer; other data leave nothing of what was moved.
   *
   * @param {{scene: Scene, race: Race}} coming
   * @param {Drawn & {base: Scene}} drawn
   */
  hear({ scene, race }, drawn) {
    const data = signOf(race.sent), at = this.#told.lastIndexOf(data), { id } = scene.surface;
    if (at < 0 && data !== signOf(drawn.race?.sent)) this.forget();
    else if (at >= 0) {
      const frame = this.#frame ?? drawn.base.surface;
      this.#frame = staysIn(frame, { scene, race }, drawn) ? { id, x: frame.x, y: frame.y } : null;
      this.#told = this.#told.slice(at + 1);
      if (!this.#told.length && !this.held) this.#moves.clear();
    } else if (this.#frame?.id !== id) this.#frame = null;
  }
}

/** @param {Data | undefined} data */
function signOf(data) {
  return `${data?.inputs?.join()} ${data?.labels?.join()}`;
}

/**
 * @param {Frame} frame
 * @param {{scene: Scene, race: Race}} coming
 * @param {Drawn} drawn
 */
function staysIn({ x, y }, { scene, race }, drawn) {
  const inside = (/** @type {number} */ value, /** @type {Numbers} */ range) => value >= range[0] && value <= range[range.length - 1];
  const [next, before] = [race.ground, drawn.race?.ground];
  return before !== undefined && isNear(next.plane.directions, before.plane.directions) && isNear(next.origin, before.origin)
    && scene.minimizers.every(([px, py]) => inside(px, x) && inside(py, y))
    && !(scene.options.follow && drawn.scene.leaves);
}

/** @param {Float64Array} a @param {Float64Array} b */
function isNear(a, b) {
  return a.length === b.length && a.every((value, k) => Math.abs(value - b[k]) <= SAME * (1 + Math.abs(value)));
}

/**
 * The scene on the plane that its runs have decided.
 *
 * @param {Scene} base
 * @param {Race} race
 * @returns {Scene}
 */
export function onItsPlane(base, { live: { principal }, ran: { ground, start } }) {
  if (!principal || !ground) return base;
  const plane = { ...base.plane, origin: ground.origin, directions: ground.directions }, places = unpacked(principal.minimizers);
  const spots = placesOf(places, plane, places.length / base.n_params, base.n_params), [x, y] = placesOf(start, plane, 1, base.n_params);
  const minimizers = Array.from({ length: spots.length / 2 }, (_, k) => /** @type {[number, number]} */ ([spots[2 * k], spots[2 * k + 1]]));
  return { ...base, plane, surface: surfaceOf(ground, base.surface), minimizers, start: [x, y] };
}

/**
 * The scene over the surface that was made here, and with its samples where they are now; where no minimizer is sure
 * to be one there is no star until the page answers.
 *
 * @param {Scene} sent
 * @param {Race} race
 * @param {MovedData} data
 * @returns {Scene}
 */
export function grounded(sent, race, data) {
  const { ran: { ground, on }, moving } = race, base = onItsPlane(sent, race);
  if (!ground || !on) return base;
  const plane = { ...base.plane, origin: ground.origin }, scene = { ...base, plane, surface: surfaceOf(ground, base.surface) };
  if (!data.isOther || !moving) return scene;
  const [star] = ground.minimizer ? [placesOf(ground.minimizer, plane, 1, base.n_params)] : [];
  return { ...scene, minimizers: star ? [[star[0], star[1]]] : [], fit: fitOf(base.fit, on.data, moving, data.held) };
}

/** @type {WeakMap<Shown, Surface>} */
const surfaces = new WeakMap();
let made = 0;

/**
 * @param {Shown} ground
 * @param {Surface} sent
 */
function surfaceOf(ground, sent) {
  const known = surfaces.get(ground);
  if (known) return known;
  const { grid: { x, y }, z, lowest } = ground;
  made += 1;
  const surface = raised({ id: `here ${made}`, log: sent.log, floor: floorOf(z, lowest), passing: !ground.whole }, { x: Float64Array.from(x), y: Float64Array.from(y), z });
  surfaces.set(ground, surface);
  return surface;
}

/**
 * The data view with its samples where they are; while one is held it shows the same part of the data's space.
 *
 * @template {Fit} F
 * @param {F} fit
 * @param {Data} data
 * @param {Moving} moving
 * @param {boolean} held
 * @returns {F}
 */
function fitOf(fit, { inputs = new Float64Array(), labels = new Float64Array() }, { monomials }, held) {
  const width = monomials.length + 1;
  const feature = (/** @type {number} */ j) => Float32Array.from(labels, (_, k) => inputs[k * width + j]);
  if (fit.kind === "curve") {
    const x = feature(0), moved = { ...fit, x, y: Float32Array.from(labels) };
    if (held) return moved;
    return withBasis({ ...moved, grid: spanned(x, fit.grid.length), monomials });
  }
  if (fit.kind !== "regions") return fit;
  const [x1, x2] = [feature(0), feature(1)], moved = { ...fit, x1, x2 };
  if (held) return moved;
  const [across, up] = [spanned(x1, fit.grid_x.length), spanned(x2, fit.grid_y.length)];
  const others = Array.from({ length: Math.max(...monomials.flat()) - 1 }, (_, j) => meanOf(feature(j + 2)));
  return withBasis({ ...moved, grid_x: across, grid_y: up, monomials, others });
}

/** @param {Float32Array} values @param {number} count */
function spanned(values, count) {
  const low = Math.min(...values), high = Math.max(...values), margin = MARGIN * (high - low) || 1;
  return Float32Array.from({ length: count }, (_, k) => low - margin + ((high - low + 2 * margin) * k) / (count - 1));
}

/** @param {Float32Array} values */
function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * A point as the page is told of it: a pixel knows no more than six digits.
 *
 * @param {Point} point
 * @returns {Point}
 */
export function rounded({ index, x, y }) {
  return { index, x: Number(x.toPrecision(6)), y: Number(y.toPrecision(6)) };
}
