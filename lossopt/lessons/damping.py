"""Momentum as a damped oscillator."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np
from numpy.typing import NDArray

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import paths, steps_until, turning_point
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.momentum import Momentum
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Damping(Lesson):
    """From which μ on does the ball swing through the minimizer? From (1 − √(ηλ))² on.

    References
    ----------
    N. Qian, "On the Momentum Term in Gradient Descent Learning Algorithms", 1999.

    Examples
    --------
    >>> round(Damping().answer(), 3), round(Damping().theory(), 3)
    (0.64, 0.64)
    """

    name = "Momentum is a damped oscillator"
    order = 3
    level = "intermediate"
    minutes = 7
    possible = (0.0, 1.0)
    span = Span(0.0, 0.99, log=False)
    tolerance = 0.06
    try_next = (
        "lab?problem=quadratic&quadratic.condition_number=20&runs=momentum-momentum~2-momentum~3"
        "&momentum.learning_rate=0.01&momentum~2.learning_rate=0.01&momentum~3.learning_rate=0.01"
        "&momentum.momentum=0.5&momentum~2.momentum=0.81&momentum~3.momentum=0.95",
        "lessons?lesson=nesterov_limit",
    )

    learning_rate: float = param(0.04, "learning rate η", 0.005, 0.5, log=True)
    momentum: float = param(0.9, "momentum μ", 0.0, 0.99)

    def setup(self) -> Setup:
        chosen = (0.5 * self.theory(), self.theory(), self.momentum)
        return Setup(
            Quadratic(condition_number=1.0),
            tuple(self._ball(each) for each in chosen),
            n_steps=80,
            told=("momentum",),
        )

    def answer(self) -> float:
        return turning_point(lambda momenta: ~self._swings(momenta), 0.0, 0.999)

    def theory(self) -> float:
        return float((1.0 - np.sqrt(self.learning_rate)) ** 2)

    def decides(self) -> float:
        """First time that one of the balls passes the minimum."""
        run = dataclasses.replace(self.setup(), entries=(self._ball(self.momentum),)).descents()[0]
        return float(max(steps_until(run.iterates[:, 0] * run.iterates[0, 0] < 0.0), 1))

    def numbers(self) -> dict[str, float]:
        swing = dataclasses.replace(self.setup(), entries=(self._ball(0.9),), n_steps=200)
        path = swing.descents()[0].iterates[:, 0]
        peaks = np.abs(path[1:][np.diff(np.sign(path)) != 0.0])
        return {
            "eta": self.learning_rate,
            "high": 0.9,
            "crossings": len(peaks),
            "swing_steps": 200,
            "envelope": float(np.sqrt(0.9)),
        }

    def tried(self, guess: float) -> Entry | None:
        return self._ball(guess) if 0.0 <= guess < 1.0 else None

    def _ball(self, momentum: float) -> Entry:
        return Entry(Momentum(learning_rate=self.learning_rate, momentum=momentum))

    def _swings(self, momenta: Array) -> NDArray[np.bool_]:
        """Whether a ball with each momentum passes the minimum."""
        rule, bowl = Momentum(learning_rate=self.learning_rate), Quadratic(condition_number=1.0)
        path = paths(rule, bowl, 1500, momentum=momenta)[:, :, 0]
        return np.asarray((path * path[0] < 0.0).any(axis=0))
