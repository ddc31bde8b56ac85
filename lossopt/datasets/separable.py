"""Two classes that a line separates."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Separable(DatasetSpec):
    """Two classes on either side of the line x1 + x2 = 1, no point nearer to it than the margin.

    Scaling the params up always lowers the cross-entropy, so it has no minimizer: the params grow
    without end, about like log t under gradient descent.

    Examples
    --------
    >>> Separable(n_samples=5).make().X.shape
    (5, 2)
    """

    name = "Separable classes"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(1.0, "spread", 0.0, 3.0)
    margin: float = param(0.5, "margin", 0.05, 2.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        rng = np.random.default_rng(self.seed)
        y = np.arange(self.n_samples, dtype=np.float64) % 2
        away = self.margin + self.noise * np.abs(rng.standard_normal(self.n_samples))
        along = (1.0 + self.noise) * rng.standard_normal(self.n_samples)
        across = np.where(y == 1, away, -away)
        X = 0.5 + np.column_stack([across - along, across + along]) / np.sqrt(2.0)
        return Dataset(X, y, "binary", ("x1", "x2"), class_names=("0", "1"))
