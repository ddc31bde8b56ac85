"""The mean of the squared errors, without a hidden factor."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.lessons._measure import largest_stable_rate
from lossopt.objectives import Objective
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import Array, IntArray


@final
class MseFormula(Claim):
    """The mean of the squared errors, without a hidden factor."""

    order = 5
    part = "mse"
    verdict = "right"
    formula = (
        r"\mathrm{cost}(w, b) = \frac1n \sum_{i=1}^{n} \bigl(y_i - H(x_i)\bigr)^2,"
        r"\quad H(x) = wx + b"
    )
    shown = (
        "lab?problem=line&runs=batch-batch~2&line.start=3.9_2.3&batch.learning_rate=0.25"
        "&batch~2.learning_rate=0.4&run.n_steps=60"
    )

    def measured(self) -> dict[str, float]:
        risk, point = line(), np.array(START)
        w, b = START
        pairs = zip(risk.dataset.X[:, 0], risk.y, strict=True)
        errors = [float(y - (w * x + b)) for x, y in pairs]
        by_hand = sum(error * error for error in errors) / len(errors)
        return {
            "difference": abs(float(risk.value(point)) / by_hand - 1.0),
            "n": risk.n_samples,
            "mean_limit": self._limit(1.0),
            "half_limit": self._limit(0.5),
            "sum_limit": self._limit(risk.n_samples),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["difference"] < 1e-12 and numbers["half_limit"] > 1.9 * numbers["mean_limit"]

    @staticmethod
    def _limit(factor: float) -> float:
        """Largest stable learning rate where the mean counts so many times."""
        return largest_stable_rate(GradientDescent(), _Counted(factor), 1.0 / factor, start=START)


@dataclasses.dataclass(frozen=True)
class _Counted(Objective):
    """The mean squared error of a line, times a factor."""

    n_params = 2
    factor: float = 1.0

    def value(self, params: Array) -> Array:
        return np.asarray(self.factor * line().value(params))

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return np.asarray(self.factor * line().gradient(params, rows))
