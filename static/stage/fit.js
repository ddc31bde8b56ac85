import { Chart, linearScale, traceLine } from "./axes.js";
import { drawPoint, strokeHaloed, strokePlain } from "./draw.js";
import { subscript } from "./format.js";
import { boundaryFields, classScores, sentScores, winners, zeroLines } from "./regions.js";
import { extent } from "./scene.js";

const GRASP = 14; // px; how near a data point a pointer has to press to drag it
const PULSE = 120; // ms between two places that are told while a point is dragged
const CLASS_MARKERS = ["circle", "square", "triangle", "diamond", "hexagon"];

/** Marker and colours of a class of the data, for points, regions and legend alike. */
export function classLook(k, theme) {
  return { shape: CLASS_MARKERS[k % CLASS_MARKERS.length], fill: theme.classes[k % theme.classes.length], stroke: theme.text };
}

/** The data with the current fit of every run; for a test function, the params over steps. */
export class FitView {
  #chart;
  #kind = null;

  /** `onPoint({index, x, y})` is called while a data point is dragged, where the fit allows it. */
  constructor(host, { onPoint }) {
    this.#chart = new Chart(host);
    listenForDrags(host, { kind: () => this.#kind, onPoint });
  }

  /** Draw what does not move: axes and data. */
  layOut({ scene, theme, texts }) {
    this.#kind = new KINDS[scene.fit.kind]({ scene, theme, texts, chart: this.#chart });
    this.#chart.begin(this.#kind.scales(), theme);
    if (this.#chart.frames.length) this.#kind.drawStill(this.#chart.still.context);
  }

  /** Draw the fit of every run at a frame. */
  draw({ index, focus }) {
    if (!this.#chart.frames.length) return;
    this.#chart.moving.clear();
    this.#kind.drawMoving(this.#chart.moving.context, { index, focus });
    this.#kind.drawBatch(this.#chart.moving.context, index);
  }
}

/** Press near a data point and drag it. */
function listenForDrags(host, { kind, onPoint }) {
  let held = null;
  let told = 0;
  const place = (event) => {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const tell = (event, now) => {
    if (!now && performance.now() - told < PULSE) return;
    told = performance.now();
    const [px, py] = place(event);
    onPoint({ index: held, ...kind().dataAt(px, py) });
  };
  host.addEventListener("pointerdown", (event) => {
    held = kind()?.fit.draggable ? kind().nearestPoint(...place(event), GRASP) : null;
    if (held === null) return;
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
  });
  host.addEventListener("touchstart", (event) => {
    if (held !== null) event.preventDefault(); // else the finger would scroll the page
  }, { passive: false });
  host.addEventListener("pointermove", (event) => {
    if (held !== null) tell(event, false);
    else host.style.cursor = kind()?.fit.draggable && kind().nearestPoint(...place(event), GRASP) !== null ? "grab" : "";
  });
  host.addEventListener("pointerup", (event) => {
    if (held !== null) tell(event, true);
    held = null;
  });
  host.addEventListener("pointercancel", () => { held = null; });
}

class Kind {
  constructor({ scene, theme, texts, chart }) {
    Object.assign(this, { scene, theme, texts, chart, fit: scene.fit, size: scene.n_params });
  }

  get frame() {
    return this.chart.frames[0];
  }

  /** Data places of the points, as arrays; a picture without points has none. */
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
    return alive.sort((a, b) => (a.id === focus) - (b.id === focus));
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
    const shaded = runs.find((run) => run.id === focus) ?? (this.scene.runs.length === 1 ? runs[0] : null);
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
    context.globalAlpha = 0.28;
    for (const run of this.scene.runs) this.#stroke(context, run, { count: this.scene.frames.count });
    context.globalAlpha = 1;
  }

  drawMoving(context, { index, focus }) {
    for (const run of this.scene.runs) {
      context.globalAlpha = focus && run.id !== focus ? 0.3 : 1;
      this.#stroke(context, run, { count: index + 1 });
    }
    context.globalAlpha = 1;
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
