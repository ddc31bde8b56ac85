"""Huber loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Huber(Loss):
    """Quadratic near zero, linear in the tails: ½r² for |r| ≤ δ, else δ(|r| − ½δ).

    Equal to ``torch.nn.HuberLoss(delta=δ)``. Differentiable everywhere.

    References
    ----------
    P. J. Huber, "Robust Estimation of a Location Parameter", 1964.

    Examples
    --------
    >>> Huber(delta=1.0).value(np.array([0.5, 3.0]), np.array([0.0, 0.0]))
    array([0.125, 2.5  ])
    """

    name = "Huber loss"
    year = 1964
    task = "regression"
    formula = (
        r"\begin{cases}\tfrac12 r^2 & |r|\le\delta\\ \delta(|r|-\tfrac12\delta) & |r|>\delta"
        r"\end{cases},\quad r=\hat y-y"
    )

    delta: float = param(1.0, "δ (where the tails begin)", 0.01, 100.0, log=True)

    def value(self, y_pred: Array, y: Array) -> Array:
        size = np.abs(y_pred - y)
        core = np.minimum(size, self.delta)
        return core * (size - 0.5 * core)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return np.clip(y_pred - y, -self.delta, self.delta)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return (np.abs(y_pred - y) <= self.delta).astype(np.float64)
