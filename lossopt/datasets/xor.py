"""Exclusive or."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._clouds import clouds
from lossopt.params import param


@final
@dataclasses.dataclass(frozen=True)
class Xor(DatasetSpec):
    """Four clouds around (±1, ±1); class 1 where the signs differ, which no line can tell.

    References
    ----------
    M. Minsky, S. Papert, "Perceptrons", 1969.

    Examples
    --------
    >>> data = Xor(n_samples=4, noise=0.0).make()
    >>> data.X.prod(axis=1), data.y
    (array([ 1., -1.,  1., -1.]), array([0., 1., 0., 1.]))
    """

    name = "Exclusive or (XOR)"
    task = "binary"

    n_samples: int = param(100, "samples", 1, 1000, log=True)
    noise: float = param(0.4, "spread", 0.0, 3.0)
    seed: int = param(0, "data seed", 0, 9999)

    def make(self) -> Dataset:
        corners = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)]
        four = clouds(corners, self.n_samples, self.noise, self.seed)
        return Dataset(four.X, four.y % 2.0, "binary", ("x1", "x2"), class_names=("0", "1"))
