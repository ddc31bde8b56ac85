"""The largest learning rate with which a descent still descends, found by running it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.arguments import number
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.sweeps._grid import sweep
from lossopt.trajectories import checked_start

RATES = 96
"""Tried at once."""


def largest_rate(
    optimizer: Entry | Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    seed: int = 0,
    low: float = 1e-5,
    high: float = 1e2,
) -> tuple[float, float] | None:
    """Find up to which learning rate a descent ends lower than it starts.

    Rates between `low` and `high` are tried, evenly spaced in their logarithms, and then rates
    between the first one that fails and the one before it. Beyond a first failure there may be
    rates that succeed again: these do not count.

    Parameters
    ----------
    optimizer : Optimizer or Entry
    objective : Objective
    start : array (n_params,), optional
    n_steps, seed
        As in `sweep`.
    low, high : float
        Learning rates, above 0.

    Returns
    -------
    tuple of float or None
        The largest rate that succeeds, and one just above it that fails; None where the first
        rate fails already, or none fails.

    Raises
    ------
    ValueError
        If an argument cannot be used.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> found = largest_rate(lo.OPTIMIZERS["gradient_descent"](), bowl, n_steps=200)
    >>> [round(rate, 3) for rate in found]
    [0.2, 0.2]
    """
    tiny = float(np.finfo(np.float64).tiny)
    ends = (number("low", low, tiny), number("high", high, low))
    rule = optimizer.optimizer if isinstance(optimizer, Entry) else optimizer
    first = float(objective.value(checked_start(start, objective, rule)))
    for _ in range(2):
        rates = np.geomspace(*ends, RATES)
        losses = sweep(
            optimizer, objective, start=start, n_steps=n_steps, seed=seed, learning_rate=rates
        ).final_loss
        fails = ~(losses < first)
        k = int(np.argmax(fails))
        if not fails[k] or k == 0:
            return None
        ends = (float(rates[k - 1]), float(rates[k]))
    return ends
