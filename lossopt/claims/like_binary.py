"""With two classes, categorical cross-entropy is the binary one of the logits' difference."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy
from lossopt.models.logistic import Logistic
from lossopt.models.softmax import Softmax


@final
class LikeBinary(Claim):
    """With two classes, categorical cross-entropy is the binary one of the logits' difference.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4.
    """

    order = 10
    part = "categorical"
    verdict = "right"

    def measured(self) -> dict[str, float]:
        logits = np.random.default_rng(0).normal(0.0, 5.0, size=(1000, 2))
        y = np.arange(1000.0) % 2.0
        many = CategoricalCrossEntropy().value(logits, y)
        two = BinaryCrossEntropy().value(logits[:, 1] - logits[:, 0], y)
        return {
            "difference": np.abs(many - two).max(),
            "pairs": 1000,
            "params_binary": len(Logistic().param_names(2, 1)),
            "params_softmax": len(Softmax().param_names(2, 2)),
        }

    def holds(self) -> bool:
        return self.numbers["difference"] < 1e-12
