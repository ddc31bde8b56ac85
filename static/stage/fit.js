import { Chart, linearScale, traceLine } from "./axes.js";
import { drawPoint, strokeHaloed, strokePlain } from "./draw.js";
import { drawExit, exitOf } from "./exits.js";
import { subscript } from "./format.js";
import { boundaryFields, classScores, sentScores, winners, zeroLines } from "./regions.js";
import { extent } from "./scene.js";

const GRASP = 14; // px; how near a data point a pointer has to press to drag it
const PULSE = 120; // ms between two places that are told while a point is dragged
const DISC = 8; // px; radius of the disc of a usual penalty
const CLASS_MARKERS = ["circle", "square", "triangle", "diamond", "hexagon"];

/** Marker and colours of a class of the data, for points, regions and legend alike. */
export function classLook(k, theme) {
  return { shape: CLASS_MARKERS[k % CLASS_MARKERS.length], fill: theme.classes[k % theme.classes.length], stroke: theme.text };
}

/** The data with the current fit of every run; for a test function, the params over steps. */
export class FitView {
  #chart;
  #kind = null;
  #scales = null;
  #held = null;
  #shown = null;

  /** `onPoint({index, x, y})` is called while a data point is dragged, where the fit allows it. */
  constructor(host, { onPoint }) {
    this.#chart = new Chart(host);
    listenForDrags(host, { kind: () => this.#kind, onPoint, onHold: (point) => this.#hold(point) });
  }

  /** The canvases that it is drawn on. */
  get sheets() {
    return [this.#chart.still, this.#chart.moving];
  }

  /** Draw what does not move: axes and data. While a point is dragged the axes stand still. */
  layOut({ scene, theme, texts }) {
    this.#kind = new KINDS[scene.fit.kind]({ scene, theme, texts, chart: this.#chart });
    if (!this.#held) this.#scales = this.#kind.scales();
    this.#drawStill();
  }

  /** Draw a dragged point where the pointer is, whatever the messages under way say; then all on the axes of its new place. */
  #hold(point) {
    this.#held = point;
    if (!point) this.#scales = this.#kind.scales();
    this.#drawStill();
    if (!point && this.#shown) this.draw(this.#shown);
  }

  #drawStill() {
    if (this.#held) this.#kind.movePoint(this.#held);
    this.#chart.begin(this.#scales, this.#kind.theme);
    if (this.#chart.frames.length) this.#kind.drawStill(this.#chart.still.context);
  }

  /** Runs that leave the picture for good. */
  get left() {
    return this.#kind?.left ?? [];
  }

  /** Draw the fit of every run at a frame. */
  draw({ index, focus }) {
    this.#shown = { index, focus };
    if (!this.#chart.frames.length) return;
    this.#chart.moving.clear();
    this.#kind.drawPenalties(this.#chart.moving.context, { index, focus });
    this.#kind.drawMoving(this.#chart.moving.context, { index, focus });
    this.#kind.drawBatch(this.#chart.moving.context, index);
  }
}

/** Press near a data point and drag it. */
function listenForDrags(host, { kind, onPoint, onHold }) {
  let held = null;
  let moved = false;
  let pulse = 0;
  let told = 0;
  const place = (event) => {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const grasped = (event) => (kind()?.fit.draggable ? kind().nearestPoint(...place(event), GRASP) : null);
  const tell = () => {
    pulse = 0;
    told = performance.now();
    if (held) onPoint(held);
  };
  const drop = () => {
    held = null;
    onHold(null);
  };
  host.addEventListener("pointerdown", (event) => {
    const index = grasped(event);
    if (index === null) return;
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
    held = { index, ...kind().pointAt(index) };
    moved = false;
    onHold(held);
  });
  host.addEventListener("touchstart", (event) => {
    if (held) event.preventDefault(); // else the finger would scroll the page
  }, { passive: false });
  host.addEventListener("pointermove", (event) => {
    if (!held) {
      host.style.cursor = grasped(event) === null ? "" : "grab";
      return;
    }
    held = { index: held.index, ...kind().dataAt(...place(event)) };
    moved = true;
    onHold(held);
    pulse ||= setTimeout(tell, Math.max(0, PULSE - (performance.now() - told)));
  });
  host.addEventListener("pointerup", () => {
    clearTimeout(pulse);
    if (moved) tell();
    pulse = 0;
    drop();
  });
  host.addEventListener("pointercancel", drop);
}

class Kind {
  constructor({ scene, theme, texts, chart }) {
    this.scene = scene;
    this.theme = theme;
    this.texts = texts;
    this.chart = chart;
    this.fit = scene.fit;
    this.size = scene.n_params;
  }

  get frame() {
    return this.chart.frames[0];
  }

  /** Number of predictions of a key frame. */
  get points() {
    return 0;
  }

  /**
   * Data places of the points, as arrays; a picture without points has none.
   *
   * @returns {(number[] | Float32Array)[]}
   */
  get places() {
    return [[], []];
  }

  /** Number of the data point nearest to a pixel, null if none is within reach. */
  nearestPoint(px, py, reach) {
    const [xs, ys] = this.places;
    let nearest = { away: reach, index: null };
    for (let i = 0; i < xs.length; i += 1) {
      const away = Math.hypot(this.frame.px(xs[i]) - px, this.frame.py(ys[i]) - py);
      if (away < nearest.away) nearest = { away, index: i };
    }
    return nearest.index;
  }

  /** Data place of a pixel, kept inside the picture. */
  dataAt(px, py) {
    const { frame } = this;
    const inside = (value, low, size) => Math.min(Math.max(value, low), low + size);
    return { x: frame.xAt(inside(px, frame.left, frame.width)), y: frame.yAt(inside(py, frame.top, frame.height)) };
  }

  /** Data place of a point. */
  pointAt(index) {
    const [xs, ys] = this.places;
    return { x: xs[index], y: ys[index] };
  }

  /** Put a point elsewhere, until the next scene says where it is. */
  movePoint({ index, x, y }) {
    const [xs, ys] = this.places;
    if (index < xs.length) [xs[index], ys[index]] = [x, y];
  }

  /** Draw what every sample costs the focused (or the only) run, where the scene tells it. */
  drawPenalties(context, { index, focus }) {
    const { residuals: mark, residual_values: values, residual_unit: unit } = this.fit;
    const run = this.shaded(this.runsAt(index, focus), focus);
    if (!mark || !run) return;
    const { frame } = this;
    const [xs, ys] = this.places;
    context.strokeStyle = context.fillStyle = run.color[this.theme.mode];
    context.lineWidth = 1.2;
    frame.clipped(context, () => {
      for (let i = 0; i < xs.length; i += 1) {
        const value = values[index * xs.length + i];
        if (!Number.isFinite(value)) continue;
        const [px, py] = [frame.px(xs[i]), frame.py(ys[i])];
        context.beginPath();
        if (mark === "disc") context.arc(px, py, DISC * Math.sqrt(Math.max(value, 0) / unit), 0, 7);
        else traceResidual(context, mark, { px, py, end: frame.py(value), frame });
        context.globalAlpha = 0.16;
        if (mark !== "bar") context.fill();
        context.globalAlpha = mark === "bar" ? 0.9 : 0.6;
        context.stroke();
      }
      context.globalAlpha = 1;
    });
  }

  /** The run that is shown in detail: the focused one, or the only one. */
  shaded(runs, focus) {
    return runs.find((run) => run.id === focus) ?? (this.scene.runs.length === 1 ? runs[0] : null);
  }

  /** Ring the samples of the batch at a frame, where the scene tells them. */
  drawBatch(context, index) {
    const { batches, batch_size: size } = this.fit;
    if (!batches) return;
    const [xs, ys] = this.places;
    this.frame.clipped(context, () => {
      for (const i of batches.subarray(index * size, (index + 1) * size)) {
        if (!(i >= 0)) continue;
        context.beginPath();
        context.arc(this.frame.px(xs[i]), this.frame.py(ys[i]), 5, 0, 7);
        strokeHaloed(context, { color: this.theme.text, dash: [], width: 2 }, this.theme);
      }
    });
  }

  /** Runs with finite params at a frame; the focused one last, so that it lies on top. */
  runsAt(index, focus) {
    const alive = this.scene.runs.filter((run) => Number.isFinite(run.xy[2 * index]));
    return alive.sort((a, b) => Number(a.id === focus) - Number(b.id === focus));
  }

  stroke(context, run, focus) {
    const look = { color: run.color[this.theme.mode], dash: run.dash, width: run.id === focus ? 2.8 : 2 };
    context.globalAlpha = focus && run.id !== focus ? 0.35 : 1;
    strokeHaloed(context, look, this.theme);
    context.globalAlpha = 1;
  }

  /** Prediction at point `i`: sent for key frames, or the basis times the params. */
  predict(run, index, i) {
    let sum = 0;
    if (run.outputs) sum = run.outputs[keyOf(this.fit, index) * this.points + i];
    else for (let j = 0; j < this.size; j += 1) sum += this.fit.basis[i * this.size + j] * run.params[index * this.size + j];
    return this.fit.link === "sigmoid" ? 1 / (1 + Math.exp(-sum)) : sum;
  }
}

/** The residual from a point to its prediction, or a square on it that stays in the picture. */
function traceResidual(context, mark, { px, py, end, frame }) {
  const side = Math.abs(end - py);
  const left = px + side > frame.left + frame.width ? px - side : px;
  if (mark === "square") context.rect(left, Math.min(py, end), side, side);
  else {
    context.moveTo(px, py);
    context.lineTo(px, end);
  }
}

/** Number of the last key frame at or before a frame. */
function keyOf({ key_frames: keys }, index) {
  let key = keys.length - 1;
  while (keys[key] > index) key -= 1;
  return key;
}

class CurveFit extends Kind {
  get places() {
    return [this.fit.x, this.fit.y];
  }

  get points() {
    return this.fit.grid.length;
  }

  scales() {
    const { fit } = this;
    const x = linearScale(extent(fit.grid), { label: fit.labels[0] });
    return [{ x, y: linearScale(extent(fit.y), { room: 0.12, label: fit.labels[1] }) }];
  }

  drawStill(context) {
    const { fit, frame, theme } = this;
    const look = { shape: "circle", radius: fit.x.length > 200 ? 2 : 2.8, fill: theme.classes[0], stroke: theme.text };
    frame.clipped(context, () => {
      context.globalAlpha = 0.75;
      fit.x.forEach((x, i) => drawPoint(context, { ...look, x: frame.px(x), y: frame.py(fit.y[i]) }));
    });
  }

  drawMoving(context, { index, focus }) {
    const { fit, frame } = this;
    frame.clipped(context, () => {
      for (const run of this.runsAt(index, focus)) {
        context.beginPath();
        traceLine(context, frame, { count: fit.grid.length, x: (i) => fit.grid[i], y: (i) => this.predict(run, index, i) });
        this.stroke(context, run, focus);
      }
    });
  }
}

class ScatterFit extends Kind {
  get points() {
    return this.fit.y.length;
  }

  scales() {
    const range = extent(this.fit.y);
    const [x, y] = this.fit.labels.map((label) => linearScale(range, { room: 0.1, label }));
    return [{ x, y }];
  }

  drawStill(context) {
    const { frame, theme } = this;
    const { low, high } = frame.x;
    context.beginPath();
    context.moveTo(frame.px(low), frame.py(low));
    context.lineTo(frame.px(high), frame.py(high));
    strokePlain(context, { color: theme.muted, dash: [4, 4], width: 1.2 });
  }

  drawMoving(context, { index, focus }) {
    const { fit, frame, theme } = this;
    frame.clipped(context, () => {
      for (const run of this.runsAt(index, focus)) {
        const look = { shape: run.marker, radius: 2.4, fill: run.color[theme.mode], stroke: theme.background };
        context.globalAlpha = focus && run.id !== focus ? 0.15 : 0.75;
        fit.y.forEach((y, i) => {
          drawPoint(context, { ...look, x: frame.px(y), y: frame.py(this.predict(run, index, i)) });
        });
      }
    });
  }
}

class RegionsFit extends Kind {
  get places() {
    return [this.fit.x1, this.fit.x2];
  }

  scales() {
    const { fit } = this;
    return [{
      x: linearScale([fit.grid_x[0], fit.grid_x.at(-1)], { label: fit.labels[0] }),
      y: linearScale([fit.grid_y[0], fit.grid_y.at(-1)], { label: fit.labels[1] }),
    }];
  }

  drawStill(context) {
    const { fit, frame, theme } = this;
    const radius = fit.y.length > 200 ? 2.4 : 3.2;
    frame.clipped(context, () => {
      context.globalAlpha = 0.9;
      fit.y.forEach((k, i) => {
        drawPoint(context, { ...classLook(k, theme), radius, x: frame.px(fit.x1[i]), y: frame.py(fit.x2[i]) });
      });
    });
  }

  drawMoving(context, { index, focus }) {
    const runs = this.runsAt(index, focus);
    const shaded = this.shaded(runs, focus);
    this.frame.clipped(context, () => {
      for (const run of runs) {
        const scores = run.outputs
          ? sentScores(run.outputs, this.fit, keyOf(this.fit, index))
          : classScores(this.fit, run.params, index * this.size);
        if (run === shaded) this.#shade(context, winners(scores));
        this.#traceBoundaries(context, scores);
        this.stroke(context, run, focus);
      }
    });
  }

  /** Paint the cell around every grid point, row by row in runs of the same class. */
  #shade(context, classes) {
    const { fit, frame, theme } = this;
    const columns = fit.grid_x.length;
    const rows = fit.grid_y.length;
    const cell = { width: frame.width / (columns - 1), height: frame.height / (rows - 1) };
    context.globalAlpha = 0.3;
    for (let j = 0; j < rows; j += 1) {
      for (let i = 0; i < columns;) {
        const k = classes[j * columns + i];
        const from = i;
        while (i < columns && classes[j * columns + i] === k) i += 1;
        context.fillStyle = theme.classes[k % theme.classes.length];
        context.fillRect(
          frame.left + (from - 0.5) * cell.width, frame.top + frame.height - (j + 0.5) * cell.height,
          (i - from) * cell.width, cell.height);
      }
    }
    context.globalAlpha = 1;
  }

  #traceBoundaries(context, scores) {
    const { fit, frame } = this;
    const columns = fit.grid_x.length;
    const rows = fit.grid_y.length;
    const px = (column) => frame.left + (frame.width * column) / (columns - 1);
    const py = (row) => frame.top + frame.height * (1 - row / (rows - 1));
    context.beginPath();
    for (const field of boundaryFields(scores)) {
      for (const points of zeroLines(field, columns, rows)) {
        points.forEach(([column, row], i) => context[i ? "lineTo" : "moveTo"](px(column), py(row)));
      }
    }
  }
}

class ParamsOverSteps extends Kind {
  scales() {
    const { scene, texts } = this;
    return scene.param_names.map((name, j) => ({
      x: linearScale([0, scene.last_step], { label: texts.axis_steps, whole: true }),
      y: linearScale(this.#range(j), { room: 0.08, label: subscript(name) }),
    }));
  }

  drawStill(context) {
    const { count } = this.scene.frames;
    this.exits = this.scene.runs.map((run) => this.chart.frames.map((frame, j) => this.#exit(run, frame, j)));
    context.globalAlpha = 0.28;
    for (const run of this.scene.runs) this.#stroke(context, run, { count });
    context.globalAlpha = 0.45;
    this.#drawExits(context, count);
    context.globalAlpha = 1;
  }

  drawMoving(context, { index, focus }) {
    for (const run of this.scene.runs) {
      context.globalAlpha = focus && run.id !== focus ? 0.3 : 1;
      this.#stroke(context, run, { count: index + 1 });
    }
    context.globalAlpha = 1;
    this.#drawExits(context, index);
  }

  /** Runs of which a param ends outside of its picture. */
  get left() {
    return this.scene.runs.filter((_, i) => this.exits?.[i].some((exit) => exit?.side));
  }

  /** Where a param leaves its picture for good, or is lost inside of it. */
  #exit(run, frame, j) {
    const values = Array.from({ length: this.scene.frames.count }, (_, k) => run.params[k * this.size + j]);
    const last = values.findLastIndex(Number.isFinite);
    const exit = exitOf(values.slice(0, last + 1), frame);
    return exit || last === values.length - 1 || last < 0 ? exit : { index: last, side: 0, value: values[last] };
  }

  #drawExits(context, index) {
    const { runs, steps } = this.scene;
    this.chart.frames.forEach((frame, j) => runs.forEach((run, i) => {
      const exit = this.exits[i][j];
      if (exit && index >= exit.index) drawExit(context, frame, { ...exit, x: steps[exit.index], run, theme: this.theme });
    }));
  }

  #stroke(context, run, { count }) {
    this.chart.frames.forEach((frame, j) => frame.clipped(context, () => {
      context.beginPath();
      traceLine(context, frame, { count, x: (k) => this.scene.steps[k], y: (k) => run.params[k * this.size + j] });
      strokePlain(context, { color: run.color[this.theme.mode], dash: run.dash, width: 2 });
    }));
  }

  /** Values that a param takes while its run is inside the surface's box. */
  #range(j) {
    const { runs, surface: { box: [[left, right], [bottom, top]] } } = this.scene;
    const values = runs.flatMap(({ xy, params }) =>
      Array.from({ length: xy.length / 2 }, (_, k) => k)
        .filter((k) => xy[2 * k] >= left && xy[2 * k] <= right && xy[2 * k + 1] >= bottom && xy[2 * k + 1] <= top)
        .map((k) => params[k * this.size + j]));
    return extent(values);
  }
}

const KINDS = { curve: CurveFit, scatter: ScatterFit, regions: RegionsFit, params: ParamsOverSteps };
