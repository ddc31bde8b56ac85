"""What a fair comparison changes."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup
from lossopt.lessons._measure import paths, settled_from
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import param

RATES = np.geomspace(1e-4, 3.0, 91).tolist()
SHARE = 1e-4


@final
@dataclasses.dataclass(frozen=True)
class FairComparison(Lesson):
    """One η for all, or each rule its own best one: who is first then? The ranking turns over.

    Examples
    --------
    >>> FairComparison().answer(), FairComparison().theory()
    ('nesterov', 'nesterov')
    """

    name = "What a fair comparison changes"
    order = 15
    level = "intermediate"
    minutes = 8
    choices = ("gradient_descent", "nesterov", "adam")
    try_next = (
        "lab?problem=quadratic&quadratic.condition_number=50&quadratic.rotation=30"
        "&runs=batch-nesterov-adam&batch.learning_rate=0.039&nesterov.learning_rate=0.02"
        "&adam.learning_rate=1&run.n_steps=100",
        "lessons?lesson=stable_rate",
    )

    condition_number: float = param(50.0, "condition number κ", 40.0, 200.0, log=True)
    learning_rate: float = param(0.1, "learning rate η", 0.001, 1.0, log=True)

    def setup(self) -> Setup:
        rates = [rate for rate, _ in self._tuned().values()]
        return self._stage(rates, 100)

    def opening(self) -> Setup:
        return self._stage([self.learning_rate] * len(self.choices), 300)

    def answer(self) -> str:
        steps = {name: found for name, (_, found) in self._tuned().items()}
        return min(steps, key=lambda name: steps[name])

    def theory(self) -> str:
        """Faster of the two whose rate per step is known; Adam has none on a quadratic."""
        kappa = self.condition_number
        descent = (kappa - 1.0) / (kappa + 1.0)
        return "nesterov" if _best_nesterov_rate(kappa) < descent else "gradient_descent"

    def decides(self) -> float:
        return float(min(steps for _, steps in self._tuned().values()))

    def numbers(self) -> dict[str, float]:
        tuned = self._tuned()
        same = {name: self._steps(name, [self.learning_rate])[0] for name in self.choices}
        return {
            "kappa": self.condition_number,
            "eta": self.learning_rate,
            "share": 1.0 / SHARE,
            "tries": len(RATES),
            "best_descent_rate": 2.0 / (1.0 + self.condition_number),
            "same_adam": float(same["adam"]),
            "limit": 2.0 / self.condition_number,
            **{f"{name}_rate": rate for name, (rate, _) in tuned.items()},
            **{f"{name}_steps": float(steps) for name, (_, steps) in tuned.items()},
        }

    def _stage(self, rates: list[float], n_steps: int) -> Setup:
        entries = (
            Entry(OPTIMIZERS[name](learning_rate=rate))
            for name, rate in zip(self.choices, rates, strict=True)
        )
        return Setup(self._bowl(), tuple(entries), n_steps)

    def _bowl(self) -> Quadratic:
        return Quadratic(condition_number=self.condition_number, rotation=30.0)

    def _steps(self, name: str, rates: list[float]) -> list[int]:
        """Steps after which the loss stays below the target; −1 where it never does."""
        bowl = self._bowl()
        path = paths(OPTIMIZERS[name](learning_rate=0.1), bowl, 500, learning_rate=rates)
        with np.errstate(over="ignore", invalid="ignore"):
            steps = settled_from(bowl.value(path), SHARE)
        return [int(each) for each in steps]

    def _tuned(self) -> dict[str, tuple[float, int]]:
        """Best learning rate of every rule and its steps to the target."""
        best = {}
        for name in self.choices:
            pairs = zip(RATES, self._steps(name, RATES), strict=True)
            best[name] = min(
                (pair for pair in pairs if pair[1] >= 0), key=lambda pair: (pair[1], pair[0])
            )
        return best


def _best_nesterov_rate(kappa: float, momentum: float = 0.9) -> float:
    """Factor per step of Nesterov's method with the best of many learning rates.

    It is the largest root of z² − (1 + μ)(1 − ηλ)z + μ(1 − ηλ) over both curvatures.
    """
    left = 1.0 - np.geomspace(1e-3, 2.0, 2000)[:, None] / kappa * np.array([1.0, kappa])
    middle, last = (1.0 + momentum) * left, momentum * left
    root = np.sqrt((middle * middle - 4.0 * last).astype(complex))
    sizes = np.maximum(np.abs(middle + root), np.abs(middle - root)) / 2.0
    return float(sizes.max(axis=1).min())
