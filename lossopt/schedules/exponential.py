"""Exponential schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class Exponential(Schedule):
    """Falls by the same factor γ at every step.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.ExponentialLR(gamma=γ)``.

    References
    ----------
    A. Senior et al., "An Empirical Study of Learning Rates in Deep Neural Networks for Speech
    Recognition", 2013.

    Examples
    --------
    >>> Exponential(gamma=0.5).factors(3)
    array([1.  , 0.5 , 0.25])
    """

    name = "Exponential"
    year = 2012
    formula = r"\gamma^t"

    gamma: float = param(0.99, "factor γ", 0.9, 1.0, limits=(0.0, 1.0))

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return np.asarray(self.gamma**t)
