"""Himmelblau function."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Himmelblau(TestFunction):
    """Four equally deep minimizers, (x² + y − 11)² + (x + y² − 7)²: the start decides which.

    References
    ----------
    D. M. Himmelblau, "Applied Nonlinear Programming", 1972.

    Examples
    --------
    >>> import numpy as np
    >>> Himmelblau().value(np.array([[3.0, 2.0], [0.0, 0.0]]))
    array([  0., 170.])
    """

    name = "Himmelblau"
    year = 1972
    formula = r"(x^2+y-11)^2 + (x+y^2-7)^2"
    default_bounds = ((-5.0, 5.0), (-5.0, 5.0))
    default_start = (0.0, -0.5)
    known_minimizers = (
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    )
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        return (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        first, second = x * x + y - 11.0, x + y * y - 7.0
        return 4.0 * x * first + 2.0 * second, 2.0 * first + 4.0 * y * second
