"""Binary cross-entropy."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.losses._base import Loss
from lossopt.params import Array


def sigmoid(z: Array) -> Array:
    """Logistic function 1/(1 + e^(−z)), to all digits on both sides."""
    power = np.exp(-np.abs(z))
    return np.abs((z > 0.0) - power / (1.0 + power))


def sigmoid_gap(z: Array, y: Array) -> Array:
    """σ(z) − y for labels 0 and 1, to all digits however close the two are."""
    sign = wrong_side(y)
    return sign * sigmoid(sign * z)


def wrong_side(y: Array) -> Array:
    """Sign of the logits that are wrong for labels 0 and 1."""
    return 1.0 - 2.0 * y


@final
@dataclasses.dataclass(frozen=True)
class BinaryCrossEntropy(Loss):
    """Cross-entropy of a Bernoulli label on the logit z: log(1 + eᵐ), m = −z for 1 and z for 0.

    It equals −y log H − (1 − y) log(1 − H) with H = σ(z), and as max(m, 0) + log(1 + e^(−|m|))
    never overflows.

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
        wrong = wrong_side(y) * y_pred
        return np.maximum(wrong, 0.0) + np.log1p(np.exp(-np.abs(wrong)))

    def gradient(self, y_pred: Array, y: Array) -> Array:
        return sigmoid_gap(y_pred, y)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        power = np.exp(-np.abs(y_pred))
        return power / np.square(1.0 + power)
