"""Adam and the direction of the axes."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup
from lossopt.lessons._measure import steps_until
from lossopt.objectives import Objective
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import Array, IntArray, param
from lossopt.trajectories import descend

SCALE = 1000.0


@final
@dataclasses.dataclass(frozen=True)
class AdamRotation(Lesson):
    """Turn the ravine together with the start: whose loss curve changes? Adam's only.

    Gradient descent does not know where the axes point; Adam divides every axis by its own scale.
    In return, Adam does not notice when the loss is multiplied by a number.

    Examples
    --------
    >>> AdamRotation().answer(), AdamRotation().theory()
    ('adam', 'adam')
    """

    name = "Adam and the direction of the axes"
    order = 8
    level = "advanced"
    minutes = 7
    choices = ("gradient_descent", "adam", "both", "neither")
    try_next = (
        "lab?problem=quadratic&quadratic.condition_number=50&quadratic.rotation=45"
        "&runs=batch-adam-rmsprop&batch.learning_rate=0.03&adam.learning_rate=0.1"
        "&rmsprop.learning_rate=0.03",
        "lessons?lesson=ravine",
    )

    rotation: float = param(45.0, "rotation in degrees", 0.0, 90.0)

    def setup(self) -> Setup:
        return self._turned(self.rotation)

    def opening(self) -> Setup:
        return self._turned(0.0)

    def answer(self) -> str:
        changed = [bool(change > 1e-6) for change in self._changes()]
        return {
            (True, False): "gradient_descent",
            (False, True): "adam",
            (True, True): "both",
            (False, False): "neither",
        }[(changed[0], changed[1])]

    def theory(self) -> str:
        return "neither" if self.rotation % 90.0 == 0.0 else "adam"

    def numbers(self) -> dict[str, float]:
        straight, turned = self._losses(0.0), self._losses(self.rotation)
        rule = Adam(learning_rate=0.1, eps=0.0)
        bowl = Quadratic(condition_number=50.0)
        scaled = descend(rule, _Scaled(bowl), start=bowl.start, n_steps=200)
        plain = descend(rule, bowl, n_steps=200)
        return {
            "angle": self.rotation,
            "descent_straight": _steps(straight[0]),
            "descent_turned": _steps(turned[0]),
            "adam_straight": _steps(straight[1]),
            "adam_turned": _steps(turned[1]),
            "scale": SCALE,
            "scaled_gap": float(np.abs(scaled.iterates - plain.iterates).max()),
            "share": 1000.0,
        }

    def _turned(self, rotation: float) -> Setup:
        """Bowl and start, turned about the minimizer."""
        bowl = Quadratic(condition_number=50.0, rotation=rotation)
        angle = np.deg2rad(rotation)
        x, y = Quadratic.default_start
        start = (x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))
        entries = (Entry(GradientDescent(learning_rate=0.03)), Entry(Adam(learning_rate=0.1)))
        return Setup(bowl, entries, n_steps=200, start=(float(start[0]), float(start[1])))

    def _losses(self, rotation: float) -> list[Array]:
        setup = dataclasses.replace(self._turned(rotation), n_steps=1000)
        return [run.losses for run in setup.descents()]

    def _changes(self) -> list[float]:
        """Largest relative change of each loss curve by the rotation."""
        pairs = zip(self._losses(0.0), self._losses(self.rotation), strict=True)
        return [float(np.abs(turned - straight).max() / straight[0]) for straight, turned in pairs]


def _steps(losses: Array) -> int:
    return steps_until(losses <= losses[0] / 1000.0)


class _Scaled(Objective):
    """An objective times a constant."""

    n_params = 2

    def __init__(self, objective: Objective) -> None:
        self.objective = objective

    def value(self, params: Array) -> Array:
        return SCALE * self.objective.value(params)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return SCALE * self.objective.gradient(params, rows)
