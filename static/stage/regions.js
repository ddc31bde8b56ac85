/**
 * @typedef {(Float64Array | Float32Array | Int8Array)[]} Scores of every class, one per grid point
 * @typedef {[number, number]} Place in grid units
 * @typedef {{edge: number, point: Place}} Crossing
 */

/**
 * Class scores of one run on the grid, as one score per class and grid point
 * (`scores[k][point]`). Two classes share one logit: class 1 where it is positive.
 *
 * @param {{basis: Float32Array, d1: number, classes: number}} fit
 * @param {Float32Array | Float64Array} params
 * @param {number} offset where the params of the frame begin
 * @returns {Scores}
 */
export function classScores({ basis, d1, classes }, params, offset) {
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

/**
 * The same from predictions that were sent, at key frame number `key`.
 *
 * @param {Scores[number]} outputs
 * @param {{grid_x: Float32Array, grid_y: Float32Array, n_classes: number}} fit
 * @param {number} key
 * @returns {Scores}
 */
export function sentScores(outputs, { grid_x: across, grid_y: up, n_classes: classes }, key) {
  const points = across.length * up.length;
  const columns = classes === 2 ? 1 : classes;
  return Array.from({ length: columns }, (_, k) => outputs.subarray((key * columns + k) * points, (key * columns + k + 1) * points));
}

/**
 * Class with the highest score at every grid point.
 *
 * @param {Scores} scores
 */
export function winners(scores) {
  return Uint8Array.from(scores[0], (first, point) => {
    if (scores.length === 1) return first > 0 ? 1 : 0;
    let best = 0;
    for (let k = 1; k < scores.length; k += 1) if (scores[k][point] > scores[best][point]) best = k;
    return best;
  });
}

/**
 * Fields whose zero lines are the boundaries between the classes.
 *
 * @param {Scores} scores
 * @returns {Scores}
 */
export function boundaryFields(scores) {
  if (scores.length === 1) return scores;
  return scores.slice(0, -1).map((own, k) =>
    Float64Array.from(own, (score, point) => {
      let rival = -Infinity;
      for (let j = 0; j < scores.length; j += 1) if (j !== k) rival = Math.max(rival, scores[j][point]);
      return score - rival;
    }));
}

/**
 * Zero lines of a field on a grid by marching squares, as lists of points in grid units
 * (column, row). The pieces of all cells are joined, so that a line can be dashed.
 *
 * @param {Scores[number]} field
 * @param {number} columns
 * @param {number} rows
 * @returns {Place[][]}
 */
export function zeroLines(field, columns, rows) {
  const points = new Map(); // edge of the grid -> where a line crosses it
  const links = new Map(); // edge -> the edges that its line goes on to
  for (let j = 0; j + 1 < rows; j += 1) {
    for (let i = 0; i + 1 < columns; i += 1) {
      const crossings = cellCrossings(field, columns, i, j);
      for (let c = 0; c + 1 < crossings.length; c += 2) link(points, links, crossings[c], crossings[c + 1]);
    }
  }
  return joinLinks(points, links);
}

/**
 * Where zero lines cross the edges of a cell: `{edge, point}`, two for each line.
 *
 * @param {Scores[number]} field
 * @param {number} columns
 * @param {number} i
 * @param {number} j
 */
function cellCrossings(field, columns, i, j) {
  const at = j * columns + i;
  const [a, b, c, d] = [field[at], field[at + 1], field[at + columns + 1], field[at + columns]];
  const above = Number(a > 0) + Number(b > 0) + Number(c > 0) + Number(d > 0);
  if (above === 0 || above === 4) return [];
  /** @type {Crossing[]} */
  const crossings = [];
  /** @param {number} from @param {number} to @param {number} edge @param {(share: number) => Place} place */
  const cross = (from, to, edge, place) => {
    const share = from / (from - to);
    if (from > 0 !== to > 0 && Number.isFinite(share)) crossings.push({ edge, point: place(share) });
  };
  cross(a, b, 2 * at, (share) => [i + share, j]);
  cross(b, c, 2 * (at + 1) + 1, (share) => [i + 1, j + share]);
  cross(d, c, 2 * (at + columns), (share) => [i + share, j + 1]);
  cross(a, d, 2 * at + 1, (share) => [i, j + share]);
  return crossings;
}

/**
 * @param {Map<number, Place>} points
 * @param {Map<number, number[]>} links
 * @param {...{edge: number, point: Place}} ends
 */
function link(points, links, ...ends) {
  for (const [one, other] of [ends, [...ends].reverse()]) {
    points.set(one.edge, one.point);
    links.set(one.edge, [...(links.get(one.edge) ?? []), other.edge]);
  }
}

/** @param {Map<number, Place>} points @param {Map<number, number[]>} links */
function joinLinks(points, links) {
  const lines = [];
  const nextTo = (/** @type {number} */ edge) => links.get(edge) ?? [];
  const place = (/** @type {number} */ edge) => points.get(edge) ?? [NaN, NaN];
  const ends = [...links.keys()].filter((edge) => nextTo(edge).length === 1);
  /** @type {Set<number>} */
  const seen = new Set();
  for (const start of [...ends, ...links.keys()]) {
    if (seen.has(start)) continue;
    /** @type {Place[]} */
    const line = [];
    /** @type {number | undefined} */
    let edge = start;
    while (edge !== undefined) {
      seen.add(edge);
      line.push(place(edge));
      edge = nextTo(edge).find((next) => !seen.has(next));
    }
    if (nextTo(start).length === 2) line.push(place(start)); // a ring
    lines.push(line);
  }
  return lines;
}
