"""Binary cross-entropy."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array

FAR = -700.0
"""Below it the logistic function is e^z to all digits, and e^(−z) soon overflows."""


def sigmoid(z: Array) -> Array:
    """Logistic function 1/(1 + e^(−z)), to all digits on both sides."""
    return _power_and_sigmoid(z)[1]


def sigmoid_gap(z: Array, y: Array) -> Array:
    """σ(z) − y for labels 0 and 1, to all digits however close the two are."""
    power, h = _power_and_sigmoid(z)
    return np.where(y * z > 0.0, -power * h, h - y)


def _power_and_sigmoid(z: Array) -> tuple[Array, Array]:
    """e^(−z), but e^z where z is far below 0, and σ(z)."""
    far = z < FAR
    power = np.exp(np.where(far, z, -z))
    return power, np.where(far, power, 1.0 / (1.0 + power))


@final
@dataclasses.dataclass(frozen=True)
class BinaryCrossEntropy(Loss):
    """Cross-entropy of a Bernoulli label on the logit z: max(z, 0) − zy + log(1 + e^(−|z|)).

    It equals −y log H − (1 − y) log(1 − H) with H = σ(z), and never overflows.

    References
    ----------
    J. Berkson, "Application of the Logistic Function to Bio-Assay", 1944.

    Examples
    --------
    >>> BinaryCrossEntropy().value(np.array([0.0, 800.0]), np.array([1.0, 1.0]))
    array([0.69314718, 0.        ])
    """

    name = "Binary cross-entropy"
    year = 1944
    task = "binary"
    formula = r"-y\log H-(1-y)\log(1-H),\quad H=\sigma(z)"

    def value(self, y_pred: Array, y: Array) -> Array:
        return np.maximum(y_pred, 0.0) - y_pred * y + np.log1p(np.exp(-np.abs(y_pred)))

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return sigmoid_gap(y_pred, y)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return sigmoid(y_pred) * sigmoid(-y_pred)
