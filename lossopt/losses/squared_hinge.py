"""Squared hinge loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class SquaredHinge(Loss):
    """Hinge loss without its kink, ℓ = max(0, 1 − sz)² with s = 2y − 1 = ±1.

    References
    ----------
    Y.-J. Lee, O. L. Mangasarian, "SSVM: A Smooth Support Vector Machine for Classification", 2001.

    Examples
    --------
    >>> SquaredHinge().value(np.array([2.0, 0.5, 0.5]), np.array([1.0, 1.0, 0.0]))
    array([0.  , 0.25, 2.25])
    """

    name = "Squared hinge loss"
    year = 2001
    task = "binary"
    formula = r"\max(0,\,1-sz)^2,\quad s=2y-1"
    reaches_zero = True

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.square(np.maximum(0.0, 1.0 - (2.0 * y - 1.0) * y_pred))

    def gradient(self, y_pred: Array, y: Array) -> Array:
        sign = 2.0 * y - 1.0
        return -2.0 * sign * np.maximum(0.0, 1.0 - sign * y_pred)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return np.where((2.0 * y - 1.0) * y_pred < 1.0, 2.0, 0.0)
