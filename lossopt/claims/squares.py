"""Errors have both signs."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import FIVE, line
from lossopt.losses.mae import MAE
from lossopt.losses.mse import MSE
from lossopt.theory.loss_facts import best_constant


@final
class Squares(Claim):
    """Errors have both signs: that is why something is done to them, but not why they are squared.

    References
    ----------
    C. F. Gauss, "Theoria motus corporum coelestium", 1809 (squares).
    R. J. Boscovich, "De litteraria expeditione", 1757 (absolute values).
    """

    order = 4
    part = "mse"
    verdict = "misleading"

    def measured(self) -> dict[str, float]:
        y, near = line().y, np.array([0.01])
        flat = y - y.mean()
        return {
            "signed": abs(flat.mean()),
            "flat": np.square(flat).mean(),
            "best": line().minimum or 0.0,
            "mean": best_constant(FIVE, MSE()),
            "median": best_constant(FIVE, MAE()),
            "near": near[0],
            "squared_slope": MSE().gradient(near, np.zeros(1))[0],
            "absolute_slope": MAE().gradient(near, np.zeros(1))[0],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        cancels = numbers["signed"] < 1e-12 and numbers["flat"] > 5.0 * numbers["best"]
        return cancels and numbers["mean"] != numbers["median"]
