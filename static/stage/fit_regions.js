import { neuronsAt } from "../network/neurons.js";
import { linearScale } from "./axes.js";
import { drawPoint } from "./draw.js";
import { Kind, keyOf } from "./fit_kind.js";
import { boundaryFields, classScores, sentScores, winners, zeroLines } from "./regions.js";
import { extent } from "./scene.js";
/** @import { Frame } from "./axes.js" */
/** @import { Context, Decoded, Made, Run, State, Theme } from "./drawn.d.ts" */
/** @import { RegionsFit } from "./messages.d.ts" */
/** @import { Scores } from "./regions.js" */

const CLASS_MARKERS = ["circle", "square", "triangle", "diamond", "hexagon"];

/**
 * Marker and colours of a class of the data, for points, regions and legend alike.
 *
 * @param {number} k
 * @param {Theme} theme
 */
export function classLook(k, theme) {
  return { shape: CLASS_MARKERS[k % CLASS_MARKERS.length], fill: theme.classes[k % theme.classes.length], stroke: theme.text };
}

/**
 * Classes over two features.
 *
 * @extends {Kind<Decoded<RegionsFit> & Made>}
 */
export class RegionsView extends Kind {
  get places() {
    return [this.fit.x1, this.fit.x2];
  }

  /** @returns {Kind["standing"]} */
  get standing() {
    return [...this.places, this.fit.y];
  }

  scales() {
    const { fit } = this;
    return [{
      x: linearScale(extent(fit.grid_x), { label: fit.labels[0] }),
      y: linearScale(extent(fit.grid_y), { label: fit.labels[1] }),
    }];
  }

  /** @param {Context} context */
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

  /**
   * @param {Context} context
   * @param {State} state
   */
  drawMoving(context, { index, focus }) {
    const runs = this.runsAt(index, focus);
    const shaded = this.shaded(runs, focus);
    this.frame.clipped(context, () => {
      for (const run of runs) {
        const scores = this.scores(run, index);
        if (!scores) continue;
        if (run === shaded) this.#shade(context, winners(scores));
        context.beginPath();
        this.traceBoundaries(context, scores, this.frame);
        this.stroke(context, run, focus);
      }
    });
  }

  /**
   * Scores of every class at every grid point: as they were sent, asked of the model, or from the params.
   *
   * @param {Run} run
   * @param {number} index
   * @returns {Scores | null}
   */
  scores(run, index) {
    const { basis, d1, key_frames: keys, n_classes: classes } = this.fit;
    if (run.outputs && keys) return sentScores(run.outputs, this.fit, keyOf(keys, index));
    if (this.fit.network) return neuronsAt(this.scene, run, index)?.at(-1) ?? null;
    const outputs = this.fit.outputs?.(run, index);
    if (outputs) return sentScores(Float64Array.from(outputs), this.fit, 0);
    return run.params && basis && d1 ? classScores({ basis, d1, classes }, run.params, index * this.size) : null;
  }

  /**
   * Paint the cell around every grid point, row by row in runs of the same class.
   *
   * @param {Context} context
   * @param {Uint8Array} classes
   */
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

  /**
   * Put the lines between the classes on the path.
   *
   * @param {Context} context
   * @param {Scores} scores
   * @param {Frame} frame
   */
  traceBoundaries(context, scores, frame) {
    const { fit } = this;
    const columns = fit.grid_x.length;
    const rows = fit.grid_y.length;
    /** @param {number} column */
    const px = (column) => frame.left + (frame.width * column) / (columns - 1);
    /** @param {number} row */
    const py = (row) => frame.top + frame.height * (1 - row / (rows - 1));
    for (const field of boundaryFields(scores)) {
      for (const points of zeroLines(field, columns, rows)) {
        points.forEach(([column, row], i) => context[i ? "lineTo" : "moveTo"](px(column), py(row)));
      }
    }
  }
}
