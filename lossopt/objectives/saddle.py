"""Saddle."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Saddle(TestFunction):
    """The saddle x² − y²: downhill along x ends on the ridge y = 0, and only y leads on down.

    It has no lowest value. The start lies slightly off the ridge, so that the escape is visible: it
    is slow at first, because the slope along y is as small as the distance to the ridge.

    References
    ----------
    Y. N. Dauphin et al., "Identifying and Attacking the Saddle Point Problem in High-dimensional
    Non-convex Optimization", 2014.

    Examples
    --------
    >>> import numpy as np
    >>> Saddle().gradient(np.array([[0.0, 0.0], [1.0, 0.5]]))
    array([[ 0., -0.],
           [ 2., -1.]])
    """

    name = "Saddle"
    year = 2014
    formula = r"x^2 - y^2"
    default_bounds = ((-2.0, 2.0), (-2.0, 2.0))
    default_start = (-1.6, 0.02)

    def evaluate(self, x: Array, y: Array) -> Array:
        return x * x - y * y

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 2.0 * x, -2.0 * y
