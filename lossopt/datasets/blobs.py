"""Two clouds of points."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._clouds import clouds
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Blobs(DatasetSpec):
    """Two round clouds around (−1, −1) and (2, 1), with a little overlap.

    Examples
    --------
    >>> Blobs(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Two blobs"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(1.0, "spread", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        return clouds([(-1.0, -1.0), (2.0, 1.0)], self.n_samples, self.noise, self.seed)
