"""One cycle schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class OneCycle(Schedule):
    """Up along a cosine to the full learning rate, then down to almost nothing.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.OneCycleLR(max_lr=η, total_steps=T, pct_start=rising,
    div_factor=d, cycle_momentum=False)``: momentum is left alone. The top is at step
    rising · T − 1, so a run of less than 1/rising steps begins on the way down, and one of a
    single step is at the end. Where the top is at step 0, PyTorch divides by zero; here the run
    begins at the full learning rate. ``optax.cosine_onecycle_schedule`` is another one: its top is
    at step ⌊rising · T⌋ and its end at step T, which a run of T steps does not reach.

    References
    ----------
    L. N. Smith, N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
    Learning Rates", 2018.

    Examples
    --------
    >>> OneCycle(rising=0.5).factors(5).round(4)
    array([0.04  , 0.76  , 0.9045, 0.3455, 0.    ])
    """

    name = "One cycle"
    year = 2018
    formula = r"\text{cosine up to } 1 \text{, then cosine down to } 1/(d\cdot 10^4)"

    rising: float = param(0.3, "share of rising steps", 0.05, 0.95)
    divisor: float = param(25.0, "divisor at the start d", 1.0, 100.0, log=True)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        start, end = 1.0 / self.divisor, 1e-4 / self.divisor
        top, last = self.rising * n_steps - 1.0, n_steps - 1.0
        up = t / top if top > 0.0 else np.ones(len(t))
        down = (t - top) / (last - top)
        rise = 1.0 + 0.5 * (start - 1.0) * (1.0 + np.cos(np.pi * up))
        fall = end + 0.5 * (1.0 - end) * (1.0 + np.cos(np.pi * down))
        return np.where(t <= top, rise, fall)
