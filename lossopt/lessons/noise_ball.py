"""The noise ball of SGD and the batch size."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._objectives import Targets
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param
from lossopt.sweeps import seed_bands


@final
@dataclasses.dataclass(frozen=True)
class NoiseBall(Lesson):
    """How much smaller does the noise ball get with batches of B? B times, in squared distance.

    In each direction the variance at rest is ησ²/(Bλ(2 − ηλ)), times 1 − B/n for drawing without
    replacement.

    Examples
    --------
    >>> bool(0.9 < NoiseBall().answer() / NoiseBall().theory() < 1.1)
    True
    """

    name = "The noise ball: SGD and batch size"
    order = 5
    level = "intermediate"
    minutes = 7
    possible = (0.0, 1e3)
    span = Span(1.0, 1000.0)
    tolerance = 0.15
    try_next = (
        "lab?problem=line&line.start=3.9_2.3&runs=batch-mini_batch-sgd&batch.learning_rate=0.1"
        "&mini_batch.learning_rate=0.1&sgd.learning_rate=0.1&run.n_steps=100",
        "lessons?lesson=fair_comparison",
    )

    batch_size: int = param(16, "batch size", 2, 64, log=True)
    learning_rate: float = param(0.1, "learning rate η", 0.05, 1.0, log=True)

    def setup(self) -> Setup:
        rule = GradientDescent(learning_rate=self.learning_rate)
        sizes = (1, self.batch_size, None)
        entries = tuple(Entry(rule, size) for size in sizes)
        names = {entry: f"batch_{k}" for k, entry in enumerate(entries)}
        return Setup(Targets(), entries, n_steps=150, told=("batch_size",), names=names)

    def answer(self) -> float:
        return self._rest(1) / self._rest(self.batch_size)

    def theory(self) -> float:
        n, b = Targets().n_samples, self.batch_size
        return b * (1.0 - 1.0 / n) / (1.0 - b / n)

    def decides(self) -> float:
        """When the start is forgotten: its distance shrinks by 1 − η a step."""
        return float(np.ceil(np.log(0.1) / np.log1p(-min(self.learning_rate, 0.9))))

    def numbers(self) -> dict[str, float]:
        return {
            "batch": self.batch_size,
            "eta": self.learning_rate,
            "radius_one": float(np.sqrt(self._rest(1))),
            "radius_batch": float(np.sqrt(self._rest(self.batch_size))),
            "radius_ratio": float(np.sqrt(self.answer())),
            "radius_theory": float(np.sqrt(2.0 * self.learning_rate / (2.0 - self.learning_rate))),
            "seeds": 60,
        }

    def _rest(self, batch_size: int) -> float:
        """Mean squared distance to the minimizer once the start is forgotten."""
        rule = GradientDescent(learning_rate=self.learning_rate)
        bands = seed_bands(rule, Targets(), seeds=60, n_steps=500, batch_size=batch_size)
        return float(2.0 * (bands.losses[:, 200:].mean() - 1.0))
