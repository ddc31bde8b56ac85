"""Linear schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class LinearFall(Schedule):
    """Falls in a straight line to a share f of the learning rate.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.LinearLR(start_factor=1, end_factor=f, total_iters=T)``.

    References
    ----------
    L. Bottou, "Stochastic Gradient Descent Tricks", 2012 (among many decreasing schedules).

    Examples
    --------
    >>> LinearFall(final=0.0).factors(4)
    array([1.  , 0.75, 0.5 , 0.25])
    """

    name = "Linear"
    year = 2012
    formula = r"1 - (1-f)\,t/T"

    final: float = param(0.0, "share at the end f", 0.0, 1.0)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return np.asarray(1.0 - (1.0 - self.final) * t / max(n_steps, 1))
