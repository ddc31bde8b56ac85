"""The inertia is usually 0.9: best for one condition number only."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import heavy_ball, steps_to_percent

USUAL = 0.9
KAPPAS = (2, 10, 100, 1000)
TRIED = np.linspace(0.0, 0.98, 50)


@final
class UsualMomentum(Claim):
    """The inertia is usually 0.9: best for one condition number only.

    References
    ----------
    B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", 1964.
    I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the Importance of Initialization and Momentum
    in Deep Learning", 2013.
    """

    order = 24
    part = "beyond"
    verdict = "right_if"
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=10&runs=momentum-momentum~2"
        "&momentum.learning_rate=0.08&momentum.momentum=0.9"
        "&momentum~2.learning_rate=0.23&momentum~2.momentum=0.26&run.n_steps=60"
    )

    def measured(self) -> dict[str, float]:
        root = USUAL**0.5
        numbers = {"usual": USUAL, "fits": ((1.0 + root) / (1.0 - root)) ** 2}
        for kappa in KAPPAS:
            steps = [steps_to_percent(heavy_ball(kappa, mu), kappa, 500) for mu in TRIED]
            reached = np.where(np.array(steps) < 0.0, np.inf, steps)
            numbers[f"kappa_{kappa}"] = kappa
            numbers[f"best_{kappa}"] = TRIED[int(reached.argmin())]
            numbers[f"steps_{kappa}"] = reached.min()
            numbers[f"usual_{kappa}"] = steps_to_percent(heavy_ball(kappa, USUAL), kappa)
        return numbers

    def holds(self) -> bool:
        numbers = self.numbers
        ratios = [numbers[f"usual_{kappa}"] / numbers[f"steps_{kappa}"] for kappa in KAPPAS]
        return ratios[0] > ratios[1] > ratios[2] > 1.2 > ratios[3]
