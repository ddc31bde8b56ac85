"""Cosine with warm restarts schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class WarmRestarts(Schedule):
    """Half a cosine again and again; every round is m times as long as the one before.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(T_0=first, T_mult=m)``.

    References
    ----------
    I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2016.

    Examples
    --------
    >>> WarmRestarts(first=2, growth=2).factors(7).round(4)
    array([1.    , 0.5   , 1.    , 0.8536, 0.5   , 0.1464, 1.    ])
    """

    name = "Cosine with warm restarts"
    year = 2016
    formula = r"\tfrac12(1+\cos(\pi t_i/T_i)),\quad T_{i+1}=m\,T_i"

    first: int = param(50, "length of the first round", 1, 10_000, log=True)
    growth: int = param(2, "growth of the rounds m", 1, 5)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        if self.growth == 1:
            since, length = t % self.first, np.full(len(t), self.first)
        else:
            rounds = np.floor(
                np.log1p(t * (self.growth - 1) / self.first) / np.log(self.growth) + 1e-12
            )
            length = self.first * self.growth**rounds
            since = t - self.first * (self.growth**rounds - 1) / (self.growth - 1)
        return np.asarray(0.5 * (1.0 + np.cos(np.pi * since / length)))
