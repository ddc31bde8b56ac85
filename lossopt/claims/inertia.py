"""Momentum moves by the movement before and a coefficient of inertia."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.lessons._objectives import Ramp
from lossopt.optimizers.momentum import Momentum
from lossopt.trajectories import descend


@final
class Inertia(Claim):
    """Momentum moves by the movement before and a coefficient of inertia.

    References
    ----------
    B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", 1964.
    """

    order = 23
    part = "beyond"
    verdict = "right"
    formula = r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta v"
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=25&quadratic.rotation=30"
        "&runs=batch-momentum&batch.learning_rate=0.072&momentum.learning_rate=0.02&run.n_steps=100"
    )

    def measured(self) -> dict[str, float]:
        run = descend(Momentum(learning_rate=0.01, momentum=0.9), Ramp(), n_steps=200)
        steps = np.abs(np.diff(run.iterates[:, 0])) / 0.01
        return {"mu": 0.9, "first": steps[0], "second": steps[1], "last": steps[-1], "steps": 200}

    def holds(self) -> bool:
        numbers = self.numbers
        return abs(numbers["last"] * (1.0 - numbers["mu"]) - 1.0) < 1e-6
