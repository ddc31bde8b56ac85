"""Cosine schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class Cosine(Schedule):
    """Falls along half a cosine: slow, fast, slow.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.CosineAnnealingLR(T_max=T, eta_min=f·η)``.

    References
    ----------
    I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2016.

    Examples
    --------
    >>> Cosine().factors(4).round(4)
    array([1.    , 0.8536, 0.5   , 0.1464])
    """

    name = "Cosine"
    year = 2016
    formula = r"f + (1-f)\,\tfrac12(1+\cos(\pi t/T))"

    final: float = param(0.0, "share at the end f", 0.0, 1.0)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        wave = 0.5 * (1.0 + np.cos(np.pi * t / max(n_steps, 1)))
        return self.final + (1.0 - self.final) * wave
