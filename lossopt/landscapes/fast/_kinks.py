"""Losses made of straight lines and parabolas: bin the kinks of a row, then add up.

Along a row of the grid a residual is r = a + x·p. Signs are turned so that p ≥ 0: then every
sample changes from one piece of the loss to the next at one column, and sums of a and of p over
all samples left or right of their kink are cumulative sums of a histogram.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lossopt.landscapes.fast._sheet import EPS, Sheet, Values
from lossopt.params import Array, IntArray

BLOCK = 1 << 13
"""Kinks that are binned at once: small enough for the cache."""
NEVER = 1e-300
"""A slope this small never reaches its kink."""
ROUNDINGS = 8.0
"""Units in the last place of the largest term that a cumulative sum may be wrong by."""


def absolute_error(sheet: Sheet) -> Values:
    """Mean of |z − y|."""
    return _kinked(sheet, sheet.z - _only_base(sheet.risk.y), 1.0, 1.0)


def hinge(sheet: Sheet) -> Values:
    """Mean of max(0, 1 − sz), s = ±1."""
    margins = sheet.z * (2.0 * sheet.risk.y - 1.0)
    return _kinked(sheet, _only_base(np.ones_like(margins[0])) - margins, 1.0, 0.0)


def _only_base(values: Array) -> Array:
    return np.asarray(values * np.array([[1.0], [0.0], [0.0]]))


def _kinked(sheet: Sheet, residuals: Array, high: float, low: float) -> Values:
    """Mean of high·max(r, 0) + low·max(−r, 0)."""
    turned = residuals * np.where(residuals[1] < 0.0, -1.0, 1.0)
    groups = [(turned, high, low)]
    if high != low:
        backward = residuals[1] < 0.0
        groups = [(turned[:, ~backward], high, low), (turned[:, backward], low, high)]
    total = np.zeros((sheet.y.size, sheet.x.size))
    for (base, along_x, along_y), right, left in groups:
        for samples, rows in _blocks(len(base), sheet.y.size):
            p = along_x[samples]
            a = base[samples] + np.multiply.outer(sheet.y[rows], along_y[samples])
            bins = _kink_columns(a, p, sheet.x)
            for weights, factor in ((a, 1.0), (np.broadcast_to(p, a.shape), sheet.x)):
                sums = _histogram(bins, weights, sheet.x.size)
                if right:
                    total[rows] += right * factor * sums.cumsum(axis=1)[:, :-1]
                if left:
                    total[rows] -= left * factor * sums[:, :0:-1].cumsum(axis=1)[:, ::-1]
    n_samples = residuals.shape[1]
    return total / n_samples, ROUNDINGS * EPS * _reach(sheet, residuals)


def huber(sheet: Sheet) -> Values:
    """Mean Huber loss: every sample starts in its left tail and is corrected after its two kinks.

    The tail −δr − ½δ² becomes ½r² by adding ½(r + δ)² and later δr − ½δ² by taking ½(r − δ)² off.
    """
    delta = float(getattr(sheet.risk.loss, "delta"))  # noqa: B009
    residuals = sheet.z - _only_base(sheet.risk.y)
    residuals = residuals * np.where(residuals[1] < 0.0, -1.0, 1.0)
    base, along_x, along_y = residuals
    total = np.zeros((sheet.y.size, sheet.x.size))
    for samples, rows in _blocks(len(base), sheet.y.size):
        p = along_x[samples]
        a = base[samples] + np.multiply.outer(sheet.y[rows], along_y[samples])
        tails = np.add.outer(a.sum(axis=1) + 0.5 * delta * len(p), sheet.x * p.sum())
        found = [np.zeros((len(a), sheet.x.size + 1)) for _ in range(3)]
        for side in (1.0, -1.0):
            u = a + side * delta
            bins = _kink_columns(u, p, sheet.x)
            weights = (
                0.5 * side * u * u,
                side * u * p,
                np.broadcast_to(0.5 * side * p * p, u.shape),
            )
            for order, weight in enumerate(weights):
                found[order] += _histogram(bins, weight, sheet.x.size)
        constant, linear, square = (sums.cumsum(axis=1)[:, :-1] for sums in found)
        total[rows] += constant + sheet.x * (linear + sheet.x * square) - delta * tails
    reach = _reach(sheet, residuals, np.square) + delta * delta
    return total / len(base), ROUNDINGS * EPS * reach


def _blocks(n_samples: int, n_rows: int) -> Iterator[tuple[slice, slice]]:
    """Pieces of all pairs of a sample and a row."""
    width = min(n_samples, BLOCK // 4)
    height = BLOCK // max(width, 1)
    for first in range(0, n_samples, max(width, 1)):
        for row in range(0, n_rows, height):
            yield slice(first, first + width), slice(row, row + height)


def _kink_columns(a: Array, p: Array, x: Array) -> IntArray:
    """First column with a + x·p ≥ 0, as an index into a histogram with one row per row of `a`."""
    spacing = (x[-1] - x[0]) / (x.size - 1)
    columns = a * (-1.0 / np.maximum(p * spacing, NEVER))
    columns -= x[0] / spacing
    np.clip(np.ceil(columns, out=columns), 0.0, x.size, out=columns)
    columns += np.arange(len(a))[:, None] * (x.size + 1.0)
    return np.asarray(columns.astype(np.int64))


def _histogram(bins: IntArray, weights: Array, n_columns: int) -> Array:
    """Sums of the weights per row and column, ``(n_rows, n_columns + 1)``."""
    n_rows = len(bins)
    sums = np.bincount(bins.ravel(), weights.ravel(), minlength=n_rows * (n_columns + 1))
    return np.asarray(sums.reshape(n_rows, n_columns + 1), dtype=np.float64)


def _reach(sheet: Sheet, residuals: Array, power: np.ufunc = np.abs) -> Array:
    """Mean size of the terms that a value is summed from."""
    base, of_x, of_y = power(residuals).mean(axis=1)
    return np.asarray(np.add.outer(of_y * power(sheet.y) + base, of_x * power(sheet.x)))
