"""An optimizer makes the loss small: smaller, and not always the smallest there is."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.objectives.styblinski_tang import StyblinskiTang
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.trajectories import descend

SIDE = 20
"""Starts a side."""


@final
class AnOptimizer(Claim):
    """An optimizer makes the loss small: smaller, and not always the smallest there is."""

    order = 13
    part = "optimizer"
    verdict = "right_if"
    shown = (
        "lab?problem=styblinski_tang&styblinski_tang.start=0.5_0.8&runs=batch-momentum"
        "&batch.learning_rate=0.01&momentum.learning_rate=0.01&run.n_steps=150"
    )

    def measured(self) -> dict[str, float]:
        hills, rule = StyblinskiTang(), GradientDescent(learning_rate=0.01)
        side = [np.linspace(low, high, SIDE) for low, high in hills.bounds]
        starts = np.stack(np.meshgrid(*side), axis=-1).reshape(-1, 2)
        runs = descend([rule] * len(starts), hills, start=starts, n_steps=300)
        lowest, found = hills.minimum or 0.0, np.array([run.losses[-1] for run in runs])
        fallen = np.array([run.losses[-1] < run.losses[0] for run in runs])
        return {
            "starts": len(starts),
            "fallen": 100.0 * fallen.mean(),
            "lowest": 100.0 * (found < lowest + 1e-3).mean(),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["fallen"] == 100.0 and 10.0 < numbers["lowest"] < 60.0
