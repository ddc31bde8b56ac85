"""Two half moons."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._curves import along_curves
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Moons(DatasetSpec):
    """Two half circles that reach into each other; a line gets some samples wrong.

    Examples
    --------
    >>> Moons(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Two moons"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.1, "noise", 0.0, 1.0, limits=(0.0, 3.0))
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        return along_curves(
            lambda t: (np.cos(np.pi * t) - 0.5, np.sin(np.pi * t) - 0.25),
            lambda t: (0.5 - np.cos(np.pi * t), 0.25 - np.sin(np.pi * t)),
            self.n_samples,
            self.noise,
            self.seed,
        )
