"""Momentum, Adagrad, RMSprop and Adam came because mini-batches are slow? They did not."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, ends, line
from lossopt.optimizers import OPTIMIZERS
from lossopt.optimizers.rmsprop import RMSprop
from lossopt.optimizers.rprop import Rprop

NAMED = ("momentum", "rprop", "adagrad", "rmsprop", "adam")


@final
class CameAbout(Claim):
    """Momentum, Adagrad, RMSprop and Adam came because mini-batches are slow? They did not.

    Momentum was made for exact gradients, Adagrad for rare features, and RMSprop so that Rprop,
    which is fast with all samples, stands mini-batches.

    References
    ----------
    B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", 1964.
    J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", 2011. T. Tieleman, G. Hinton, "Lecture 6.5: RMSprop", 2012.
    """

    order = 22
    part = "beyond"
    verdict = "wrong"
    shown = (
        "lab?problem=line&runs=rprop-rmsprop&line.start=3.9_2.3&rprop.learning_rate=0.01"
        "&rprop.batch_size=1&rmsprop.learning_rate=0.01&rmsprop.batch_size=1&run.n_steps=1000"
    )

    def measured(self) -> dict[str, float]:
        pair = [Rprop(learning_rate=0.01), RMSprop(learning_rate=0.01)]
        (exact,) = ends(pair[:1], line(), 1000, start=START)
        one_rprop, one_rmsprop = ends(pair, line(), 1000, start=START, batch_size=1)
        return {
            **{f"year_{name}": OPTIMIZERS[name].year for name in NAMED},
            "steps": 1000,
            "minimum": line().minimum or 0.0,
            "all_rprop": exact,
            "end_rprop": one_rprop,
            "end_rmsprop": one_rmsprop,
        }

    def holds(self) -> bool:
        numbers = self.numbers
        older = numbers["year_momentum"] < numbers["year_rprop"] < numbers["year_rmsprop"]
        over = {name: numbers[f"end_{name}"] - numbers["minimum"] for name in ("rprop", "rmsprop")}
        exact = numbers["all_rprop"] < 1.01 * numbers["minimum"]
        return older and exact and over["rmsprop"] < 0.1 * over["rprop"]
