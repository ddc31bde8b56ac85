import { linearScale } from "./axes.js";
import { drawPoint, strokePlain } from "./draw.js";
import { Kind } from "./fit_kind.js";
import { Line } from "./line.js";
import { extent } from "./scene.js";
/** @import { Context, Decoded, State } from "./drawn.d.ts" */
/** @import { CurveFit, ScatterFit } from "./messages.d.ts" */

/**
 * Predictions over one feature.
 *
 * @extends {Kind<Decoded<CurveFit>>}
 */
export class CurveView extends Kind {
  get places() {
    return [this.fit.x, this.fit.y];
  }

  get points() {
    return this.fit.grid.length;
  }

  get standing() {
    return this.places;
  }

  scales() {
    const { fit } = this;
    const x = linearScale(extent(fit.grid), { label: fit.labels[0] });
    return [{ x, y: linearScale(extent(fit.y), { room: 0.12, label: fit.labels[1] }) }];
  }

  /** @param {Context} context */
  drawStill(context) {
    const { fit, frame, theme } = this;
    const look = { shape: "circle", radius: fit.x.length > 200 ? 2 : 2.8, fill: theme.classes[0], stroke: theme.text };
    frame.clipped(context, () => {
      context.globalAlpha = 0.75;
      fit.x.forEach((x, i) => drawPoint(context, { ...look, x: frame.px(x), y: frame.py(fit.y[i]) }));
    });
  }

  /** @param {Context} context @param {State} state */
  drawMoving(context, { index, focus }) {
    const { fit, frame } = this;
    frame.clipped(context, () => {
      for (const run of this.runsAt(index, focus)) {
        context.beginPath();
        new Line(frame, { count: fit.grid.length, x: (i) => fit.grid[i], y: (i) => this.predict(run, index, i) }).trace(context);
        this.stroke(context, run, focus);
      }
    });
  }
}

/**
 * Predictions over what they should be.
 *
 * @extends {Kind<Decoded<ScatterFit>>}
 */
export class ScatterView extends Kind {
  get points() {
    return this.fit.y.length;
  }

  get standing() {
    return [];
  }

  scales() {
    const range = extent(this.fit.y);
    const [x, y] = this.fit.labels.map((label) => linearScale(range, { room: 0.1, label }));
    return [{ x, y }];
  }

  /** @param {Context} context */
  drawStill(context) {
    const { frame, theme } = this;
    const { low, high } = frame.x;
    context.beginPath();
    context.moveTo(frame.px(low), frame.py(low));
    context.lineTo(frame.px(high), frame.py(high));
    strokePlain(context, { color: theme.muted, dash: [4, 4], width: 1.2 });
  }

  /** @param {Context} context @param {State} state */
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
