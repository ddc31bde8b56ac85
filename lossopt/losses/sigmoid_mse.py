"""Squared error on a sigmoid."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.losses.binary_cross_entropy import sigmoid, sigmoid_gap
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class SigmoidMSE(Loss):
    """Squared error of a probability, ℓ = (σ(z) − y)²: flat where the model is confidently wrong.

    At z = −10, y = 1 its gradient is about 10⁴ times smaller than that of cross-entropy: a
    plateau. It is not convex in z.

    References
    ----------
    D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by back-propagating
    errors", 1986.

    Examples
    --------
    >>> SigmoidMSE().value(np.array([0.0]), np.array([1.0]))
    array([0.25])
    """

    name = "Squared error on a sigmoid"
    year = 1986
    task = "binary"
    formula = r"(\sigma(z)-y)^2"
    convex = False

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.square(sigmoid_gap(y_pred, y))

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return 2.0 * sigmoid_gap(y_pred, y) * sigmoid(y_pred) * sigmoid(-y_pred)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        h, rest = sigmoid(y_pred), sigmoid(-y_pred)
        return 2.0 * h * rest * (h * rest + sigmoid_gap(y_pred, y) * (rest - h))
