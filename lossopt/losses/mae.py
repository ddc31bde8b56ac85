"""Mean absolute error."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class MAE(Loss):
    """Absolute error ℓ = |y_pred − y|; its minimizer is the median.

    Notes
    -----
    Not differentiable at y_pred = y; the chosen subgradient there is 0, as in PyTorch.

    References
    ----------
    R. J. Boscovich, "De litteraria expeditione per pontificiam ditionem", 1757.

    Examples
    --------
    >>> MAE().gradient(np.array([3.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]))
    array([ 1.,  0., -1.])
    """

    name = "Mean absolute error"
    year = 1757
    task = "regression"
    formula = r"|\hat y - y|"

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.abs(y_pred - y)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return np.sign(y_pred - y)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return np.zeros_like(y_pred)
