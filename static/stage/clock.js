/** Speeds a person can choose, as multiples of the natural pace. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

const LONGEST_FRAME = 100; // ms; a tab that comes back from the background must not jump ahead

/**
 * Where in the run we are, in steps. It knows no page and no picture, so one clock can drive
 * several stages: whoever owns an animation frame calls `tick` with its time stamp.
 */
export class Clock {
  position = 0;
  last = 0;
  stride = 1;
  playing = false;
  speed = 1;
  loop = false;
  /** @type {Map<object, {last: number, stride: number}>} */
  #runs = new Map();
  /** @type {Set<(clock: Clock) => void>} */
  #listeners = new Set();
  /** @type {number | null} */
  #before = null;
  /** Whether playing is to begin by itself. */
  #due = false;

  /**
   * Call `listener` after every change. Returns the function that ends the subscription.
   *
   * @param {(clock: Clock) => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /**
   * Take the length of a run: its last step and the steps between two stored frames.
   *
   * @param {object} owner
   * @param {number} last
   * @param {number} stride
   */
  setRun(owner, last, stride) {
    this.#runs.set(owner, { last, stride });
    this.#measure();
  }

  /**
   * Forget the run of a stage that has gone.
   *
   * @param {object} owner
   */
  dropRun(owner) {
    this.#runs.delete(owner);
    if (this.#runs.size) this.#measure();
  }

  /** Of several runs the longest counts; a shorter one waits at its end. */
  #measure() {
    const runs = [...this.#runs.values()];
    this.last = Math.max(...runs.map((run) => run.last));
    this.stride = Math.max(...runs.map((run) => run.stride));
    this.position = Math.min(this.position, this.last);
    this.#changed();
  }

  /** The stored step at or before the position: the one that all views show. */
  get step() {
    if (this.position >= this.last) return this.last;
    return Math.floor(this.position / this.stride) * this.stride;
  }

  /** Steps per second at speed 1: about 9 s for 300 steps, and no run lasts too short or too long. */
  get pace() {
    const seconds = Math.min(Math.max(9 * Math.sqrt(this.last / 300), 3), 20);
    return this.last / seconds;
  }

  play() {
    if (this.position >= this.last) this.position = 0;
    this.playing = this.last > 0;
    this.#due = false;
    this.#before = null;
    this.#changed();
  }

  /** Play once the picture is there (`begin`), unless somebody moves or halts the clock before. */
  playSoon() {
    this.#due = true;
  }

  begin() {
    if (this.#due) this.play();
  }

  pause() {
    this.playing = false;
    this.#due = false;
    this.position = this.step;
    this.#changed();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** @param {number} step */
  seek(step) {
    this.position = Math.min(Math.max(step, 0), this.last);
    this.#changed();
  }

  /**
   * Go to a step and stay there.
   *
   * @param {number} step
   */
  hold(step) {
    this.playing = false;
    this.#due = false;
    this.seek(step);
  }

  /**
   * Go `frames` stored frames on (or back) and stay there.
   *
   * @param {number} frames
   */
  move(frames) {
    const frame = Math.ceil(this.step / this.stride) + frames;
    this.hold(frame * this.stride);
  }

  /** Another picture of the same step is due. */
  touch() {
    this.#changed();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    this.#changed();
  }

  /** @param {boolean} loop */
  setLoop(loop) {
    this.loop = loop;
    this.#changed();
  }

  /**
   * Move on to the time `now` (ms). The same time twice moves nothing.
   *
   * @param {number} now
   */
  tick(now) {
    if (!this.playing) return;
    const elapsed = Math.min(now - (this.#before ?? now), LONGEST_FRAME);
    this.#before = now;
    this.position += (elapsed / 1000) * this.pace * this.speed;
    if (this.position >= this.last) this.#finish();
    this.#changed();
  }

  #finish() {
    this.playing = this.loop;
    this.position = this.loop ? 0 : this.last;
  }

  #changed() {
    for (const listener of this.#listeners) listener(this);
  }
}
