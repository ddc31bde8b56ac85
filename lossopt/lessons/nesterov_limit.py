"""Heavy ball against Nesterov: which learning rates they tolerate."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup
from lossopt.lessons._measure import largest_stable_rate, steps_until
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class NesterovLimit(Lesson):
    """Which rule tolerates the largest η? Heavy ball: ηλ < 2(1 + μ); Nesterov: (2 + 2μ)/(1 + 2μ).

    Examples
    --------
    >>> NesterovLimit().answer(), NesterovLimit().theory()
    ('momentum', 'momentum')
    """

    name = "Heavy ball or Nesterov: which is more stable?"
    order = 4
    level = "advanced"
    minutes = 7
    choices = ("gradient_descent", "momentum", "nesterov")
    try_next = (
        "lab?problem=quadratic&quadratic.condition_number=30&runs=batch-momentum-nesterov"
        "&batch.learning_rate=0.03&momentum.learning_rate=0.03&nesterov.learning_rate=0.03",
        "lessons?lesson=fair_comparison",
    )

    momentum: float = param(0.9, "momentum μ", 0.1, 0.99)
    learning_rate: float = param(0.16, "learning rate η", 0.01, 0.5, log=True)

    def setup(self) -> Setup:
        return self._stage(self.learning_rate, 60)

    def opening(self) -> Setup:
        return self._stage(0.05, 60)

    def answer(self) -> str:
        limits = self._limits()
        return max(limits, key=lambda name: limits[name])

    def theory(self) -> str:
        mu = self.momentum
        limits = (2.0, 2.0 * (1.0 + mu), (2.0 + 2.0 * mu) / (1.0 + 2.0 * mu))
        return self.choices[limits.index(max(limits))]

    def decides(self) -> float:
        """First time that one of the runs is farther away than at its start."""
        runs = self.setup().descents()
        passed = [steps_until(run.losses > run.losses[0]) for run in runs]
        return float(min((step for step in passed if step > 0), default=1))

    def numbers(self) -> dict[str, float]:
        return {f"{name}_limit": limit for name, limit in self._limits().items()} | {
            "mu": self.momentum,
            "eta": 0.16,
            "product": 1.6,
            "curvature": 10.0,
        }

    def _stage(self, rate: float, n_steps: int) -> Setup:
        entries = tuple(Entry(self._rule(name, rate)) for name in self.choices)
        return Setup(Quadratic(condition_number=10.0), entries, n_steps=n_steps)

    def _rule(self, name: str, rate: float) -> Optimizer:
        extra = {} if name == "gradient_descent" else {"momentum": self.momentum}
        return OPTIMIZERS[name](learning_rate=rate, **extra)

    def _limits(self) -> dict[str, float]:
        """Largest stable ηλ of each rule, measured."""
        bowl = Quadratic(condition_number=10.0)
        return {
            name: 10.0 * largest_stable_rate(self._rule(name, 0.01), bowl, 0.5)
            for name in self.choices
        }
