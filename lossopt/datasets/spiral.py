"""Two spirals."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._curves import along_curves
from lossopt.params import Array, param


@final
@dataclasses.dataclass(frozen=True)
class Spiral(DatasetSpec):
    """Two arms wound around each other: hard for small networks, harder with every turn.

    References
    ----------
    K. J. Lang, M. J. Witbrock, "Learning to Tell Two Spirals Apart", 1988.

    Examples
    --------
    >>> Spiral(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Two spirals"
    task = "binary"

    n_samples: int = param(200, "samples", 1, 1000, log=True)
    noise: float = param(0.05, "noise", 0.0, 1.0, limits=(0.0, 3.0))
    turns: float = param(1.0, "turns", 0.25, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        def arm(t: Array) -> tuple[Array, Array]:
            angle = 2.0 * np.pi * self.turns * t
            return 2.0 * t * np.cos(angle), 2.0 * t * np.sin(angle)

        def opposite(t: Array) -> tuple[Array, Array]:
            x, y = arm(t)
            return -x, -y

        return along_curves(arm, opposite, self.n_samples, self.noise, self.seed)
