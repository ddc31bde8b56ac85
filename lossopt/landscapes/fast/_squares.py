"""Squared error: three numbers per grid point, whatever the number of samples."""

from __future__ import annotations

import numpy as np

from lossopt.landscapes.fast._sheet import EPS, TOLERANCE, Sheet, Values
from lossopt.params import Array

ROUNDINGS = 4.0
"""Units in the last place of the largest term that a residual may be wrong by."""


def squared_error(sheet: Sheet) -> Values:
    """Mean square of the residuals, from a triangle of the data or of the residuals themselves.

    The triangle of the data is known already, but far-off data cancel in it.
    """
    triangle = sheet.risk.triangle
    center, of_x, of_y = np.stack([sheet.center, *sheet.directions])
    parts = triangle[:, :-1] @ np.stack([of_x, of_y, center]).T
    parts[:, 2] -= triangle[:, -1]
    sizes = np.linalg.norm(triangle, axis=0)
    largest = np.abs(center) + np.abs(of_x) * sheet.x[-1] + np.abs(of_y) * sheet.y[-1]
    values, rounding = _squared_length(sheet, parts, float(sizes[:-1] @ largest + sizes[-1]))
    if values.min() * TOLERANCE >= rounding:
        return values, rounding
    base, of_x, of_y = sheet.z
    parts = sheet.risk.rooted(np.column_stack([of_x, of_y, base - sheet.risk.samples.y]))
    sizes = np.linalg.norm(parts, axis=0)
    reach = float(sizes[0] * sheet.x[-1] + sizes[1] * sheet.y[-1] + sizes[2])
    return _squared_length(sheet, parts, reach)


def _squared_length(sheet: Sheet, parts: Array, reach: float) -> Values:
    """Mean square of parts · (x, y, 1), by the QR factorization of the parts.

    With terms as long as `reach` a length ℓ is wrong by ε·reach and ℓ² by 2ε·ℓ·reach. What this
    says about the smallest ℓ² that is good enough is written as a bound for all.
    """
    n_samples = sheet.risk.n_samples
    triangle = np.zeros((3, 3))
    factor = np.linalg.qr(parts, mode="r")
    triangle[: len(factor)] = factor
    (of_x, of_y, base), (_, slope, shift), (_, _, rest) = triangle
    total = np.add.outer(of_y * sheet.y, of_x * sheet.x + base)
    np.square(total, out=total)
    total += (np.square(slope * sheet.y + shift) + rest * rest)[:, None]
    total /= n_samples
    smallest = np.square(2.0 * ROUNDINGS * EPS * reach / TOLERANCE) / n_samples
    return total, np.asarray(TOLERANCE * smallest)
