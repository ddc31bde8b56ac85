"""Steps on one sample vary and end inaccurately: as long as the learning rate stays."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.entries import Entry
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.schedules.inverse_sqrt import InverseSqrt
from lossopt.trajectories import descend

PASSES, SEEDS = 10, 6


@final
class Noise(Claim):
    """Steps on one sample vary and end inaccurately: as long as the learning rate stays.

    References
    ----------
    B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
    """

    order = 18
    part = "sgd"
    verdict = "right_if"
    shown = (
        "lab?problem=line&runs=sgd-sgd~2&line.start=3.9_2.3&sgd.learning_rate=0.1"
        "&sgd~2.learning_rate=0.1&sgd~2.schedule=inverse_sqrt&sgd~2.inverse_sqrt.timescale=10"
        "&run.n_steps=1000&axis=epochs"
    )

    def measured(self) -> dict[str, float]:
        risk, n = line(), line().n_samples
        lowest = risk.minimum or 0.0
        rule = GradientDescent(learning_rate=0.1)
        calm = Entry(rule, 1, InverseSqrt(timescale=10))
        averaged = Entry(rule, 1, average=True)
        whole = descend(rule, risk, start=START, n_steps=PASSES).losses - lowest
        numbers = {"passes": PASSES, "seeds": SEEDS, "batch_first": whole[1], "batch": whole[-1]}
        for name, entry in (("sgd", Entry(rule, 1)), ("calm", calm), ("averaged", averaged)):
            runs = descend(
                [entry] * SEEDS, risk, start=START, n_steps=PASSES * n, seed=[*range(SEEDS)]
            )
            excess = np.array([run.losses for run in runs]) - lowest
            numbers[f"{name}_first"] = excess[:, n].mean()
            numbers[name] = excess[:, -n:].mean()
        return numbers

    def holds(self) -> bool:
        numbers = self.numbers
        early = numbers["sgd_first"] < 0.2 * numbers["batch_first"]
        calmer = max(numbers["calm"], numbers["averaged"]) < 0.2 * numbers["sgd"]
        return early and calmer and numbers["batch"] < 0.2 * numbers["sgd"]
