"""Inverse square root schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class InverseSqrt(Schedule):
    """Falls like 1/√t: slowly enough to arrive, fast enough to quiet the noise.

    References
    ----------
    H. Robbins, S. Monro, "A Stochastic Approximation Method", 1951 (slower than its 1/t).

    Examples
    --------
    >>> InverseSqrt(timescale=1).factors(4).round(4)
    array([1.    , 0.7071, 0.5774, 0.5   ])
    """

    name = "Inverse square root"
    year = 1951
    formula = r"1/\sqrt{1 + t/\tau}"

    timescale: int = param(10, "time scale τ", 1, 1000, log=True)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return np.asarray(1.0 / np.sqrt(1.0 + t / self.timescale))
