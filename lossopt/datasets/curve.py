"""Points around a curve."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Curve(DatasetSpec):
    """y = sin(πx) + noise with x uniform on [−1, 1]: a line cannot follow it, a cubic nearly can.

    All powers of x stay within [−1, 1], so the same learning rates work for every degree.

    Examples
    --------
    >>> Curve(n_samples=5).make().X.shape
    (5, 1)
    """

    name = "Curve"
    task = "regression"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.2, "noise", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-1.0, 1.0, self.n_samples)
        y = np.sin(np.pi * x) + self.noise * rng.standard_normal(self.n_samples)
        return Dataset(x, y, "regression", ("x",))
