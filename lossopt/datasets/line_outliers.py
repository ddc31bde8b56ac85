"""Points around a line, with outliers."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class LineOutliers(DatasetSpec):
    """y = 2x + 1 + noise, with outliers 10 below the line on its right half.

    x is uniform on [−1, 3], for outliers on [1, 3]. They pull the line of the squared error down,
    and hardly move that of the absolute error.

    Examples
    --------
    >>> LineOutliers(n_samples=5).make().X.shape
    (5, 1)
    """

    name = "Line with outliers"
    task = "regression"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.5, "noise", 0.0, 3.0)
    outliers: float = param(0.1, "share of outliers", 0.0, 0.5)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-1.0, 3.0, self.n_samples)
        n_outliers = round(self.outliers * self.n_samples)
        x[:n_outliers] = 2.0 + 0.5 * (x[:n_outliers] - 1.0)
        y = 2.0 * x + 1.0 + self.noise * rng.standard_normal(self.n_samples)
        y[:n_outliers] -= 10.0
        return Dataset(x, y, "regression", ("x",))
