/**
 * Class scores of one run on the grid, as one score per class and grid point
 * (`scores[k][point]`). Two classes share one logit: class 1 where it is positive.
 */
export function classScores(fit, params, offset) {
  const { basis, d1, n_classes: classes } = fit;
  const points = basis.length / d1;
  const columns = classes === 2 ? 1 : classes;
  const scores = Array.from({ length: columns }, () => new Float64Array(points));
  for (let point = 0; point < points; point += 1) {
    for (let j = 0; j < d1; j += 1) {
      const value = basis[point * d1 + j];
      for (let k = 0; k < columns; k += 1) scores[k][point] += value * params[offset + j * columns + k];
    }
  }
  return scores;
}

/** Class with the highest score at every grid point. */
export function winners(scores) {
  return Uint8Array.from(scores[0], (first, point) => {
    if (scores.length === 1) return first > 0 ? 1 : 0;
    let best = 0;
    for (let k = 1; k < scores.length; k += 1) if (scores[k][point] > scores[best][point]) best = k;
    return best;
  });
}

/** Fields whose zero lines are the boundaries between the classes. */
export function boundaryFields(scores) {
  if (scores.length === 1) return scores;
  return scores.slice(0, -1).map((own, k) =>
    own.map((score, point) => {
      let rival = -Infinity;
      for (let j = 0; j < scores.length; j += 1) if (j !== k) rival = Math.max(rival, scores[j][point]);
      return score - rival;
    }));
}

/**
 * Zero line of a field on a grid by marching squares: `segment(x1, y1, x2, y2)` is called for each
 * piece, in grid units (column, row).
 */
export function zeroLine(field, columns, rows, segment) {
  for (let j = 0; j + 1 < rows; j += 1) {
    for (let i = 0; i + 1 < columns; i += 1) {
      const at = j * columns + i;
      const corners = [field[at], field[at + 1], field[at + columns + 1], field[at + columns]];
      const crossings = cellCrossings(corners);
      for (let c = 0; c + 1 < crossings.length; c += 2) {
        segment(i + crossings[c][0], j + crossings[c][1], i + crossings[c + 1][0], j + crossings[c + 1][1]);
      }
    }
  }
}

/** Where the zero line crosses the four edges of a cell, as points in the unit square. */
function cellCrossings([a, b, c, d]) {
  const signs = (a > 0) + (b > 0) + (c > 0) + (d > 0);
  if (signs === 0 || signs === 4) return [];
  const crossings = [];
  if (a > 0 !== b > 0) crossings.push([a / (a - b), 0]);
  if (b > 0 !== c > 0) crossings.push([1, b / (b - c)]);
  if (c > 0 !== d > 0) crossings.push([d / (d - c), 1]);
  if (d > 0 !== a > 0) crossings.push([0, a / (a - d)]);
  return crossings.every(([x, y]) => Number.isFinite(x + y)) ? crossings : [];
}
