"""Mini-batches are slow, too: where the curvatures differ, and then not for being mini."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import best_descent, heavy_ball, steps_to_percent


@final
class StillSlow(Claim):
    """Mini-batches are slow, too: where the curvatures differ, and then not for being mini.

    References
    ----------
    B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", 1964.
    """

    order = 21
    part = "sgd"
    verdict = "right_if"
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=100&runs=batch-momentum"
        "&batch.learning_rate=0.0198&momentum.learning_rate=0.033&momentum.momentum=0.67"
        "&run.n_steps=230"
    )

    def measured(self) -> dict[str, float]:
        numbers: dict[str, float] = {}
        for kappa in (1, 10, 100):
            numbers[f"kappa_{kappa}"] = kappa
            numbers[f"steps_{kappa}"] = steps_to_percent(best_descent(kappa), kappa)
        return {**numbers, "momentum": steps_to_percent(heavy_ball(100.0), 100.0)}

    def holds(self) -> bool:
        numbers = self.numbers
        grows = numbers["steps_1"] < numbers["steps_10"] < numbers["steps_100"]
        return grows and 4.0 * numbers["momentum"] < numbers["steps_100"]
