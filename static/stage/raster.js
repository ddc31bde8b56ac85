/** @import { Camera } from "./camera.js" */
/** @import { Numbers } from "./drawn.d.ts" */

const LIGHT = [-0.45, -0.4, 0.8]; // where it comes from
const AMBIENT = 0.66, DIFFUSE = 0.4;
const UNDERSIDE = 0.42; // opacity: through the outside of a bowl its inside is seen
const FLOOR = 0.3; // opacity of its colours
const SLACK = 0.06; // depth by which a point on the relief may lie behind it

/**
 * A relief in the world of the camera: `z` and `tint` (0 to 1, its colour) row by row; NaN where there is a hole.
 *
 * @typedef {{nx: number, ny: number, z: Float32Array, tint: Float32Array, floor: number, bands: number}} Relief
 * @typedef {{x: Numbers, y: Numbers, depth: Numbers, shade: Numbers, tint: Numbers}} Spots its corners on the screen
 * @typedef {{depth: Float32Array, tint: Float32Array, shade: Float32Array}} Layer what is seen at each pixel
 * @typedef {{colors: Float32Array, line: number[]}} Paint 256 colours from low to high, three numbers each, and that of the lines between bands
 */

/**
 * A relief painted pixel by pixel, nearest spots in front: no GPU is asked, so every browser can.
 */
export class Raster {
  canvas = document.createElement("canvas");
  #context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d", { willReadFrequently: true }));
  #width = 0;
  #height = 0;
  #fineness = 1;
  /** @type {Layer} */
  #upper = layer(0);
  /** @type {Layer} */
  #under = layer(0);
  #bands = new Uint8Array(0);
  #part = { left: 0, right: 0, top: 0, bottom: 0 };

  /**
   * @param {Relief} relief
   * @param {Camera} camera
   * @param {Paint} paint
   * @param {{width: number, height: number, fineness: number}} size of the picture, and how many pixels to one of its
   */
  draw(relief, camera, paint, { width, height, fineness }) {
    this.#fit(Math.ceil(width * fineness), Math.ceil(height * fineness), fineness);
    const spots = { ...camera.seeGrid(relief, fineness), shade: this.#lit(relief), tint: relief.tint };
    for (const { depth } of [this.#upper, this.#under]) depth.fill(Infinity);
    const { nx, ny } = relief, size = { width: this.#width, height: this.#height };
    for (let j = 0; j + 1 < ny; j += 1) {
      for (let i = 0; i + 1 < nx; i += 1) {
        const a = j * nx + i;
        this.#fill(spots, size, a, a + 1, a + nx + 1);
        this.#fill(spots, size, a, a + nx + 1, a + nx);
      }
    }
    this.#within(relief, camera);
    this.#compose(relief, camera, paint);
  }

  /** The part of the picture that relief and floor reach. @param {Relief} relief @param {Camera} camera */
  #within({ z, floor }, camera) {
    const top = z.reduce((most, value) => Math.max(most, Number.isNaN(value) ? floor : value), floor);
    const seen = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [floor, top].map((height) => camera.see(x, y, height))));
    const [left, right, high, low] = [0, 1].flatMap((i) => [Math.min(...seen.map((each) => each[i])), Math.max(...seen.map((each) => each[i]))].map((value) => value * this.#fineness));
    const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
    this.#part = { left: within(Math.floor(left), this.#width), right: within(Math.ceil(right), this.#width), top: within(Math.floor(high), this.#height), bottom: within(Math.ceil(low), this.#height) };
  }

  /**
   * @param {Spots} spots
   * @param {{width: number, height: number}} size
   * @param {number} a
   * @param {number} b
   * @param {number} c
   */
  #fill(spots, size, a, b, c) {
    const turn = (spots.x[b] - spots.x[a]) * (spots.y[c] - spots.y[a]) - (spots.y[b] - spots.y[a]) * (spots.x[c] - spots.x[a]);
    if (turn < 0) fillTriangle(this.#upper, size, spots, a, c, b);
    else if (turn > 0) fillTriangle(this.#under, size, spots, a, b, c);
  }

  /**
   * Whether the upper side of the relief stands before a spot.
   *
   * @param {number} px
   * @param {number} py
   * @param {number} depth
   */
  isHidden(px, py, depth) {
    const x = Math.floor(px * this.#fineness), y = Math.floor(py * this.#fineness);
    return x >= 0 && y >= 0 && x < this.#width && y < this.#height && this.#upper.depth[y * this.#width + x] < depth - SLACK;
  }

  /** @param {number} width @param {number} height @param {number} fineness */
  #fit(width, height, fineness) {
    this.#fineness = fineness;
    if (width === this.#width && height === this.#height) return;
    Object.assign(this.canvas, { width, height });
    [this.#width, this.#height, this.#upper, this.#under, this.#bands] = [width, height, layer(width * height), layer(width * height), new Uint8Array(width * height)];
  }

  /** How bright the upper side of the relief is. @param {Relief} relief */
  #lit({ nx, ny, z }) {
    const shade = new Float32Array(nx * ny), dx = 2 / (nx - 1), dy = 2 / (ny - 1), [x, y, up] = LIGHT.map((value) => value / Math.hypot(...LIGHT));
    for (let j = 0, k = 0; j < ny; j += 1) {
      for (let i = 0; i < nx; i += 1, k += 1) {
        const left = i ? k - 1 : k, right = i + 1 < nx ? k + 1 : k, low = j ? k - nx : k, high = j + 1 < ny ? k + nx : k;
        const slopeX = (z[right] - z[left]) / (dx * (right - left)), slopeY = ((z[high] - z[low]) * nx) / (dy * (high - low));
        const lit = (up - slopeX * x - slopeY * y) / Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
        shade[k] = AMBIENT + DIFFUSE * (lit >= 0 ? lit : Number.isNaN(lit) ? 0.7 : 0);
      }
    }
    return shade;
  }

  /**
   * Colours of all pixels: the relief, its floor where it does not stand before it, and lines between bands of height.
   *
   * @param {Relief} relief
   * @param {Camera} camera
   * @param {Paint} paint
   */
  #compose(relief, camera, { colors, line }) {
    const [width, height, upper, under, bands] = [this.#width, this.#height, this.#upper, this.#under, this.#bands];
    const image = new ImageData(width, height), out = image.data;
    this.#markBands(relief, camera);
    const { left, right, top, bottom } = this.#part;
    for (let py = top; py < bottom; py += 1) {
      for (let k = py * width + left; k < py * width + right; k += 1) {
        const band = bands[k], at = 4 * k;
        if (band) {
          const onUpper = upper.depth[k] < Infinity, isLine = this.#isLine(k, onUpper);
          const tint = onUpper ? upper.tint[k] : (band - 0.5) / (relief.bands + 1), shade = onUpper ? upper.shade[k] : 1;
          const color = 3 * Math.round(255 * tint), share = isLine ? 0.45 * shade : shade, more = isLine ? 0.55 : 0;
          out[at] = share * colors[color] + more * line[0];
          out[at + 1] = share * colors[color + 1] + more * line[1];
          out[at + 2] = share * colors[color + 2] + more * line[2];
          out[at + 3] = onUpper ? 255 : isLine ? 510 * FLOOR : 255 * FLOOR;
        }
        if (under.depth[k] < upper.depth[k]) blend(out, at, colors, 3 * Math.round(255 * under.tint[k]), 0.95 * under.shade[k]);
      }
    }
    this.#context.putImageData(image, 0, 0);
  }

  /**
   * Number of the band that is seen at each pixel, from 1; 0 where there is neither relief nor floor.
   *
   * @param {Relief} relief
   * @param {Camera} camera
   */
  #markBands({ nx, ny, tint, floor, bands: inner }, camera) {
    const { depth, tint: seen } = this.#upper, bands = this.#bands, width = this.#width, step = 1 / this.#fineness;
    const { eye, ray } = camera.ray(0, 0), across = camera.ray(step, 0).ray.map((value, i) => value - ray[i]), down = camera.ray(0, step).ray.map((value, i) => value - ray[i]);
    const fall = floor - eye[2], last = 0.9999 * (inner + 1), { left, right, top, bottom } = this.#part;
    bands.fill(0);
    for (let py = top; py < bottom; py += 1) {
      for (let px = left, k = py * width + left; px < right; px += 1, k += 1) {
        let here = seen[k];
        if (depth[k] === Infinity) {
          const t = fall / (ray[2] + (px + 0.5) * across[2] + (py + 0.5) * down[2]);
          const column = (eye[0] + t * (ray[0] + (px + 0.5) * across[0] + (py + 0.5) * down[0]) + 1) * 0.5 * (nx - 1);
          const row = (eye[1] + t * (ray[1] + (px + 0.5) * across[1] + (py + 0.5) * down[1]) + 1) * 0.5 * (ny - 1);
          if (!(column >= 0 && row >= 0 && column < nx - 1 && row < ny - 1)) continue;
          const i = Math.floor(column), at = Math.floor(row) * nx + i, u = column - i, low = tint[at] + u * (tint[at + 1] - tint[at]);
          here = low + (row - Math.floor(row)) * (tint[at + nx] + u * (tint[at + nx + 1] - tint[at + nx]) - low);
        }
        if (here >= 0) bands[k] = 1 + Math.floor(Math.min(here * (inner + 1), last));
      }
    }
  }

  /**
   * Whether another band of the same side begins to the right or below.
   *
   * @param {number} k
   * @param {boolean} onUpper
   */
  #isLine(k, onUpper) {
    const band = this.#bands[k], right = this.#bands[k + 1], below = this.#bands[k + this.#width];
    if (right && right !== band) return onUpper === this.#upper.depth[k + 1] < Infinity;
    return below > 0 && below !== band && onUpper === this.#upper.depth[k + this.#width] < Infinity;
  }
}

/** @param {number} size @returns {Layer} */
function layer(size) {
  return { depth: new Float32Array(size), tint: new Float32Array(size), shade: new Float32Array(size) };
}

/**
 * Lay a see-through colour over a pixel.
 *
 * @param {Uint8ClampedArray} out
 * @param {number} at
 * @param {Float32Array} colors
 * @param {number} color
 * @param {number} shade
 */
function blend(out, at, colors, color, shade) {
  const below = (out[at + 3] / 255) * (1 - UNDERSIDE), whole = UNDERSIDE + below, share = (UNDERSIDE * shade) / whole, rest = below / whole;
  out[at] = share * colors[color] + rest * out[at];
  out[at + 1] = share * colors[color + 1] + rest * out[at + 1];
  out[at + 2] = share * colors[color + 2] + rest * out[at + 2];
  out[at + 3] = 255 * whole;
}

/**
 * Fill a triangle, whose corners follow each other clockwise on the screen, where nothing nearer is seen.
 *
 * @param {Layer} layer
 * @param {{width: number, height: number}} size
 * @param {Spots} spots
 * @param {number} a
 * @param {number} b
 * @param {number} c
 */
function fillTriangle({ depth, tint, shade }, { width, height }, spots, a, b, c) {
  const ax = spots.x[a], ay = spots.y[a], bx = spots.x[b] - ax, by = spots.y[b] - ay, cx = spots.x[c] - ax, cy = spots.y[c] - ay, area = bx * cy - by * cx;
  if (!(area > 0)) return; // NaN, too
  const left = Math.max(0, Math.ceil(ax + Math.min(0, bx, cx) - 0.5)), right = Math.min(width - 1, Math.floor(ax + Math.max(0, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(ay + Math.min(0, by, cy) - 0.5)), bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, by, cy) - 0.5));
  const [d, db, dc] = [spots.depth[a], spots.depth[b] - spots.depth[a], spots.depth[c] - spots.depth[a]];
  const [t, tb, tc] = [spots.tint[a], spots.tint[b] - spots.tint[a], spots.tint[c] - spots.tint[a]];
  const [s, sb, sc] = [spots.shade[a], spots.shade[b] - spots.shade[a], spots.shade[c] - spots.shade[a]];
  for (let y = top; y <= bottom; y += 1) {
    const py = y + 0.5 - ay;
    for (let x = left; x <= right; x += 1) {
      const px = x + 0.5 - ax, v = (px * cy - py * cx) / area, w = (bx * py - by * px) / area;
      if (v < 0 || w < 0 || v + w > 1) continue;
      const k = y * width + x, far = d + v * db + w * dc;
      if (far >= depth[k]) continue;
      depth[k] = far;
      tint[k] = t + v * tb + w * tc;
      shade[k] = s + v * sb + w * sc;
    }
  }
}
