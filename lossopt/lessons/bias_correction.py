"""Bias correction."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import step_lengths
from lossopt.lessons._objectives import Ramp
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.adam import Adam
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class BiasCorrection(Lesson):
    """How much longer is Adam's first step without bias correction? (1 − β₁)/√(1 − β₂) times.

    Examples
    --------
    >>> round(BiasCorrection().answer(), 4), round(BiasCorrection().theory(), 4)
    (3.1623, 3.1623)
    """

    name = "Why Adam corrects its bias"
    order = 7
    level = "intermediate"
    minutes = 6
    possible = (0.0, 1e3)
    span = Span(0.1, 10.0)
    tolerance = 0.15
    try_next = (
        "lab?problem=rosenbrock&runs=adam-adam~2&adam.learning_rate=0.05&adam~2.learning_rate=0.05"
        "&adam~2.bias_correction=0&run.n_steps=300",
        "lessons?lesson=adam_counterexample",
    )

    beta1: float = param(0.9, "β₁ (first moment)", 0.0, 0.99)
    beta2: float = param(0.999, "β₂ (second moment)", 0.9, 0.9999)

    def setup(self) -> Setup:
        names = {
            Entry(self._adam(True)): "corrected",
            Entry(self._adam(False)): "uncorrected",
        }
        return Setup(Quadratic(condition_number=4.0), tuple(names), n_steps=120, names=names)

    def answer(self) -> float:
        return float(self._ratios()[0])

    def theory(self) -> float:
        return float((1.0 - self.beta1) / np.sqrt(1.0 - self.beta2))

    def numbers(self) -> dict[str, float]:
        ratios = self._ratios()
        largest = int(np.argmax(ratios))
        return {
            "beta1": self.beta1,
            "beta2": self.beta2,
            "largest": float(ratios[largest]),
            "largest_step": largest + 1,
            "late_step": len(ratios),
            "late": float(ratios[-1]),
        }

    def _adam(self, corrected: bool) -> Adam:
        return Adam(
            learning_rate=0.1, beta1=self.beta1, beta2=self.beta2, bias_correction=corrected
        )

    def _ratios(self) -> Array:
        """Step without correction over step with it, on a constant gradient."""
        without, proper = (step_lengths(self._adam(on), Ramp(), 3000) for on in (False, True))
        return without / proper
