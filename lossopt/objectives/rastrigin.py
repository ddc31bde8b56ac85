"""Rastrigin function."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.objectives._base import TestFunction
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Rastrigin(TestFunction):
    """A bowl full of holes, 20 + Σ (x² − 10 cos 2πx): descent stops in the nearest hole.

    References
    ----------
    L. A. Rastrigin, "Systems of Extremal Control" (in Russian), 1974.

    Examples
    --------
    >>> Rastrigin().value(np.array([[0.0, 0.0], [1.0, 0.0]]))
    array([0., 1.])
    """

    name = "Rastrigin"
    year = 1974
    formula = r"20 + x^2 - 10\cos 2\pi x + y^2 - 10\cos 2\pi y"
    default_bounds = ((-5.12, 5.12), (-5.12, 5.12))
    default_start = (-3.4, 2.6)
    known_minimizers = ((0.0, 0.0),)
    known_minimum = 0.0

    def evaluate(self, x: Array, y: Array) -> Array:
        waves = np.cos(2.0 * np.pi * x) + np.cos(2.0 * np.pi * y)
        return 20.0 + x * x + y * y - 10.0 * waves

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return _slope(x), _slope(y)


def _slope(x: Array) -> Array:
    return 2.0 * x + 20.0 * np.pi * np.sin(2.0 * np.pi * x)
