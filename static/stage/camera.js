/*
 * The world of a landscape: x and y run from −1 to 1, heights from 0 up. The eye looks at its middle from a distance, and
 * whatever way it is turned, the box of the landscape fills the frame.
 */

const DISTANCE = 7; // from the middle to the eye
const LOWEST = 0.09, HIGHEST = 1.5; // rad; elevation of the eye
const FARTHEST = 0.5, NEAREST = 12; // zoom

/**
 * @typedef {[number, number, number]} Spot
 * @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Room size of a picture, and what stays free at its edges
 */

export class Camera {
  azimuth = 0;
  elevation = 0;
  zoom = 1;
  /** @type {[number, number]} */
  shift = [0, 0]; // of the picture, in parts of the frame
  #middle = 0;
  #scale = 1;
  #at = [0, 0]; // pixel of the middle of what is seen
  #look = [0, 0];
  /** @type {Spot} */
  #right = [1, 0, 0];
  /** @type {Spot} */
  #up = [0, 0, 1];
  /** @type {Spot} */
  toEye = [0, -1, 0];

  /** @param {number} across @param {number} upward in rad */
  turn(across, upward) {
    this.azimuth += across;
    this.elevation = Math.min(Math.max(this.elevation + upward, LOWEST), HIGHEST);
  }

  /** @param {number} factor */
  approach(factor) {
    this.zoom = Math.min(Math.max(this.zoom * factor, FARTHEST), NEAREST);
  }

  /**
   * Fill the room with a box; with `flight`, look at a spot from nearby: `share` says how far on the way there.
   *
   * @param {Spot[]} corners
   * @param {Room} room
   * @param {{spot: Spot, share: number, zoom: number} | null} [flight]
   */
  frame(corners, { width, height, left, right, top, bottom }, flight = null) {
    const [sa, ca, se, ce] = [Math.sin(this.azimuth), Math.cos(this.azimuth), Math.sin(this.elevation), Math.cos(this.elevation)];
    this.#right = [ca, sa, 0];
    this.#up = [-sa * se, ca * se, ce];
    this.toEye = [sa * ce, -ca * ce, se];
    this.#middle = (Math.min(...corners.map(([, , z]) => z)) + Math.max(...corners.map(([, , z]) => z))) / 2;
    const seen = corners.map((corner) => this.#flat(corner));
    const [[x0, x1], [y0, y1]] = [0, 1].map((i) => [Math.min(...seen.map((each) => each[i])), Math.max(...seen.map((each) => each[i]))]);
    const share = flight?.share ?? 0, near = 1 + share * ((flight?.zoom ?? 1) - 1), spot = flight ? this.#flat(flight.spot) : [0, 0];
    this.#scale = Math.min((width - left - right) / (x1 - x0), (height - top - bottom) / (y1 - y0)) * this.zoom * near;
    this.#look = [(x0 + x1) / 2, (y0 + y1) / 2].map((value, i) => value + share * (spot[i] - value));
    this.#at = [left + (width - left - right) / 2 + this.shift[0] * width, top + (height - top - bottom) / 2 + this.shift[1] * height];
  }

  /** All that the picture depends on. */
  get key() {
    return [...this.#right, ...this.#up, this.#scale, ...this.#look, ...this.#at].join(" ");
  }

  /**
   * Pixel and depth of a spot.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @returns {Spot}
   */
  see(x, y, z) {
    const [across, upward, depth] = this.#flat([x, y, z]);
    return [this.#at[0] + this.#scale * (across - this.#look[0]), this.#at[1] - this.#scale * (upward - this.#look[1]), depth];
  }

  /**
   * The same of all spots of a grid over the whole plane, with so many pixels to one.
   *
   * @param {{nx: number, ny: number, z: Float32Array}} grid
   * @param {number} fineness
   */
  seeGrid({ nx, ny, z }, fineness) {
    const [x, y, depth] = [0, 1, 2].map(() => new Float32Array(nx * ny)), scale = this.#scale * fineness;
    const [rightX, rightY] = this.#right, [upX, upY, upZ] = this.#up, [eyeX, eyeY, eyeZ] = this.toEye;
    const left = this.#at[0] * fineness - scale * this.#look[0], top = this.#at[1] * fineness + scale * this.#look[1];
    for (let j = 0, k = 0; j < ny; j += 1) {
      const v = (2 * j) / (ny - 1) - 1;
      for (let i = 0; i < nx; i += 1, k += 1) {
        const u = (2 * i) / (nx - 1) - 1, w = z[k] - this.#middle, far = DISTANCE - (eyeX * u + eyeY * v + eyeZ * w);
        depth[k] = far;
        x[k] = left + (scale * (rightX * u + rightY * v)) / far;
        y[k] = top - (scale * (upX * u + upY * v + upZ * w)) / far;
      }
    }
    return { x, y, depth };
  }

  /**
   * The eye, and the ray from it through a pixel.
   *
   * @param {number} px
   * @param {number} py
   * @returns {{eye: Spot, ray: Spot}}
   */
  ray(px, py) {
    const across = (px - this.#at[0]) / this.#scale + this.#look[0], upward = (this.#at[1] - py) / this.#scale + this.#look[1];
    const along = (/** @type {number} */ i) => across * this.#right[i] + upward * this.#up[i] - this.toEye[i];
    const eye = (/** @type {number} */ i) => DISTANCE * this.toEye[i] + (i === 2 ? this.#middle : 0);
    return { eye: [eye(0), eye(1), eye(2)], ray: [along(0), along(1), along(2)] };
  }

  /** Where a spot is seen at a scale of 1, and how far away. @param {Spot} spot @returns {Spot} */
  #flat([x, y, z]) {
    const up = z - this.#middle, [right, upward, eye] = [this.#right, this.#up, this.toEye];
    const depth = DISTANCE - (eye[0] * x + eye[1] * y + eye[2] * up);
    return [(right[0] * x + right[1] * y) / depth, (upward[0] * x + upward[1] * y + upward[2] * up) / depth, depth];
  }
}
