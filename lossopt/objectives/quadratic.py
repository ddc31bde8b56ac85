"""Quadratic bowl."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.objectives._base import TestFunction
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Quadratic(TestFunction):
    """The bowl ½ θᵀAθ with curvatures 1 and κ: what every smooth minimum looks like close up.

    Unrotated it is ½(x² + κy²). The rotation turns the bowl counter-clockwise about the minimizer.
    Gradient descent diverges for η > 2/κ and is fastest at η = 2/(1 + κ), where the distance
    shrinks by (κ − 1)/(κ + 1) a step.

    References
    ----------
    A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", 1847.

    Examples
    --------
    >>> Quadratic(condition_number=10.0).gradient(np.array([1.0, 1.0]))
    array([ 1., 10.])
    """

    name = "Quadratic"
    year = 1847
    formula = r"\tfrac12\,\theta^\top A\,\theta,\quad \lambda(A) = \{1, \kappa\}"
    convex = True
    quadratic = True
    default_bounds = ((-3.0, 3.0), (-3.0, 3.0))
    default_start = (-2.5, 1.5)
    known_minimizers = ((0.0, 0.0),)
    known_minimum = 0.0

    condition_number: float = param(10.0, "condition number κ", 1.0, 1000.0, log=True)
    rotation: float = param(0.0, "rotation in degrees", 0.0, 180.0)

    def evaluate(self, x: Array, y: Array) -> Array:
        along, across = self._turned(x, y)
        return 0.5 * (along * along + self.condition_number * across * across)

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        along, across = self._turned(x, y)
        steep = self.condition_number * across
        cos, sin = self._direction()
        return cos * along - sin * steep, sin * along + cos * steep

    def _turned(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Coordinates along the flat and the steep axis."""
        cos, sin = self._direction()
        return cos * x + sin * y, cos * y - sin * x

    def _direction(self) -> tuple[float, float]:
        angle = np.deg2rad(self.rotation)
        return float(np.cos(angle)), float(np.sin(angle))
