"""Rosenbrock function."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Rosenbrock(TestFunction):
    """The banana valley (1 − x)² + 100(y − x²)²: easy to reach, slow to follow.

    At the minimizer the largest curvature is about 1001.6, so gradient descent needs η < 0.002.

    References
    ----------
    H. H. Rosenbrock, "An Automatic Method for Finding the Greatest or Least Value of a Function",
    1960.

    Examples
    --------
    >>> import numpy as np
    >>> Rosenbrock().value(np.array([[1.0, 1.0], [-1.5, 2.0]]))
    array([ 0. , 12.5])
    """

    name = "Rosenbrock"
    year = 1960
    formula = r"(1-x)^2 + 100\,(y-x^2)^2"
    default_bounds = ((-2.0, 2.0), (-1.0, 3.0))
    default_start = (-1.5, 2.0)
    known_minimizers = ((1.0, 1.0),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        return (1.0 - x) ** 2 + 100.0 * (y - x * x) ** 2

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        bend = y - x * x
        return -2.0 * (1.0 - x) - 400.0 * x * bend, 200.0 * bend
