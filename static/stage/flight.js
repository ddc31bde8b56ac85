/** @import { Spot } from "./camera.js" */

const ZOOM = 2.3; // how much nearer the eye comes
const GLIDE = 0.9; // s; how slowly it follows
const LONGEST = 100; // ms between two looks

/** An eye that flies along with the runs. */
export class Flight {
  on = false;
  #share = 0;
  /** @type {Spot | null} */
  #spot = null;
  #before = 0;

  /**
   * Come nearer to where the runs are, or while off go back.
   *
   * @param {Spot | null} crowd
   * @param {number} now ms
   */
  follow(crowd, now) {
    const part = 1 - Math.exp(-Math.min(now - this.#before, LONGEST) / (1000 * GLIDE)), spot = this.#spot;
    this.#before = now;
    if (!this.on) this.#share = 0;
    if (!this.on || !crowd) return;
    this.#share += part * (1 - this.#share);
    this.#spot = spot ? [spot[0] + part * (crowd[0] - spot[0]), spot[1] + part * (crowd[1] - spot[1]), spot[2] + part * (crowd[2] - spot[2])] : crowd;
  }

  /** Where it looks now, null: at all. */
  get view() {
    return this.#spot && this.#share > 0 ? { spot: this.#spot, share: this.#share, zoom: ZOOM } : null;
  }
}
