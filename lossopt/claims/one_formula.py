"""Two cases in one formula."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy


@final
class OneFormula(Claim):
    """Two cases in one formula: the same, as long as no computer takes the logarithm of 0.

    References
    ----------
    P. Blanchard, D. J. Higham, N. J. Higham, "Accurately Computing the Log-Sum-Exp and Softmax
    Functions", 2021.
    """

    order = 8
    part = "binary"
    verdict = "right_if"
    formula = (
        r"y = 1\colon\ \ell = -\log H,\quad y = 0\colon\ \ell = -\log (1 - H),"
        r"\quad \ell = -\bigl[\,y \log H + (1 - y) \log (1 - H)\,\bigr]"
    )

    def measured(self) -> dict[str, float]:
        h, y = np.linspace(0.001, 0.999, 999)[:, None], np.array([0.0, 1.0])
        cases = np.where(y == 1.0, -np.log(h), -np.log(1.0 - h))
        joined = -(y * np.log(h) + (1.0 - y) * np.log(1.0 - h))
        z = np.arange(1.0, 100.0)
        with np.errstate(divide="ignore"):
            as_written = (1.0 / (1.0 + np.exp(-z.astype(kind))) for kind in ("f8", "f4"))
            naive, single = (-np.log(1.0 - h) for h in as_written)
        first, first_single = (z[int(np.argmax(np.isinf(found)))] for found in (naive, single))
        return {
            "places": len(h),
            "difference": np.abs(cases - joined).max(),
            "first": first,
            "first_single": first_single,
            "logits": BinaryCrossEntropy().value(np.array([first]), np.zeros(1))[0],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["difference"] == 0.0 and abs(numbers["logits"] - numbers["first"]) < 1e-9
