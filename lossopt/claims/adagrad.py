"""Adagrad makes up for different curvatures: along the axes only."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import fewest_steps
from lossopt.lessons._objectives import Ramp
from lossopt.optimizers.adagrad import Adagrad
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.trajectories import descend

KAPPA = 100.0


@final
class FasterAdagrad(Claim):
    """Adagrad makes up for different curvatures: along the axes only.

    References
    ----------
    J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", 2011.
    """

    order = 25
    part = "beyond"
    verdict = "right_if"
    formula = (
        r"s \leftarrow s + g^2,"
        r"\quad \theta \leftarrow \theta - \eta\, g / (\sqrt{s} + \varepsilon)"
    )
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=100&quadratic.rotation=45"
        "&quadratic.start=-2.83_-0.71&runs=adagrad-batch&adagrad.learning_rate=1.85"
        "&batch.learning_rate=0.0185&run.n_steps=210"
    )

    def measured(self) -> dict[str, float]:
        run = descend(Adagrad(learning_rate=0.01), Ramp(), n_steps=100)
        steps = np.abs(np.diff(run.iterates[:, 0]))
        return {
            "kappa": KAPPA,
            "descent": fewest_steps(GradientDescent(), KAPPA),
            "along": fewest_steps(Adagrad(), KAPPA),
            "across": fewest_steps(Adagrad(), KAPPA, 45.0),
            "slope_steps": 100,
            "shrunk": steps[0] / steps[-1],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return 10.0 * numbers["along"] < numbers["descent"] < numbers["across"]
