"""Log-cosh loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class LogCosh(Loss):
    """ℓ = log cosh r, like ½r² near zero and like |r| − log 2 far out; smooth everywhere.

    References
    ----------
    P. J. Green, "Bayesian Reconstructions From Emission Tomography Data Using a Modified EM
    Algorithm", 1990.

    Examples
    --------
    >>> LogCosh().gradient(np.array([0.0, 50.0]), np.array([0.0, 0.0]))
    array([0., 1.])
    """

    name = "Log-cosh loss"
    year = 1990
    task = "regression"
    formula = r"\log\cosh r,\quad r=\hat y-y"

    def value(self, y_pred: Array, y: Array) -> Array:
        size = np.abs(y_pred - y)
        near = np.log1p(2.0 * np.square(np.sinh(0.5 * np.minimum(size, 1.0))))  # cosh r − 1 inside
        return np.where(size <= 1.0, near, size + np.log1p(0.5 * np.expm1(-2.0 * size)))

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return np.tanh(y_pred - y)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        small = np.exp(-2.0 * np.abs(y_pred - y))
        return 4.0 * small / np.square(1.0 + small)
