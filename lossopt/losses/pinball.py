"""Pinball loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Pinball(Loss):
    """Quantile loss, ℓ = max(−τr, (1 − τ)r) with r = y_pred − y; its minimizer is the τ-quantile.

    For τ = ½ it is half the absolute error.

    Notes
    -----
    Not differentiable at r = 0; the chosen subgradient there is 0.

    References
    ----------
    R. Koenker, G. Bassett, "Regression Quantiles", 1978.

    Examples
    --------
    >>> Pinball(tau=0.75).value(np.array([3.0, -1.0]), np.array([1.0, 1.0]))
    array([0.5, 1.5])
    """

    name = "Pinball loss"
    year = 1978
    task = "regression"
    formula = r"\max(-\tau r,\,(1-\tau)r),\quad r=\hat y-y"

    tau: float = param(0.75, "quantile τ", 0.05, 0.95, limits=(0.001, 0.999))

    def value(self, y_pred: Array, y: Array) -> Array:
        gap = y_pred - y
        return np.maximum(-self.tau * gap, (1.0 - self.tau) * gap)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        side = np.sign(y_pred - y)
        return np.where(side < 0.0, -self.tau, (1.0 - self.tau) * side)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return np.zeros_like(y_pred)
