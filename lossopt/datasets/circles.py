"""A circle in a circle."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._curves import along_curves
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Circles(DatasetSpec):
    """A circle of radius 1 around one of radius ½: no line helps, squares of the features do.

    Examples
    --------
    >>> Circles(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Two circles"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.1, "noise", 0.0, 1.0, limits=(0.0, 3.0))
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        return along_curves(
            lambda t: (np.cos(2.0 * np.pi * t), np.sin(2.0 * np.pi * t)),
            lambda t: (0.5 * np.cos(2.0 * np.pi * t), 0.5 * np.sin(2.0 * np.pi * t)),
            self.n_samples,
            self.noise,
            self.seed,
        )
