"""A batch is the data of one step."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.theory.gradient_noise import steps_per_epoch
from lossopt.trajectories import descend

SIZES = {"batch": 100, "mini_batch": 16, "sgd": 1}


@final
class Batch(Claim):
    """A batch is the data of one step."""

    order = 14
    part = "batch"
    verdict = "right"
    shown = (
        "lab?problem=line&runs=batch-mini_batch-sgd&line.start=3.9_2.3&batch.learning_rate=0.05"
        "&mini_batch.learning_rate=0.05&sgd.learning_rate=0.05&run.n_steps=100&axis=epochs"
    )

    def measured(self) -> dict[str, float]:
        rule, n = GradientDescent(learning_rate=0.05), line().n_samples
        numbers = {"n": float(n), "mini": 16.0, "steps": 100.0}
        for name, size in SIZES.items():
            run = descend(rule, line(), start=START, n_steps=100, batch_size=size)
            numbers[f"steps_{name}"] = steps_per_epoch(n, size)
            numbers[f"end_{name}"] = run.losses[-1]
        return numbers

    def holds(self) -> bool:
        steps = [self.numbers[f"steps_{name}"] for name in SIZES]
        return steps == [1.0, 7.0, 100.0]
