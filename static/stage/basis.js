import { prepared } from "../programs/data.js";
/** @import { Fit } from "./drawn.d.ts" */

/**
 * A data view with what its predictions are made of, where that is made of its grid.
 *
 * @template {Fit} F
 * @param {F} fit
 * @returns {F}
 */
export function withBasis(fit) {
  const { monomials } = fit;
  return monomials ? { ...fit, basis: Float32Array.from(pointsOf(fit).flatMap((point) => prepared(point, monomials))) } : fit;
}

/** Points of the grid, row by row. @param {Fit} fit @returns {number[][]} */
function pointsOf(fit) {
  if (fit.kind === "curve") return Array.from(fit.grid, (x) => [x]);
  if (fit.kind !== "regions") return [];
  const { grid_x: across, grid_y: up, others = [] } = fit;
  return Array.from(up).flatMap((y) => Array.from(across, (x) => [x, y, ...others]));
}
