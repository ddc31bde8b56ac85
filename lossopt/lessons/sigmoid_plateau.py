"""The plateau of a squared error on a sigmoid."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets import Dataset
from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.losses import LOSSES
from lossopt.models.logistic import Logistic
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param
from lossopt.trajectories import descend


@final
@dataclasses.dataclass(frozen=True)
class SigmoidPlateau(Lesson):
    """How much harder does cross-entropy pull on a confident, wrong model? 1/(2σ(z)(1 − σ(z))).

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural
    Networks", 2010.

    Examples
    --------
    >>> round(SigmoidPlateau().answer()), round(SigmoidPlateau().theory())
    (11014, 11014)
    """

    name = "Confident and wrong: the sigmoid's plateau"
    order = 11
    level = "intermediate"
    minutes = 6
    possible = (0.0, 1e9)
    span = Span(1.0, 1e6)
    tolerance = 1.0
    try_next = (
        "lab?problem=overlapping&loss=sigmoid_mse&runs=batch-adam&batch.learning_rate=1"
        "&adam.learning_rate=0.1&run.n_steps=200",
        "lessons?lesson=outliers",
    )

    logit: float = param(10.0, "wrong logit |z|", 1.0, 14.0)
    loss: str = param(
        "binary_cross_entropy", "loss", choices=("binary_cross_entropy", "sigmoid_mse")
    )

    def setup(self) -> Setup:
        return self._stage(self.loss)

    def opening(self) -> Setup:
        return self._stage("sigmoid_mse")

    def answer(self) -> float:
        return self._first_step("binary_cross_entropy") / self._first_step("sigmoid_mse")

    def theory(self) -> float:
        h = 1.0 / (1.0 + np.exp(self.logit))
        return float(1.0 / (2.0 * h * (1.0 - h)))

    def numbers(self) -> dict[str, float]:
        steep, flat = (
            self._stage(loss).descents()[0] for loss in ("binary_cross_entropy", "sigmoid_mse")
        )
        return {
            "z": self.logit,
            "probability": float(1.0 / (1.0 + np.exp(self.logit))),
            "steep": self._first_step("binary_cross_entropy"),
            "flat": self._first_step("sigmoid_mse"),
            "steps": steep.n_steps,
            "steep_end": float(steep.losses[-1]),
            "flat_end": float(flat.losses[-1]),
        }

    def _stage(self, loss: str) -> Setup:
        entry = Entry(GradientDescent(learning_rate=1.0))
        return Setup(self._risk(loss), (entry,), n_steps=60, start=(-self.logit, 0.0))

    def _risk(self, loss: str) -> EmpiricalRisk:
        data = Dataset(
            np.array([-1.0, 1.0]), np.array([0.0, 1.0]), "binary", class_names=("0", "1")
        )
        return EmpiricalRisk(data, Logistic(), LOSSES[loss]())

    def _first_step(self, loss: str) -> float:
        """How far w moves in the first step with η = 1."""
        rule = GradientDescent(learning_rate=1.0)
        run = descend(rule, self._risk(loss), start=(-self.logit, 0.0), n_steps=1)
        return float(abs(run.iterates[1, 0] - run.iterates[0, 0]))
