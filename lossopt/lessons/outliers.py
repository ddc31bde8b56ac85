"""Outliers and losses."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets import Dataset
from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.losses import LOSSES
from lossopt.models.linear import Linear
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param
from lossopt.schedules.exponential import Exponential
from lossopt.trajectories import descend


@final
@dataclasses.dataclass(frozen=True)
class Outliers(Lesson):
    """Five points 1, 2, 3, 4, 100: where does the line cross x = 0? MSE 22, MAE 3, Huber 3 + δ/2.

    The x are −2 … 2, so that the intercept of the squared error is the mean, and that of the
    absolute error the median.

    Examples
    --------
    >>> round(Outliers().answer(), 6), Outliers().theory()
    (22.0, 22.0)
    """

    name = "One outlier, three losses"
    order = 10
    level = "beginner"
    minutes = 6
    possible = (0.0, 1e3)
    span = Span(0.0, 100.0, log=False, marks=(1.0, 2.0, 3.0, 4.0, 100.0))
    try_next = (
        "lab?problem=line_outliers&loss=mae&runs=batch-adam&batch.learning_rate=0.2"
        "&adam.learning_rate=0.1&run.n_steps=150",
        "lessons?lesson=sigmoid_plateau",
    )

    loss: str = param("mse", "loss", choices=("mse", "mae", "huber"))
    outlier: float = param(100.0, "outlier", 5.0, 200.0)

    def setup(self) -> Setup:
        rate = 0.2 if self.loss == "mse" else 0.5
        entry = Entry(GradientDescent(learning_rate=rate))
        return Setup(self._risk(self.loss), (entry,), n_steps=80, follow=True)

    def opening(self) -> Setup:
        return dataclasses.replace(self, outlier=5.0).setup()

    def answer(self) -> float:
        return self._rest(self.loss)

    def theory(self) -> float:
        return {
            "mse": (10.0 + self.outlier) / 5.0,
            "mae": 3.0,
            "huber": 3.5,
        }[self.loss]

    def numbers(self) -> dict[str, float]:
        return {
            "outlier": self.outlier,
            "mse": self._rest("mse"),
            "mae": self._rest("mae"),
            "huber": self._rest("huber"),
        }

    def _risk(self, loss: str) -> EmpiricalRisk:
        data = Dataset(
            np.arange(-2.0, 3.0), np.array([1.0, 2.0, 3.0, 4.0, self.outlier]), "regression"
        )
        return EmpiricalRisk(data, Linear(), LOSSES[loss]())

    def _rest(self, loss: str) -> float:
        """Intercept at which a descent with a shrinking learning rate comes to rest."""
        run = descend(
            GradientDescent(learning_rate=0.2),
            self._risk(loss),
            n_steps=1500,
            schedule=Exponential(),
        )
        return float(run.iterates[-1, 1])
