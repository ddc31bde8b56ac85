import { stageNamed } from "../stage/registry.js";
/** @import { Clock } from "../stage/clock.js" */

const LOOK = 100; // ms between two looks for a stage that is on its way
const PATIENCE = 12000; // ms; the verdict does not wait longer for a stage
const SHARE = 0.05; // of the run, before and after the step that decides
const LEAST = 1.5; // steps
const SLOWLY = 0.25;

/**
 * Follow a stage once it is there, which `onBegin` is told: it goes slowly around a step, and `onEnd` is called when it
 * has come to its end for the first time. Returns the function that ends this.
 *
 * @param {string} name
 * @param {{slowly: number, onBegin: () => void, onEnd: () => void}} of
 */
export function followStage(name, { slowly, onBegin, onEnd }) {
  const since = performance.now();
  let undo = () => {};
  const timer = setInterval(() => {
    const clock = stageNamed(name)?.clock;
    if (clock?.last) {
      clearInterval(timer);
      onBegin();
      undo = follow(clock, { slowly, onEnd });
    } else if (performance.now() - since > PATIENCE) {
      clearInterval(timer);
      onEnd();
    }
  }, LOOK);
  return () => {
    clearInterval(timer);
    undo();
  };
}

/** @param {Clock} clock @param {{slowly: number, onEnd: () => void}} of */
function follow(clock, { slowly, onEnd }) {
  const motion = new SlowMotion(clock, slowly);
  let ended = false, farthest = 0;
  return clock.subscribe(() => {
    motion.look();
    const again = clock.position < farthest - clock.last / 2; // a loop has no end
    farthest = Math.max(farthest, clock.position);
    if (ended || !(clock.position >= clock.last || again)) return;
    ended = true;
    onEnd();
  });
}

/** Plays slowly around a step; another speed that is chosen meanwhile stays. */
export class SlowMotion {
  #before = 0;
  #slow = 0;

  /** @param {Clock} clock @param {number} step */
  constructor(clock, step) {
    this.clock = clock;
    this.step = step;
  }

  look() {
    const { clock } = this;
    const near = Math.abs(clock.position - this.step) <= Math.max(LEAST, SHARE * clock.last);
    if (near && clock.playing && !this.#slow) {
      this.#before = clock.speed;
      this.#slow = Math.max(SLOWLY, SLOWLY * clock.speed);
      clock.setSpeed(this.#slow);
    } else if (this.#slow && !(near && clock.playing)) {
      const back = clock.speed === this.#slow;
      this.#slow = 0;
      if (back) clock.setSpeed(this.#before);
    }
  }
}
