"""Step schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array, param
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class Step(Schedule):
    """Falls by a factor γ after every s steps.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.StepLR(step_size=s, gamma=γ)``.

    References
    ----------
    A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet Classification with Deep Convolutional
    Neural Networks", 2012.

    Examples
    --------
    >>> Step(every=2, gamma=0.5).factors(5)
    array([1.  , 1.  , 0.5 , 0.5 , 0.25])
    """

    name = "Step"
    year = 2012
    formula = r"\gamma^{\lfloor t/s\rfloor}"

    every: int = param(100, "steps between falls s", 1, 10_000, log=True)
    gamma: float = param(0.5, "factor γ", 0.01, 1.0)

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return np.asarray(self.gamma ** (t // self.every))
