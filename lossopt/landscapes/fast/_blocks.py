"""Any loss: blocks of grid points that fit the cache."""

from __future__ import annotations

import numpy as np

from lossopt.landscapes.fast._sheet import Sheet
from lossopt.params import Array

BLOCK = 15_000
"""Predictions worked on at once: they fit the cache, and stay below the 128 kB from which on the C
library asks the system for fresh memory every time."""


def blockwise(sheet: Sheet) -> Array:
    """Mean loss by its definition."""
    (_, targets, weights), loss = sheet.risk.samples, sheet.risk.loss
    base, along_x, along_y = sheet.z
    width = max(1, min(len(base), BLOCK // base[0].size))
    height = max(1, BLOCK // (width * base[0].size))
    total = np.zeros((sheet.y.size, sheet.x.size))
    for first in range(0, len(base), width):
        samples = slice(first, first + width)
        for start in range(0, sheet.x.size, height):
            columns = slice(start, start + height)
            across = base[samples] + np.multiply.outer(sheet.x[columns], along_x[samples])
            z = np.empty_like(across)
            for row, y in enumerate(sheet.y):
                np.add(across, y * along_y[samples], out=z)
                losses = loss.value(z, targets[samples])
                if weights is not None:
                    losses = losses * weights[samples]
                total[row, columns] += losses.sum(axis=-1)
    return total / len(base)
