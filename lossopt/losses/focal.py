"""Focal loss."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.losses.binary_cross_entropy import sigmoid
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Focal(Loss):
    """Cross-entropy that cares less about easy samples: ℓ = −(1 − p)^γ log p, p = σ(sz).

    With γ = 0 it is the binary cross-entropy; with γ > 0 it is not convex in z.

    References
    ----------
    T.-Y. Lin et al., "Focal Loss for Dense Object Detection", 2017.

    Examples
    --------
    >>> Focal(focusing=2.0).value(np.array([0.0]), np.array([1.0])) * 4.0
    array([0.69314718])
    """

    name = "Focal loss"
    year = 2017
    task = "binary"
    formula = r"-(1-p)^\gamma\log p,\quad p=\sigma(sz),\ s=2y-1"
    convex = False

    focusing: float = param(2.0, "focusing γ", 0.0, 5.0)

    def value(self, y_pred: Array, y: Array) -> Array:
        _, wrong, cost = _parts(y_pred, y)
        return wrong**self.focusing * cost

    def gradient(self, y_pred: Array, y: Array) -> Array:
        right, wrong, cost = _parts(y_pred, y)
        pull = self.focusing * right * cost + wrong
        return -(2.0 * y - 1.0) * wrong**self.focusing * pull

    def curvature(self, y_pred: Array, y: Array) -> Array:
        right, wrong, cost = _parts(y_pred, y)
        g = self.focusing
        bend = g * g * right * cost + wrong * (1.0 + 2.0 * g - g * cost)
        return wrong**g * right * bend


def _parts(z: Array, y: Array) -> tuple[Array, Array, Array]:
    """Probability of the true class, of the other one, and −log of the first."""
    u = (2.0 * y - 1.0) * z
    cost = np.maximum(-u, 0.0) + np.log1p(np.exp(-np.abs(u)))
    return sigmoid(u), sigmoid(-u), cost
