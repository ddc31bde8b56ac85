"""Cross-entropy is large where the prediction is sure and wrong."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy


@final
class LargeError(Claim):
    """Cross-entropy is large where the prediction is sure and wrong.

    References
    ----------
    I. J. Good, "Rational Decisions", 1952.
    """

    order = 7
    part = "binary"
    verdict = "right"
    shown = (
        "losses?data=one_feature&over=probability&b.loss=focal&a.run.learning_rate=0.5"
        "&b.run.learning_rate=0.5"
    )

    def measured(self) -> dict[str, float]:
        sure = np.array([0.99, 0.5, 0.01, 0.001])
        found = BinaryCrossEntropy().value(np.log(sure / (1.0 - sure)), np.ones(4))
        names = ("right", "even", "wrong", "hopeless")
        return {
            **dict(zip(names, found, strict=True)),
            **{f"h_{name}": h for name, h in zip(names, sure, strict=True)},
            "squared": (1.0 - sure[-1]) ** 2,
        }

    def holds(self) -> bool:
        numbers = self.numbers
        rising = numbers["right"] < numbers["even"] < numbers["wrong"] < numbers["hopeless"]
        return rising and numbers["squared"] < 1.0
