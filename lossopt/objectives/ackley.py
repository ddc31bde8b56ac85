"""Ackley function."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Ackley(TestFunction):
    """A funnel with ripples and a sharp tip, nearly flat far away.

    Notes
    -----
    Not differentiable at the minimizer (0, 0), the tip; the chosen gradient there is 0.

    References
    ----------
    D. H. Ackley, "A Connectionist Machine for Genetic Hillclimbing", 1987.

    Examples
    --------
    >>> Ackley().value(np.array([[0.0, 0.0], [1.0, 0.0]])).round(6)
    array([0.      , 2.637531])
    """

    name = "Ackley"
    year = 1987
    formula = r"20 - 20\,e^{-0.2\sqrt{(x^2+y^2)/2}} + e - e^{(\cos 2\pi x+\cos 2\pi y)/2}"
    smooth = False
    default_bounds = ((-5.0, 5.0), (-5.0, 5.0))
    default_start = (-3.4, 2.7)
    known_minimizers = ((0.0, 0.0),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        funnel = -20.0 * np.expm1(-0.2 * np.sqrt(0.5) * np.hypot(x, y))
        return funnel - np.e * np.expm1(_ripple(x, y) - 1.0)

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        distance = np.hypot(x, y)
        pull = np.sqrt(8.0) * np.exp(-0.2 * np.sqrt(0.5) * distance)
        pull = pull / np.where(distance > 0.0, distance, 1.0)
        push = np.pi * np.exp(_ripple(x, y))
        along_x = pull * x + push * np.sin(2.0 * np.pi * x)
        along_y = pull * y + push * np.sin(2.0 * np.pi * y)
        return along_x, along_y


def _ripple(x: Array, y: Array) -> Array:
    return 0.5 * (np.cos(2.0 * np.pi * x) + np.cos(2.0 * np.pi * y))
