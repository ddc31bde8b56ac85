const DIGITS = 6, SMALL = 1e-9;

/**
 * Who is how far, from the lowest loss up; runs with the same loss share a rank. Losses are the same if they agree to
 * six digits, or come as near to the minimum as a billionth of the way down (`lossopt/comparisons/ties.py` has the same
 * rule). Runs that have no loss any more come last, all with one rank.
 *
 * @param {ArrayLike<number>[]} losses of every run, frame by frame
 * @param {number} index of the frame
 * @param {number | null} minimum
 */
export function ranked(losses, index, minimum) {
  const floor = minimum === null ? -Infinity : minimum + SMALL * Math.abs((losses[0]?.[0] ?? minimum) - minimum);
  const rows = losses.map((loss, k) => ({ k, loss: loss[index], key: Number.isFinite(loss[index]) ? Number(Math.max(loss[index], floor).toPrecision(DIGITS)) : Infinity }));
  rows.sort((a, b) => (a.key === b.key ? a.k - b.k : a.key - b.key));
  let rank = 0;
  return rows.map(({ k, loss, key }, place) => {
    if (place === 0 || key !== rows[place - 1].key) rank = place + 1;
    return { k, rank, loss: Number.isFinite(loss) ? loss : null };
  });
}
