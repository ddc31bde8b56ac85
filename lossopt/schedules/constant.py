"""Constant schedule."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.params import Array
from lossopt.schedules._base import Schedule


@final
@dataclasses.dataclass(frozen=True)
class Constant(Schedule):
    """The learning rate stays as it is.

    References
    ----------
    A.-L. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", 1847.

    Examples
    --------
    >>> Constant().factors(3)
    array([1., 1., 1.])
    """

    name = "Constant"
    year = 1847
    formula = r"1"

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return np.asarray(np.ones(len(t)))
