"""The sigmoid lies between 0 and 1; so do others, and that is not why it is taken."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.sigmoid_mse import SigmoidMSE


@final
class Sigmoid(Claim):
    """The sigmoid lies between 0 and 1; so do others, and that is not why it is taken.

    References
    ----------
    D. R. Cox, "The Regression Analysis of Binary Sequences", 1958.
    """

    order = 6
    part = "binary"
    verdict = "misleading"
    formula = r"H(x) = \sigma(wx + b) = \frac{1}{1 + e^{-(wx + b)}}"
    shown = (
        "losses?data=one_feature&a.run.learning_rate=0.5&b.run.learning_rate=0.5&run.n_steps=150"
    )

    def measured(self) -> dict[str, float]:
        z, one = np.array([-6.0]), np.ones(1)
        height = 0.5 + np.arctan(z[0]) / np.pi
        return {
            "z": z[0],
            "cross_entropy": BinaryCrossEntropy().gradient(z, one)[0],
            "arctangent": -1.0 / (np.pi * (1.0 + z[0] ** 2) * height),
            "squared": SigmoidMSE().gradient(z, one)[0],
        }

    def holds(self) -> bool:
        slopes = [abs(self.numbers[name]) for name in ("cross_entropy", "arctangent", "squared")]
        return slopes[0] > 0.99 and slopes[0] > 5.0 * slopes[1] > 5.0 * slopes[2]
