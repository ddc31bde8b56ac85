"""What several claims are measured on."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from lossopt.datasets import Dataset, DatasetSpec
from lossopt.datasets.line import Line
from lossopt.lessons._measure import settled_from, steps_to_share
from lossopt.losses.mse import MSE
from lossopt.models.linear import Linear
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.objectives.quadratic import Quadratic
from lossopt.optimizers import Optimizer
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.optimizers.momentum import Momentum
from lossopt.params import Array
from lossopt.trajectories import descend

START = (3.9, 2.3)
"""Slope and intercept far from those of the line."""
RATES = np.geomspace(1e-3, 10.0, 121)
FIVE = (1.0, 2.0, 3.0, 4.0, 100.0)
"""Four numbers and an outlier."""


def squares(data: Dataset | DatasetSpec) -> EmpiricalRisk:
    """Mean squared error of a line."""
    return EmpiricalRisk(data, Linear(), MSE())


@cache
def line(n_samples: int = 100) -> EmpiricalRisk:
    """Mean squared error on the data of a line."""
    return squares(Line(n_samples=n_samples))


def ends(
    rules: Sequence[Optimizer],
    objective: Objective,
    n_steps: int,
    *,
    start: Sequence[float] | None = None,
    batch_size: int | None = None,
) -> list[float]:
    """Loss after the last step of every rule."""
    runs = descend(rules, objective, start=start, n_steps=n_steps, batch_size=batch_size)
    return [float(run.losses[-1]) for run in runs]


def best_descent(kappa: float) -> GradientDescent:
    """Gradient descent with the best learning rate for curvatures 1 and κ."""
    return GradientDescent(learning_rate=2.0 / (1.0 + kappa))


def best_momentum(kappa: float) -> float:
    """Momentum that suits curvatures 1 and κ best."""
    root = np.sqrt(kappa)
    return float(((root - 1.0) / (root + 1.0)) ** 2)


def heavy_ball(kappa: float, momentum: float | None = None) -> Momentum:
    """Momentum with the learning rate that is best for curvatures 1 and κ.

    Between the two rates at which one of the curvatures begins to be over-damped, every one
    shrinks the distance alike; with a smaller momentum than the best there is none, and the two
    curvatures are treated alike.
    """
    chosen = best_momentum(kappa) if momentum is None else momentum
    root = np.sqrt(chosen)
    low, high = (1.0 - root) ** 2, (1.0 + root) ** 2 / kappa
    rate = np.sqrt(low * high) if low <= high else 2.0 * (1.0 + chosen) / (1.0 + kappa)
    return Momentum(learning_rate=float(rate), momentum=chosen)


def steps_to_percent(rule: Optimizer, kappa: float, n_steps: int = 4000) -> float:
    """Steps until a hundredth of the distance is left, in a bowl with curvatures 1 and κ."""
    bowl = Quadratic(condition_number=kappa)
    return float(steps_to_share(descend(rule, bowl, n_steps=n_steps), 0.01))


def settling_steps(rule: Optimizer, kappa: float, rotation: float = 0.0) -> Array:
    """Steps after which the loss stays below a ten-thousandth, with each of `RATES`.

    Infinitely many where it does not within 1000. The start turns with the bowl, so that a rule
    that no axis matters to needs as many steps.
    """
    bowl = Quadratic(condition_number=kappa, rotation=rotation)
    angle = np.deg2rad(rotation)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    rules = [dataclasses.replace(rule, learning_rate=float(rate)) for rate in RATES]
    runs = descend(rules, bowl, start=turn @ Quadratic().start, n_steps=1000)
    steps = settled_from(np.array([run.losses for run in runs]).T, 1e-4)
    return np.where(steps < 0, np.inf, steps)


def fewest_steps(rule: Optimizer, kappa: float, rotation: float = 0.0) -> float:
    """The same with the best learning rate."""
    return float(settling_steps(rule, kappa, rotation).min())


def peak_bytes(work: Callable[[], object]) -> int:
    """Most memory that a piece of work holds at once."""
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
