"""Hinge loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Hinge(Loss):
    """Margin loss of the support vector machine, ℓ = max(0, 1 − sz) with s = 2y − 1 = ±1.

    Notes
    -----
    Not differentiable at sz = 1; the chosen subgradient there is 0.

    References
    ----------
    C. Cortes, V. Vapnik, "Support-Vector Networks", 1995.

    Examples
    --------
    >>> Hinge().value(np.array([2.0, 0.5, 0.5]), np.array([1.0, 1.0, 0.0]))
    array([0. , 0.5, 1.5])
    """

    name = "Hinge loss"
    year = 1995
    task = "binary"
    formula = r"\max(0,\,1-sz),\quad s=2y-1"
    reaches_zero = True

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.maximum(0.0, 1.0 - (2.0 * y - 1.0) * y_pred)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        sign = 2.0 * y - 1.0
        return np.where(sign * y_pred < 1.0, -sign, 0.0)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return np.zeros_like(y_pred)
