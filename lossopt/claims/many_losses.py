"""There are many losses, and each has an answer of its own to the same data."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import FIVE
from lossopt.losses import LOSSES
from lossopt.losses.mae import MAE
from lossopt.losses.mse import MSE
from lossopt.theory.loss_facts import best_constant


@final
class ManyLosses(Claim):
    """There are many losses, and each has an answer of its own to the same data.

    References
    ----------
    P. J. Huber, "Robust Estimation of a Location Parameter", 1964.
    """

    order = 2
    part = "loss"
    verdict = "right"

    def measured(self) -> dict[str, float]:
        return {
            "losses": len(LOSSES),
            "mse": best_constant(FIVE, MSE()),
            "mae": best_constant(FIVE, MAE()),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["losses"] > 3 and numbers["mse"] != numbers["mae"]
