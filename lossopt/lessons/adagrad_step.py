"""Adagrad's dying step."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import step_lengths
from lossopt.lessons._objectives import Ramp
from lossopt.optimizers.adagrad import Adagrad
from lossopt.optimizers.rmsprop import RMSprop
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class AdagradStep(Lesson):
    """How long is Adagrad's step number t on a slope that never changes? η/√t.

    Examples
    --------
    >>> round(AdagradStep().answer(), 6), AdagradStep().theory()
    (0.1, 0.1)
    """

    name = "Adagrad's dying step"
    order = 6
    level = "intermediate"
    minutes = 5
    possible = (0.0, 10.0)
    span = Span(0.001, 1.0)
    tolerance = 0.1
    try_next = (
        "lab?problem=plateau&runs=adagrad-rmsprop-adam&adagrad.learning_rate=0.1"
        "&rmsprop.learning_rate=0.01&adam.learning_rate=0.1&run.n_steps=200",
        "lessons?lesson=bias_correction",
    )

    step: int = param(100, "step t", 4, 1000, log=True)
    learning_rate: float = param(0.1, "learning rate η", 0.01, 1.0, log=True)

    def setup(self) -> Setup:
        rate = self.learning_rate
        entries = (Entry(Adagrad(learning_rate=rate)), Entry(RMSprop(learning_rate=rate)))
        return Setup(Ramp(), entries, n_steps=self.step, linear=True, follow=True)

    def opening(self) -> Setup:
        whole = super().opening()
        return dataclasses.replace(whole, n_steps=4)

    def answer(self) -> float:
        rule = Adagrad(learning_rate=self.learning_rate)
        return float(step_lengths(rule, Ramp(), self.step)[-1] / self.learning_rate)

    def theory(self) -> float:
        return float(1.0 / np.sqrt(self.step))

    def decides(self) -> float:
        return float(self.step)

    def numbers(self) -> dict[str, float]:
        rule = RMSprop(learning_rate=self.learning_rate)
        other = step_lengths(rule, Ramp(), self.step) / self.learning_rate
        own = step_lengths(Adagrad(learning_rate=self.learning_rate), Ramp(), self.step)
        return {
            "step": self.step,
            "second": float(own[1] / own[0]),
            "fourth": float(own[3] / own[0]),
            "rmsprop_first": float(other[0]),
            "rmsprop_last": float(other[-1]),
        }
