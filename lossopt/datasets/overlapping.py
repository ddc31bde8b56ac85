"""Two overlapping clouds of points."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._clouds import clouds
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Overlapping(DatasetSpec):
    """Two round clouds around (−0.5, −0.5) and (0.5, 0.5): no boundary gets them all right.

    Examples
    --------
    >>> Overlapping(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Overlapping classes"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(1.0, "spread", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        return clouds([(-0.5, -0.5), (0.5, 0.5)], self.n_samples, self.noise, self.seed)
