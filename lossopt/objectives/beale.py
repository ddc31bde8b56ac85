"""Beale function."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Beale(TestFunction):
    """A flat curved valley between steep corners, Σ (c_k − x + xy^k)² for k = 1, 2, 3.

    References
    ----------
    E. M. L. Beale, "On an Iterative Method for Finding a Local Minimum of a Function of More Than
    One Variable", 1958.

    Examples
    --------
    >>> import numpy as np
    >>> Beale().value(np.array([[3.0, 0.5], [0.0, 0.0]]))
    array([ 0.      , 14.203125])
    """

    name = "Beale"
    year = 1958
    formula = r"(1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2"
    default_bounds = ((-4.5, 4.5), (-4.5, 4.5))
    default_start = (1.0, 1.0)
    known_minimizers = ((3.0, 0.5),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        first, second, third = _residuals(x, y)
        return first * first + second * second + third * third

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        first, second, third = _residuals(x, y)
        along_x = first * (y - 1.0) + second * (y * y - 1.0) + third * (y * y * y - 1.0)
        along_y = x * (first + 2.0 * y * second + 3.0 * y * y * third)
        return 2.0 * along_x, 2.0 * along_y


def _residuals(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return (
        1.5 - x + x * y,
        2.25 - x + x * y * y,
        2.625 - x + x * y * y * y,
    )
