"""The largest stable learning rate."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import largest_stable_rate
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class StableRate(Lesson):
    """How large may η be before gradient descent runs away? η < 2/λmax.

    Examples
    --------
    >>> lesson = StableRate()
    >>> round(lesson.answer(), 3), lesson.theory()
    (0.08, 0.08)
    """

    name = "The largest stable learning rate"
    order = 1
    level = "beginner"
    minutes = 5
    possible = (0.0, 1e3)
    span = Span(0.01, 1.0)
    try_next = (
        "lab?problem=rosenbrock&rosenbrock.start=0.9_0.9&runs=batch-batch~2&run.n_steps=200"
        "&batch.learning_rate=0.0019&batch~2.learning_rate=0.0021",
        "lessons?lesson=ravine",
    )

    condition_number: float = param(25.0, "condition number κ", 1.0, 100.0, log=True)
    learning_rate: float = param(0.07, "learning rate η", 0.001, 1.0, log=True)

    def setup(self) -> Setup:
        limit = self.theory()
        rates = (0.25 * limit, self.learning_rate, 1.02 * limit)
        return Setup(
            self._bowl(), tuple(self.tried(rate) for rate in rates), n_steps=60, signs=False
        )

    def answer(self) -> float:
        return largest_stable_rate(GradientDescent(), self._bowl(), 4.0 / self.condition_number)

    def theory(self) -> float:
        return 2.0 / self.condition_number

    def numbers(self) -> dict[str, float]:
        above = dataclasses.replace(self.setup(), n_steps=50).descents()[2].iterates[:, 1]
        return {
            "curvature": self.condition_number,
            "cautious": 0.25 * self.theory(),
            "above": 1.02 * self.theory(),
            "growth": abs(float(above[-1] / above[-2])),
        }

    def tried(self, guess: float) -> Entry:
        return Entry(GradientDescent(learning_rate=guess))

    def _bowl(self) -> Quadratic:
        return Quadratic(condition_number=self.condition_number)
