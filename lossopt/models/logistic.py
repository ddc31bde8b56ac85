"""Logistic regression."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.models._base import SingleOutput


@final
@dataclasses.dataclass(frozen=True)
class Logistic(SingleOutput):
    """Logit z = w·x + b of a two-class problem; the probability of class 1 is σ(z).

    References
    ----------
    D. R. Cox, "The Regression Analysis of Binary Sequences", 1958.

    Examples
    --------
    >>> Logistic(degree=2).param_names(2, 2)
    ('w1', 'w2', 'w3', 'w4', 'w5', 'b')
    """

    name = "Logistic regression"
    year = 1958
    usual_losses = {"binary": "binary_cross_entropy"}
    formula = r"z = w^\top x + b,\quad H = \sigma(z)"
