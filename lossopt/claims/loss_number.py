"""A loss turns the differences into a number, and learning makes it small."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.trajectories import descend


@final
class LossNumber(Claim):
    """A loss turns the differences into a number, and learning makes it small."""

    order = 1
    part = "loss"
    verdict = "right"
    shown = "lab?problem=line&runs=batch&line.start=3.9_2.3&batch.learning_rate=0.25&run.n_steps=60"

    def measured(self) -> dict[str, float]:
        run = descend(GradientDescent(learning_rate=0.25), line(), start=START, n_steps=60)
        rises = int((np.diff(run.losses) > 0.0).sum())
        return {
            "steps": 60,
            "first": run.losses[0],
            "end_batch": run.losses[-1],
            "minimum": line().minimum or 0.0,
            "rises": rises,
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return not numbers["rises"] and numbers["end_batch"] < 1.001 * numbers["minimum"]
