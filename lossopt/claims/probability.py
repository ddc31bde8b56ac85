"""p is what the model takes for the probability of a class, if it is calibrated."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.datasets import Dataset
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy, softmax
from lossopt.models.softmax import Softmax
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import Array
from lossopt.trajectories import descend

FEATURES, CLASSES = 10, 3
LEARNED, UNSEEN = 60, 5000


@final
class Probability(Claim):
    """p is what the model takes for the probability of a class, if it is calibrated.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On Calibration of Modern Neural Networks", 2017.
    """

    order = 12
    part = "categorical"
    verdict = "right_if"

    def measured(self) -> dict[str, float]:
        rng = np.random.default_rng(0)
        truth = rng.normal(size=(FEATURES, CLASSES))
        learned, unseen = _drawn(rng, truth, LEARNED), _drawn(rng, truth, UNSEEN)
        risk = EmpiricalRisk(learned, Softmax(), CategoricalCrossEntropy())
        params = descend(GradientDescent(learning_rate=0.5), risk, n_steps=1000).iterates[-1]
        W, b = params[:-CLASSES].reshape(FEATURES, CLASSES), params[-CLASSES:]
        p = softmax(unseen.X @ W + b)
        return {
            "learned": LEARNED,
            "unseen": UNSEEN,
            "steps": 1000,
            "said": 100.0 * p.max(axis=1).mean(),
            "true": 100.0 * (p.argmax(axis=1) == unseen.y).mean(),
        }

    def holds(self) -> bool:
        return self.numbers["said"] > self.numbers["true"] + 10.0


def _drawn(rng: np.random.Generator, truth: Array, n_samples: int) -> Dataset:
    """Samples whose classes are drawn with the probabilities of a true model."""
    X = rng.normal(size=(n_samples, FEATURES))
    noisy = X @ truth / 2.0 + rng.gumbel(size=(n_samples, CLASSES))
    names = tuple(f"x{k}" for k in range(FEATURES))
    classes = tuple(map(str, range(CLASSES)))
    return Dataset(X, noisy.argmax(axis=1).astype(float), "multiclass", names, class_names=classes)
