"""Predictions on a plane."""

from __future__ import annotations

import dataclasses
from functools import cached_property

import numpy as np

from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array

Values = tuple[Array, Array]
"""Values ``(ny, nx)``, and a bound of their absolute rounding error that broadcasts to it."""
EPS = float(np.finfo(np.float64).eps)
HUGE = 1e100
"""Predictions beyond this are left to the plain definition."""
TOLERANCE = 3e-13
"""Largest relative error that a shortcut may leave."""


@dataclasses.dataclass(frozen=True, eq=False)
class Sheet:
    """Predictions z = z₀ + x·z₁ + y·z₂ on a grid, with x and y counted from its center.

    From the center, because far-off data would otherwise cancel between the terms.

    Attributes
    ----------
    risk : EmpiricalRisk
    center : array (n_params,)
    directions : array (2, n_params)
    x : array (nx,)
    y : array (ny,)
    """

    risk: EmpiricalRisk
    center: Array
    directions: Array
    x: Array
    y: Array

    @classmethod
    def of(cls, risk: EmpiricalRisk, origin: Array, directions: Array, x: Array, y: Array) -> Sheet:
        """Sheet of a grid over a plane, as `fast_values` gets it."""
        across, up = 0.5 * x[0] + 0.5 * x[-1], 0.5 * y[0] + 0.5 * y[-1]
        center = origin + across * directions[0] + up * directions[1]
        return cls(risk, center, directions, x - across, y - up)

    @cached_property
    def z(self) -> Array:
        """The terms z₀, z₁ and z₂ of the samples that count, ``(3, n)`` or ``(3, n, K)``."""
        inputs = self.risk.samples.inputs
        return self.risk.model.predict(np.stack([self.center, *self.directions]), inputs)

    @property
    def moderate(self) -> bool:
        """Whether predictions stay far from overflow."""
        sizes = np.abs(self.z).reshape(3, -1).max(axis=1)
        return bool(sizes[0] + sizes[1] * self.x[-1] + sizes[2] * self.y[-1] < HUGE)
