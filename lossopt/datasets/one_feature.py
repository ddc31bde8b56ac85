"""Two classes along one feature."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class OneFeature(DatasetSpec):
    """Class 0 around x = −1 and class 1 around x = 2, overlapping: a sigmoid curve fits it.

    Examples
    --------
    >>> OneFeature(n_samples=5).make().X.shape
    (5, 1)
    """

    name = "One feature, two classes"
    task = "binary"

    n_samples: int = param(40, "samples", 1, 1000, log=True)
    noise: float = param(1.3, "spread", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        y = np.arange(self.n_samples, dtype=np.float64) % 2
        steps = np.random.default_rng(self.seed).standard_normal(self.n_samples)
        x = 3.0 * y - 1.0 + self.noise * steps
        return Dataset(x, y, "binary", ("x",), class_names=("0", "1"))
