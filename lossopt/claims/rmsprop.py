"""RMSprop keeps its pace, and so it needs a falling learning rate to come to rest."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import fewest_steps
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.optimizers.rmsprop import RMSprop
from lossopt.trajectories import descend

KAPPA = 100.0


@final
class FasterRMSprop(Claim):
    """RMSprop keeps its pace, and so it needs a falling learning rate to come to rest.

    References
    ----------
    T. Tieleman, G. Hinton, "Lecture 6.5: RMSprop", 2012.
    """

    order = 26
    part = "beyond"
    verdict = "misleading"
    formula = (
        r"s \leftarrow \rho s + (1 - \rho) g^2,"
        r"\quad \theta \leftarrow \theta - \eta\, g / (\sqrt{s} + \varepsilon)"
    )
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=100&runs=rmsprop-batch"
        "&rmsprop.learning_rate=0.05&rmsprop.decay=0.9&batch.learning_rate=0.0185&run.n_steps=300"
    )

    def measured(self) -> dict[str, float]:
        rule = RMSprop(learning_rate=0.05, decay=0.9)
        run = descend(rule, Quadratic(condition_number=KAPPA), n_steps=1000)
        return {
            "kappa": KAPPA,
            "rho": rule.decay,
            "eta": rule.learning_rate,
            "steps": 1000,
            "rest": np.abs(run.iterates[-1]).max() / rule.learning_rate,
            "descent": fewest_steps(GradientDescent(), KAPPA),
            "along": fewest_steps(rule, KAPPA),
            "across": fewest_steps(rule, KAPPA, 45.0),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        slower = numbers["descent"] < numbers["along"] < numbers["across"]
        return slower and abs(numbers["rest"] - 0.5) < 1e-2
