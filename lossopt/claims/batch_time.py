"""All data take long: for one step, and where many samples say the same."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line, squares
from lossopt.datasets import Dataset
from lossopt.lessons._measure import steps_until
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.sweeps import seed_bands
from lossopt.trajectories import descend

NEAR = 1.5
"""How often the lowest loss counts as near it."""
TIMES = 10
"""How often every sample is repeated."""


@final
class BatchTime(Claim):
    """All data take long: for one step, and where many samples say the same.

    References
    ----------
    L. Bottou, O. Bousquet, "The Tradeoffs of Large Scale Learning", 2008.
    """

    order = 15
    part = "batch"
    verdict = "right_if"
    shown = (
        "lab?problem=line&runs=batch-sgd&line.start=3.9_2.3&batch.learning_rate=0.25"
        "&sgd.learning_rate=0.05&run.n_steps=100&axis=gradients"
    )

    def measured(self) -> dict[str, float]:
        data, numbers = line().dataset, {"times": TIMES, "near": 100.0 * (NEAR - 1.0), "seeds": 60}
        for name, times in (("once", 1), ("often", TIMES)):
            risk = squares(Dataset(np.tile(data.X, (times, 1)), np.tile(data.y, times)))
            near, n = NEAR * (risk.minimum or 0.0), risk.n_samples
            rule = GradientDescent(learning_rate=0.25)
            whole = descend(rule, risk, start=START, n_steps=100).losses
            single = GradientDescent(learning_rate=0.05)
            bands = seed_bands(single, risk, start=START, seeds=60, n_steps=400, quantiles=(0.5,))
            numbers[f"n_{name}"] = n
            numbers[f"batch_{name}"] = n * steps_until(whole < near)
            numbers[f"sgd_{name}"] = steps_until(bands.bands[0] < near)
        return numbers

    def holds(self) -> bool:
        numbers = self.numbers
        grows = numbers["batch_often"] / numbers["batch_once"]
        return grows == TIMES and numbers["sgd_often"] < 2.0 * numbers["sgd_once"]
