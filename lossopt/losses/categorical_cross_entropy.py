"""Categorical cross-entropy."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np
from numpy.typing import NDArray

from lossopt.losses._base import Loss
from lossopt.params import Array, param


def softmax(z: Array) -> Array:
    """Probabilities e^z / Σ e^z over the last axis; the row maximum is removed first."""
    powers = z - z.max(axis=-1, keepdims=True)
    np.exp(powers, out=powers)
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


@final
@dataclasses.dataclass(frozen=True)
class CategoricalCrossEntropy(Loss):
    """Cross-entropy of a class label on K logits, ℓ = −Σ q_k log softmax(z)_k.

    The target q puts 1 − s on the true class and spreads s over all K classes
    (s = label smoothing, as in ``torch.nn.CrossEntropyLoss``).

    References
    ----------
    J. S. Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs",
    1990. Label smoothing: C. Szegedy et al., "Rethinking the Inception Architecture", 2016.

    Examples
    --------
    >>> CategoricalCrossEntropy().value(np.zeros((1, 3)), np.array([2]))
    array([1.09861229])
    """

    name = "Categorical cross-entropy"
    year = 1990
    task = "multiclass"
    formula = r"-\sum_k q_k\log\operatorname{softmax}(z)_k"

    label_smoothing: float = param(0.0, "label smoothing", 0.0, 0.5)

    def value(self, y_pred: Array, y: Array) -> Array:
        shifted = y_pred - y_pred.max(axis=-1, keepdims=True)
        highest = shifted == 0.0
        others = np.exp(shifted)
        others -= highest
        log_total = np.log1p(others.sum(axis=-1) + (highest.sum(axis=-1) - 1.0))
        shifted *= self._target(y_pred, y)
        return log_total - shifted.sum(axis=-1)

    def gradient(self, y_pred: Array, y: Array) -> Array:
        own, smoothing = 1.0 * _one_hot(y_pred, y), self.label_smoothing
        slopes = softmax(y_pred) - ((1.0 - smoothing) * own + smoothing / y_pred.shape[-1])
        rounding = slopes.sum(axis=-1, keepdims=True)  # p − q sums to 0; a p near 1 has lost this
        return slopes - own * rounding

    def curvature(self, y_pred: Array, y: Array) -> Array:
        p = softmax(y_pred)
        classes = np.arange(p.shape[-1])
        matrix: Array = p[..., :, None] * -p[..., None, :]
        others = p @ (1.0 - np.eye(len(classes)))  # 1 − p without the 1
        matrix[..., classes, classes] = p * others
        return matrix

    def _target(self, y_pred: Array, y: Array) -> Array:
        smoothing = self.label_smoothing
        return (1.0 - smoothing) * _one_hot(y_pred, y) + smoothing / y_pred.shape[-1]


def _one_hot(y_pred: Array, y: Array) -> NDArray[np.bool_]:
    classes = np.arange(y_pred.shape[-1])[:, None]
    return (y[..., None, :] == classes).swapaxes(-1, -2)
