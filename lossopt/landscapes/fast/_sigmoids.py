"""Squared error on a sigmoid: e^z is a product of one factor per column and one per row."""

from __future__ import annotations

import numpy as np

from lossopt.landscapes.fast._sheet import EPS, Sheet, Values

BLOCK = 1 << 14
"""Cells times samples worked on at once: small enough for the cache."""
HIGHEST = 300.0
"""Largest exponent of a row's factor."""


def sigmoid_squared_error(sheet: Sheet) -> Values:
    """Mean of 1/(1 + e^m)², with m = sz the margin, s = ±1."""
    base, along_x, along_y = sheet.z * (2.0 * sheet.risk.y - 1.0)
    total = np.zeros((sheet.y.size, sheet.x.size))
    width = max(1, BLOCK // sheet.x.size)
    for first in range(0, len(base), width):
        some = slice(first, first + width)
        across = base[some, None] + np.multiply.outer(along_x[some], sheet.x)
        up = np.multiply.outer(along_y[some], sheet.y)
        separable = bool(np.abs(up).max() < HIGHEST)
        if separable:
            np.exp(across, out=across)
            np.exp(up, out=up)
        cells, ones = np.empty_like(across), np.ones(len(across))
        for row in range(sheet.y.size):
            if separable:
                np.multiply(across, up[:, row, None], out=cells)
            else:
                np.exp(np.add(across, up[:, row, None], out=cells), out=cells)
            cells += 1.0
            np.square(cells, out=cells)
            np.divide(1.0, cells, out=cells)
            total[row] += ones @ cells
    total /= len(base)
    return total, EPS * np.sqrt(total)
