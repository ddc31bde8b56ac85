"""Mean squared error."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class MSE(Loss):
    """Squared error ℓ = (y_pred − y)², without a hidden ½; its minimizer is the mean.

    References
    ----------
    A.-M. Legendre, "Nouvelles méthodes pour la détermination des orbites des comètes", 1805.

    Examples
    --------
    >>> MSE().value(np.array([3.0, 1.0]), np.array([1.0, 1.0]))
    array([4., 0.])
    """

    name = "Mean squared error"
    year = 1805
    task = "regression"
    formula = r"(\hat y - y)^2"

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.square(y_pred - y)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return 2.0 * (y_pred - y)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return np.full_like(y_pred, 2.0)
