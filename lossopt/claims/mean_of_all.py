"""The objective is the mean over all samples."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.datasets import DATASETS
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.models.logistic import Logistic
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.trajectories import descend


@final
class MeanOfAll(Claim):
    """The objective is the mean over all samples, and it has one bottom."""

    order = 9
    part = "binary"
    verdict = "right"
    shown = "lab?problem=overlapping&runs=batch&batch.learning_rate=1&run.n_steps=300"

    def measured(self) -> dict[str, float]:
        risk = EmpiricalRisk(DATASETS["overlapping"](), Logistic(), BinaryCrossEntropy())
        starts = ((0.0, 0.0, 0.0), (-4.0, 5.0, 3.0))
        rule = GradientDescent(learning_rate=1.0)
        near, far = (descend(rule, risk, start=start, n_steps=300) for start in starts)
        return {
            "steps": 300,
            "near_first": near.losses[0],
            "far_first": far.losses[0],
            "end_batch": near.losses[-1],
            "far_end": far.losses[-1],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        apart = numbers["far_first"] - numbers["near_first"]
        return apart > 1.0 and abs(numbers["end_batch"] - numbers["far_end"]) < 1e-6
