"""Plateau."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Plateau(TestFunction):
    """A well in flat surroundings, 1 − exp(−½x² − y²): far away the gradient says almost nothing.

    The curvatures at the minimizer are 1 and 2. At the start the gradient is over 20 times smaller
    than on the steepest wall, as for a model that is confidently wrong.

    References
    ----------
    K. Fukumizu, S. Amari, "Local Minima and Plateaus in Hierarchical Structures of Multilayer
    Perceptrons", 2000.

    Examples
    --------
    >>> Plateau().value(np.array([[0.0, 0.0], [4.0, 0.0]])).round(4)
    array([0.    , 0.9997])
    """

    name = "Plateau"
    year = 2000
    formula = r"1 - e^{-x^2/2 - y^2}"
    default_bounds = ((-4.0, 4.0), (-4.0, 4.0))
    default_start = (-2.5, -1.2)
    known_minimizers = ((0.0, 0.0),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        return -np.expm1(-0.5 * x * x - y * y)

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        depth = np.exp(-0.5 * x * x - y * y)
        return x * depth, 2.0 * y * depth
