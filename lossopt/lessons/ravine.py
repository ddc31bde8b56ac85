"""Ill-conditioning."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import steps_to_share
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.optimizers.momentum import Momentum
from lossopt.params import param
from lossopt.trajectories import descend


@final
@dataclasses.dataclass(frozen=True)
class Ravine(Lesson):
    """What a ravine costs: even the best η shrinks the distance by (κ − 1)/(κ + 1) a step only.

    Examples
    --------
    >>> Ravine().answer(), Ravine().theory()
    (116.0, 116.0)
    """

    name = "The ravine: what a condition number costs"
    order = 2
    level = "beginner"
    minutes = 6
    possible = (1.0, 1e6)
    span = Span(1.0, 1000.0, whole=True)
    tolerance = 0.15
    try_next = (
        "lab?problem=quadratic&quadratic.condition_number=50&quadratic.rotation=30"
        "&runs=batch-momentum-adam&batch.learning_rate=0.039&momentum.learning_rate=0.02"
        "&adam.learning_rate=0.3&run.n_steps=150",
        "lessons?lesson=feature_scaling",
    )

    condition_number: float = param(50.0, "condition number κ", 2.0, 500.0, log=True)
    rotation: float = param(0.0, "rotation in degrees", 0.0, 90.0)

    def setup(self) -> Setup:
        return Setup(
            Quadratic(condition_number=self.condition_number, rotation=self.rotation),
            (_descent(self.condition_number), _heavy_ball(self.condition_number)),
            n_steps=int(1.1 * self.theory()) + 5,
            told=("learning_rate", "momentum"),
        )

    def opening(self) -> Setup:
        easy = Quadratic(condition_number=5.0, rotation=self.rotation)
        return Setup(easy, (_descent(5.0),), n_steps=20)

    def answer(self) -> float:
        return float(self._steps(_descent(self.condition_number), self.condition_number))

    def theory(self) -> float:
        return _steps_in_theory(self.condition_number)

    def decides(self) -> float:
        return self.answer()

    def numbers(self) -> dict[str, float]:
        kappa = self.condition_number
        return {
            "kappa": kappa,
            "best_rate": 2.0 / (1.0 + kappa),
            "factor": (kappa - 1.0) / (kappa + 1.0),
            "easy_kappa": 5.0,
            "easy_steps": self._steps(_descent(5.0), 5.0),
            "momentum_steps": self._steps(_heavy_ball(kappa), kappa),
            "share": 100.0,
        }

    def _steps(self, entry: Entry, kappa: float) -> int:
        bowl = Quadratic(condition_number=kappa, rotation=self.rotation)
        n_steps = int(2.0 * _steps_in_theory(kappa)) + 50
        return steps_to_share(descend(entry, bowl, n_steps=n_steps), 0.01)


def _steps_in_theory(kappa: float) -> float:
    return float(np.ceil(np.log(100.0) / np.log((kappa + 1.0) / (kappa - 1.0))))


def _descent(kappa: float) -> Entry:
    """Gradient descent with the best learning rate of a bowl with curvatures 1 and κ."""
    rate = 2.0 / (1.0 + kappa)
    return Entry(GradientDescent(learning_rate=rate))


def _heavy_ball(kappa: float) -> Entry:
    """Momentum with the best learning rate and momentum of such a bowl."""
    root = float(np.sqrt(kappa))
    rate, momentum = (2.0 / (1.0 + root)) ** 2, ((root - 1.0) / (root + 1.0)) ** 2
    return Entry(Momentum(learning_rate=rate, momentum=momentum))
