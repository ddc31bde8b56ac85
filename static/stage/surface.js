import { drawBall } from "./balls.js";
import { Camera } from "./camera.js";
import { Sheet } from "./draw.js";
import { Flight } from "./flight.js";
import { isLogarithmic, withTrueHeights } from "./heights.js";
import { drawNames, drawWalls } from "./landscape_axes.js";
import { LandscapeTools } from "./landscape_tools.js";
import { drawOverlays } from "./overlays.js";
import { Raster } from "./raster.js";
import { reliefOf } from "./relief.js";
import { heightAt, lossOf } from "./scene.js";
import { SceneView } from "./scene_view.js";
import { subscript } from "./texts.js";
import { listenForTurns } from "./turning.js";
/** @import { Spot } from "./camera.js" */
/** @import { Box } from "./labels.js" */
/** @import { Magnifier } from "./magnifier.js" */
/** @import { Held } from "./scene_view.js" */
/** @import { Moment, Place, Reading, Scene, Theme } from "./drawn.d.ts" */
/** @import { Options } from "./messages.d.ts" */

const ZOOM_STEP = 1.25;
const RAY = 400; // places along the ray from the eye to a pixel
const AZIMUTH = -0.42; // rad; the flat picture tilted back: x still runs to the right
const BELOW = 0.2; // of the height: how deep the floor lies
const ROOM = { left: 40, right: 20, top: 26, bottom: 40, under: 6, names: 84 }; // px; the last two: below the tools, and for names above and below the landscape
const PIECE = 0.04; // of the picture: how long a straight piece of a path on the relief may be
const ON = 0.02; // of the height: nearer than that a point lies on the relief
/**
 * From data to the world of the camera and back: lowest and highest height there, the height of the landscape, and its floor.
 *
 * @typedef {{low: number, high: number, height: number, floor: number, toWorld: (point: number[]) => Spot, toData: (spot: number[]) => Place}} World
 */

const REST = 220; // ms after which a picture that moved is drawn finely
const FINE = 2, COARSEST = 0.6; // pixels of the landscape to one of the picture
const LONG = 22; // ms; whoever needs longer for a moving picture gets a coarse one

/** The surface as a landscape. */
export class SurfaceView extends SceneView {
  #raster = new Raster();
  #camera = new Camera();
  #flight = new Flight();
  #turned = false; // by hand
  /** @type {Options["heights"]} */
  #asked = "auto";
  /** @type {{id: string, log: boolean} | null} */
  #chosen = null; // heights of the surface that is shown
  /** @type {Scene} */
  #ground; // the scene as it came: the colours follow its heights
  /** @type {Theme} */
  #theme;
  #names = [0, 0]; // between which heights of the picture names of runs may stand
  /** @type {Box[]} */
  #words = []; // where the axes are written on
  #drawn = "";
  #drawnAt = -Infinity;
  /** @type {string[]} */
  #titles = []; // of the axes
  #fineness = 0;
  #coarse = 1; // fineness while it moves
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * `onMove` is called when another picture is due, `onPick` and `onHover` as by the view from above.
   *
   * @param {HTMLElement} host
   * @param {{magnifier: Magnifier, onMove: () => void, onPick: (place: Place) => void, onHover: (point: Reading | null) => void, onHeights: (heights: Options["heights"]) => void} & Held} of
   */
  constructor(host, { magnifier, onMove, onHold, onDrop, onPick, onHover, onHeights }) {
    super(host, { zoomStep: ZOOM_STEP, onMove, onHold, onDrop });
    this.magnifier = magnifier;
    this.picture3d = new Sheet(host, "lo-sheet lo-overlay");
    this.base.after(this.picture3d.canvas);
    this.base.classList.add("lo-landscape");
    Object.assign(this.base, { tabIndex: 0 });
    this.base.setAttribute("role", "application");
    this.tools = new LandscapeTools(host, { onHeights, onFly: (on) => this.#fly(on) });
    listenForTurns(this.base, this.#camera, {
      onTurn: () => {
        this.#turned = true;
        this.onMove();
      },
      onClick: (pixel) => {
        const place = this.nearestPoint(pixel);
        if (place) onPick(place);
      },
    });
    this.base.addEventListener("pointermove", (event) => onHover(event.buttons ? null : this.#read(event)));
    this.base.addEventListener("pointerleave", () => onHover(null));
  }

  /** @param {Options["heights"]} heights */
  setHeights(heights = "auto") {
    if (heights !== this.#asked) this.#chosen = null;
    this.#asked = heights;
  }

  /** @param {Scene} scene @param {Theme} theme */
  async show(scene, theme) {
    const { surface, texts, plane } = scene;
    if (!(this.#chosen && (surface.passing || this.#chosen.id === surface.id))) this.#chosen = { id: surface.id, log: isLogarithmic(scene, this.#asked) };
    const { log } = this.#chosen;
    [this.#ground, this.#theme, this.laidOut] = [scene, theme, ""];
    this.scene = log ? scene : withTrueHeights(scene);
    this.base.setAttribute("aria-label", texts.landscape);
    this.tools.layOut(texts, { log, isFixed: !surface.log, explain: log && this.#asked === "auto" && surface.log });
    this.#titles = [...plane.labels.map(subscript), log ? texts.loss_log : texts.loss];
    this.magnifier.measure();
    this.isSketched = this.sheet.fit() && this.picture3d.fit();
    this.onMove();
  }

  /**
   * Draw the paths up to a frame.
   *
   * @param {Moment} state
   */
  draw(state) {
    if (!this.scene || !this.isSketched) return;
    this.#flight.follow(this.#crowd(state.frame.index), performance.now());
    const world = this.#world();
    this.#frame(world);
    const key = this.#camera.key;
    this.#drawBase(world, key);
    const plain = this.#view(world), lifted = { ...plain, project: (/** @type {number[]} */ [x, y]) => plain.project([x, y, plain.heightAt(x, y)]) };
    const area = this.#area();
    this.magnifier.follow(this.#ground, area, lifted, state, { byItself: false });
    const { taken } = this.magnifier, view = { ...plain, words: [...plain.words, ...taken] };
    const drawn = this.drawPaths(view, [key, ...taken].join(" "), state);
    if (drawn) drawOverlays(this.sheet.context, this.scene, lifted, { index: state.frame.index, theme: state.theme });
    this.magnifier.draw(this.#ground, area, lifted, state);
  }

  startAt() {
    if (!this.scene?.movable || !this.isSketched) return null;
    const view = this.#view(this.#world()), [x, y] = this.scene.start, point = [x, y, view.heightAt(x, y)];
    return view.isHidden(point) ? null : view.project(point);
  }

  /**
   * The point of the landscape that is seen at a pixel: where the ray from the eye first meets its upper side, through
   * the underside if need be.
   *
   * @param {number[]} pixel
   * @returns {Place | null}
   */
  nearestPoint([px, py]) {
    const { eye, ray } = this.#camera.ray(px, py), { toData, toWorld } = this.#world(), { surface } = this.scene;
    const spans = [0, 1].map((i) => [-1, 1].map((side) => (side - eye[i]) / ray[i]).sort((a, b) => a - b));
    const enter = Math.max(0, ...spans.map(([first]) => first)), leave = Math.min(...spans.map(([, last]) => last));
    let wasAbove = true;
    /** @type {Place | null} */
    let underside = null;
    for (let k = 1; k < RAY; k += 1) {
      const t = enter + ((leave - enter) * k) / RAY, [x, y] = toData([eye[0] + t * ray[0], eye[1] + t * ray[1]]);
      const isAbove = eye[2] + t * ray[2] > toWorld([x, y, heightAt(surface, x, y)])[2];
      if (k > 1 && wasAbove && !isAbove) return [x, y];
      if (k > 1 && isAbove && !wasAbove) underside ??= [x, y];
      wasAbove = isAbove;
    }
    return underside;
  }

  reset() {
    this.#turned = false;
    Object.assign(this.#camera, { zoom: 1, shift: [0, 0] });
    this.onMove();
  }

  /** @param {number} factor */
  zoom(factor) {
    this.#camera.approach(1 / factor);
    this.onMove();
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    super.setVisible(visible);
    this.picture3d.canvas.hidden = !visible;
    this.tools.setVisible(visible);
  }

  /** The base picture as SVG; whoever takes it wants it to stand still. */
  async picture() {
    this.#fly(false);
    const { width, height } = this.sheet;
    return `<image width="${width}" height="${height}" href="${this.picture3d.canvas.toDataURL()}"/>`;
  }

  destroy() {
    clearTimeout(this.#timer);
  }

  /** @param {boolean} on */
  #fly(on) {
    this.#flight.on = on;
    this.tools.markFlight(on);
    this.onMove();
  }

  /** Middle of the runs that are in the picture, in the world. @param {number} index @returns {Spot | null} */
  #crowd(index) {
    if (!this.#flight.on) return null;
    const { runs } = this.scene, { toWorld } = this.#world();
    const spots = runs.map(({ xy, heights }) => toWorld([xy[2 * index], xy[2 * index + 1], heights[index]])).filter((spot) => spot.every((value) => Math.abs(value) <= 2));
    const middle = (/** @type {number} */ i) => spots.reduce((sum, spot) => sum + spot[i], 0) / spots.length;
    return spots.length ? [middle(0), middle(1), middle(2)] : null;
  }

  /** @returns {World} */
  #world() {
    const { surface } = this.scene, [[x0, x1], [y0, y1]] = surface.box, { low, high } = reliefOf(surface);
    const { height, floor } = this.#shape();
    return {
      low, high, height, floor,
      toWorld: (/** @type {number[]} */ [x, y, z]) => /** @type {Spot} */ ([(2 * (x - x0)) / (x1 - x0) - 1, (2 * (y - y0)) / (y1 - y0) - 1, (height * (z - low)) / (high - low)]),
      toData: (/** @type {number[]} */ [u, v]) => [x0 + ((u + 1) / 2) * (x1 - x0), y0 + ((v + 1) / 2) * (y1 - y0)],
    };
  }

  /** A picture that is tall has room for a higher landscape. */
  #shape() {
    const { width, height: tall } = this.sheet, slim = Math.min(Math.max(tall / width - 0.6, 0), 1.3), height = 0.85 + 1.2 * slim;
    return { height, floor: -BELOW * height, elevation: 0.46 + 0.2 * slim, azimuth: AZIMUTH + 0.12 * slim };
  }

  /** @param {World} world */
  #frame({ height, floor }) {
    const { elevation, azimuth } = this.#shape(), { size } = this.#theme;
    if (!this.#turned) Object.assign(this.#camera, { azimuth, elevation });
    const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [floor, height].map((z) => /** @type {Spot} */ ([x, y, z]))));
    const [left, right, top, bottom] = [ROOM.left, ROOM.right, ROOM.top, ROOM.bottom].map((room) => room * size);
    this.#camera.frame(corners, { width: this.sheet.width, height: this.sheet.height, left, right, top: Math.max(top, this.tools.height + ROOM.under), bottom }, this.#flight.view);
    const seen = corners.map((corner) => this.#camera.see(...corner)[1]), reach = ROOM.names * size;
    this.#names = [Math.max(this.tools.height, Math.min(...seen) - reach), Math.min(this.sheet.height, Math.max(...seen) + reach)];
    this.base.dataset.camera = [this.#camera.azimuth, this.#camera.elevation, this.#camera.zoom].map((value) => value.toFixed(3)).join(" ");
  }

  /** The picture, as wide as the whole surface from above. */
  #area() {
    const { width, height } = this.sheet, top = this.tools.height, [[x0, x1], [y0, y1]] = this.#ground.surface.box;
    return { left: 0, top, width, height: height - top, x0, x1, y0, y1 };
  }

  /** @param {World} world @param {string} camera */
  #drawBase(world, camera) {
    const now = performance.now(), isFast = now - this.#drawnAt < REST, key = [this.#ground.surface.id, this.#chosen?.log, this.#titles, this.#theme.key, this.sheet.width, this.sheet.height, camera].join(" ");
    if (key === this.#drawn && (this.#fineness === FINE || isFast)) return;
    this.#fineness = isFast && key !== this.#drawn ? this.#coarse : FINE;
    [this.#drawn, this.#drawnAt] = [key, now];
    clearTimeout(this.#timer);
    if (this.#fineness !== FINE) this.#timer = setTimeout(() => this.onMove(), REST + 20);
    const { width, height } = this.sheet, { context } = this.picture3d, theme = this.#theme;
    const box = this.#box(world);
    this.picture3d.clear();
    drawWalls(context, this.#camera, box, theme);
    this.#raster.draw(this.#relief(world), this.#camera, paintOf(theme), { width, height, fineness: this.#fineness });
    context.drawImage(this.#raster.canvas, 0, 0, width, height);
    this.#words = drawNames(context, this.#camera, box, theme);
    if (this.#fineness !== FINE) this.#coarse = performance.now() - now > LONG ? COARSEST : 1;
  }

  /** @param {World} world */
  #relief({ low, high, height, floor }) {
    const { surface } = this.scene, bands = reliefOf(this.#ground.surface);
    const z = Float32Array.from(surface.h.flat(), (value) => (Number.isFinite(value) ? (height * (value - low)) / (high - low) : NaN));
    const tint = Float32Array.from(this.#ground.surface.h.flat(), (value) => (Number.isFinite(value) ? (value - bands.low) / (bands.high - bands.low) : NaN));
    return { nx: surface.x.length, ny: surface.y.length, z, tint, floor, bands: Math.round((bands.high - bands.low) / bands.lines.size) - 1 };
  }

  /** @param {World} world */
  #box({ low, high, height, floor }) {
    const { surface } = this.scene, { ticks } = reliefOf(surface), [x, y] = surface.box;
    const heights = ticks.values.map((value, i) => ({ z: (height * (value - low)) / (high - low), text: ticks.texts[i] }));
    return { x, y, floor, top: height, heights, titles: this.#titles };
  }

  /** @param {World} world */
  #view({ low, high, height, floor, toWorld }) {
    const { surface } = this.scene, [[x0, x1], [y0, y1]] = surface.box, { width, height: tall } = this.sheet;
    const bottom = low + (floor / height) * (high - low), slack = ON * (high - low), flat = this.#camera.toEye[2];
    const above = (/** @type {number[]} */ [x, y, z]) => z - heightAt(surface, x, y);
    const see = (/** @type {number[]} */ point) => this.#camera.see(...toWorld(point));
    return {
      dimensions: 3,
      low: [x0, y0, bottom],
      high: [x1, y1, high],
      clip: /** @type {[number, number, number, number]} */ ([0, 0, width, tall]),
      names: /** @type {[number, number, number, number]} */ ([0, this.#names[0], width, this.#names[1] - this.#names[0]]),
      words: this.#words,
      heightAt: (/** @type {number} */ x, /** @type {number} */ y) => heightAt(surface, x, y),
      isHidden: (/** @type {number[]} */ point) => this.#raster.isHidden(...see(point)),
      project: (/** @type {number[]} */ point) => /** @type {[number, number]} */ (see(point).slice(0, 2)),
      drawHead: (/** @type {CanvasRenderingContext2D} */ context, /** @type {Parameters<typeof drawBall>[1]} */ marker) => drawBall(context, marker, flat),
      /* A step between two points on the relief is drawn on it, too. */
      pieces: (/** @type {number[]} */ from, /** @type {number[]} */ to) => {
        if (!(Math.abs(above(from)) < slack && Math.abs(above(to)) < slack)) return 1;
        return Math.min(60, Math.ceil(Math.max(Math.abs(to[0] - from[0]) / (x1 - x0), Math.abs(to[1] - from[1]) / (y1 - y0)) / PIECE));
      },
      between: (/** @type {number[]} */ from, /** @type {number[]} */ to, /** @type {number} */ t) => {
        const [x, y, z] = from.map((value, i) => value + t * (to[i] - value)), [start, end] = [above(from), above(to)];
        const lies = Math.abs(start) < slack && Math.abs(end) < slack;
        return [x, y, lies ? heightAt(surface, x, y) + start + t * (end - start) : z];
      },
    };
  }

  /** @param {MouseEvent} event @returns {Reading | null} */
  #read({ clientX, clientY }) {
    if (!this.scene || !this.isSketched) return null;
    const box = this.base.getBoundingClientRect(), place = this.nearestPoint([clientX - box.left, clientY - box.top]);
    return place && { x: place[0], y: place[1], loss: lossOf(this.scene.surface, heightAt(this.scene.surface, ...place)) };
  }
}

/** @param {Theme} theme */
function paintOf({ relief, ridge }) {
  const colors = Float32Array.from(Array.from({ length: 256 }, (_, k) => {
    const next = Math.max(relief.findIndex(([place]) => place >= k / 255), 1), [[low, from], [high, to]] = [relief[next - 1], relief[next]];
    const [a, b] = [from, to].map(channels);
    return a.map((value, i) => value + ((b[i] - value) * (k / 255 - low)) / (high - low));
  }).flat());
  return { colors, line: channels(ridge) };
}

/** @param {string} color as #rrggbb */
function channels(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
