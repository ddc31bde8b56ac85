"""Styblinski–Tang function."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class StyblinskiTang(TestFunction):
    """Four wells of different depth, ½ Σ (x⁴ − 16x² + 5x): the deepest has both signs negative.

    References
    ----------
    M. A. Styblinski, T.-S. Tang, "Experiments in Nonconvex Optimization: Stochastic Approximation
    with Function Smoothing and Simulated Annealing", 1990.

    Examples
    --------
    >>> import numpy as np
    >>> StyblinskiTang().value(np.array([[-2.903534, -2.903534], [0.0, 0.0]])).round(6)
    array([-78.332331,   0.      ])
    """

    name = "Styblinski–Tang"
    year = 1990
    formula = r"\tfrac12(x^4-16x^2+5x) + \tfrac12(y^4-16y^2+5y)"
    default_bounds = ((-5.0, 5.0), (-5.0, 5.0))
    default_start = (0.6, 4.4)
    known_minimizers = ((-2.903534027771177, -2.903534027771177),)
    known_minimum = -78.33233140754282

    def evaluate(self, x: Array, y: Array) -> Array:
        return _well(x) + _well(y)

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return (2.0 * x * x - 16.0) * x + 2.5, (2.0 * y * y - 16.0) * y + 2.5


def _well(x: Array) -> Array:
    return ((0.5 * x * x - 8.0) * x + 2.5) * x
