"""Escape from a saddle."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import steps_until
from lossopt.objectives.saddle import Saddle
from lossopt.optimizers import Optimizer
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param
from lossopt.trajectories import descend

FAR = 0.02


@final
@dataclasses.dataclass(frozen=True)
class SaddleEscape(Lesson):
    """How long does it take to leave a saddle? The distance to the ridge grows by 1 + 2η a step.

    Examples
    --------
    >>> SaddleEscape().answer(), SaddleEscape().theory()
    (114.0, 114.0)
    """

    name = "Escape from a saddle"
    order = 9
    level = "intermediate"
    minutes = 6
    possible = (1.0, 1e6)
    span = Span(1.0, 1000.0, whole=True)
    tolerance = 0.15
    try_next = (
        "lab?problem=saddle&runs=batch-momentum-adagrad-rmsprop-adam&batch.learning_rate=0.05"
        "&momentum.learning_rate=0.02&adagrad.learning_rate=0.1&rmsprop.learning_rate=0.02"
        "&adam.learning_rate=0.05&run.n_steps=100",
        "lessons?lesson=sigmoid_plateau",
    )

    learning_rate: float = param(0.05, "learning rate η", 0.01, 0.3, log=True)
    offset: float = param(2e-5, "distance of the start to the ridge", 1e-9, 0.1, log=True)

    def setup(self) -> Setup:
        rate = self.learning_rate
        entries = (Entry(GradientDescent(learning_rate=rate)), Entry(Adam(learning_rate=rate)))
        n_steps = int(self.theory()) + 5
        return Setup(Saddle(), entries, n_steps, start=(-1.6, self.offset), linear=True)

    def opening(self) -> Setup:
        whole = super().opening()
        return dataclasses.replace(whole, start=(-1.6, FAR), n_steps=self._far_steps() + 5)

    def answer(self) -> float:
        return float(self._steps(GradientDescent(learning_rate=self.learning_rate), self.offset))

    def theory(self) -> float:
        growth = np.log1p(2.0 * self.learning_rate)
        return float(np.ceil(np.log(1.0 / self.offset) / growth))

    def decides(self) -> float:
        return self.answer()

    def numbers(self) -> dict[str, float]:
        far = self._far_steps()
        return {
            "eta": self.learning_rate,
            "far": FAR,
            "near": self.offset,
            "closer": FAR / self.offset,
            "far_steps": far,
            "ratio": self.answer() / far,
            "growth": 1.0 + 2.0 * self.learning_rate,
            "adam_steps": self._steps(Adam(learning_rate=self.learning_rate), self.offset),
        }

    def _far_steps(self) -> int:
        return self._steps(GradientDescent(learning_rate=self.learning_rate), FAR)

    def _steps(self, rule: Optimizer, offset: float) -> int:
        """Steps until the distance to the ridge is 1."""
        n_steps = int(self.theory()) + 50
        run = descend(rule, Saddle(), start=(-1.6, offset), n_steps=n_steps)
        return steps_until(np.abs(run.iterates[:, 1]) >= 1.0)
