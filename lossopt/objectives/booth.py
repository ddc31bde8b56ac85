"""Booth function."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Booth(TestFunction):
    """A slanted quadratic bowl, (x + 2y − 7)² + (2x + y − 5)², with curvatures 2 and 18.

    The year is that of the survey below, not of the first use.

    References
    ----------
    M. Jamil, X.-S. Yang, "A Literature Survey of Benchmark Functions for Global Optimization
    Problems", 2013.

    Examples
    --------
    >>> import numpy as np
    >>> Booth().value(np.array([[1.0, 3.0], [0.0, 0.0]]))
    array([ 0., 74.])
    """

    name = "Booth"
    year = 2013
    formula = r"(x+2y-7)^2 + (2x+y-5)^2"
    convex = True
    quadratic = True
    default_bounds = ((-10.0, 10.0), (-10.0, 10.0))
    default_start = (-8.0, 5.0)
    known_minimizers = ((1.0, 3.0),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        return (x + 2.0 * y - 7.0) ** 2 + (2.0 * x + y - 5.0) ** 2

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 10.0 * x + 8.0 * y - 34.0, 8.0 * x + 10.0 * y - 38.0
