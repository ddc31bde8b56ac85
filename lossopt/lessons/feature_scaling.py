"""Why features are scaled."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets.penguins_mass import PenguinsMass
from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._measure import largest_stable_rate
from lossopt.losses.mse import MSE
from lossopt.models.linear import Linear
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class FeatureScaling(Lesson):
    """What does a feature in millimeters do to the largest stable η? It is 2/λmax ≈ 1/mean(x²).

    Examples
    --------
    >>> lesson = FeatureScaling()
    >>> round(lesson.answer() / lesson.theory(), 3)
    1.0
    """

    name = "Why features are scaled"
    order = 12
    level = "beginner"
    minutes = 6
    possible = (0.0, 1e3)
    span = Span(1e-6, 1.0)
    tolerance = 1.0
    try_next = (
        "lab?problem=penguins_mass&penguins_mass.standardize=0&runs=batch-momentum-adam"
        "&batch.learning_rate=0.00002&momentum.learning_rate=0.00002&adam.learning_rate=0.02"
        "&run.n_steps=500",
        "lessons?lesson=ravine",
    )

    standardize: bool = param(False, "standardize features")

    def setup(self) -> Setup:
        rate = 0.9 * self.theory()
        entries = (Entry(GradientDescent(learning_rate=rate)), Entry(Adam(learning_rate=0.1)))
        return Setup(_risk(self.standardize), entries, n_steps=200, follow=True)

    def opening(self) -> Setup:
        entry = Entry(GradientDescent(learning_rate=0.1))
        return Setup(_risk(True), (entry,), n_steps=60)

    def answer(self) -> float:
        return _limit(self.standardize)

    def theory(self) -> float:
        return float(2.0 / _curvatures(self.standardize)[-1])

    def numbers(self) -> dict[str, float]:
        raw, scaled = _curvatures(False), _curvatures(True)
        flippers = PenguinsMass(standardize=False).make().X[:, 0]
        runs = dataclasses.replace(self, standardize=False).setup().descents()
        return {
            "mean": float(flippers.mean()),
            "curvature": float(raw[-1]),
            "square": float(2.0 * np.square(flippers).mean()),
            "kappa": float(raw[-1] / raw[0]),
            "scaled_limit": _limit(True),
            "raw_limit": _limit(False),
            "scaled_kappa": float(scaled[-1] / scaled[0]),
            "ratio": _limit(True) / _limit(False),
            "steps": runs[0].n_steps,
            "raw_loss": float(runs[0].losses[-1]),
            "lowest": float(_risk(True).minimum or 0.0),
        }


def _risk(standardize: bool) -> EmpiricalRisk:
    return EmpiricalRisk(PenguinsMass(standardize=standardize), Linear(), MSE())


def _curvatures(standardize: bool) -> Array:
    """Curvatures of the squared error, the eigenvalues of (2/n)XᵀX with a column of ones."""
    x = PenguinsMass(standardize=standardize).make().X
    columns = np.column_stack([x, np.ones(len(x))])
    return np.asarray(np.linalg.eigvalsh(2.0 / len(x) * columns.T @ columns))


def _limit(standardize: bool) -> float:
    """Largest stable learning rate, measured."""
    high = 3.0 if standardize else 1e-4
    return largest_stable_rate(GradientDescent(), _risk(standardize), high)
