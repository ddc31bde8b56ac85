"""Points around a line."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Line(DatasetSpec):
    """y = 2x + 1 + noise, with x uniform on [−1, 3].

    x is not centered, so slope and intercept pull on each other: the surface is a slanted valley.

    Examples
    --------
    >>> Line(n_samples=5, noise=0.0).make().y.shape
    (5,)
    """

    name = "Line"
    task = "regression"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.5, "noise", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-1.0, 3.0, self.n_samples)
        y = 2.0 * x + 1.0 + self.noise * rng.standard_normal(self.n_samples)
        return Dataset(x, y, "regression", ("x",))
