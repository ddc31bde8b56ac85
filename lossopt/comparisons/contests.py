"""The same race three times: at one common learning rate, at everybody's default, and tuned."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from concurrent.futures import Executor

from lossopt.arguments import kinds_of, number
from lossopt.comparisons.budgets import Budget
from lossopt.comparisons.merits import Merit
from lossopt.comparisons.rankings import Ranking, rank, share
from lossopt.comparisons.rates import default_rate
from lossopt.comparisons.tuning import Tuning, tune
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.sweeps import Cancelled, Progress
from lossopt.trajectories import checked_seed

TUNING_SEEDS = 3
"""Orders of the samples that a search sees."""
RANKING_SEEDS = 20
"""Other orders of the samples, on which the results are ranked."""


@dataclasses.dataclass(frozen=True, eq=False)
class Contest:
    """Who wins at which learning rates.

    Attributes
    ----------
    tunings : tuple of Tuning
    common, default, tuned : Ranking
        At one learning rate for all, at the default learning rate of each, and tuned.
    """

    tunings: tuple[Tuning, ...]
    common: Ranking
    default: Ranking
    tuned: Ranking


def contest(
    entries: Sequence[Entry],
    objective: Objective,
    *,
    common_rate: float,
    budget: Budget,
    merit: Merit | None = None,
    start: tuple[float, ...] | None = None,
    seed: int = 0,
    n_trials: int = 32,
    second: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
) -> Contest:
    """Tune everybody, and race at a common rate, at the defaults and tuned.

    The search sees the orders of samples `seed`, `seed` + 1, `seed` + 2; the ranking uses the 20
    after these, so that nobody is ranked on what it was tuned on.

    Parameters
    ----------
    entries : list of Entry
    objective : Objective
    common_rate : float
        One learning rate for all.
    budget, merit, start, n_trials, second, progress, cancelled, executor
        As in `tune`.
    seed : int

    Returns
    -------
    Contest

    Examples
    --------
    >>> import lossopt as lo
    >>> rules = [Entry(lo.OPTIMIZERS[name]()) for name in ("gradient_descent", "adam")]
    >>> found = contest(rules, lo.OBJECTIVES["booth"](), common_rate=0.01, budget=Budget(50.0))
    >>> found.common.winner, found.tuned.winner
    (0, 0)
    """
    entries = kinds_of("entries", entries, Entry)
    number("common_rate", common_rate, 0.0)
    checked_seed("seed", seed)
    tunings = []
    for k, entry in enumerate(entries):
        found = tune(
            entry,
            objective,
            budget=budget,
            merit=merit,
            start=start,
            seeds=range(seed, seed + TUNING_SEEDS),
            n_trials=n_trials,
            second=second,
            progress=share(progress, k, len(entries) + 1),
            cancelled=cancelled,
            executor=executor,
        )
        tunings.append(found)
    fields = [
        [entry.with_fields(learning_rate=common_rate) for entry in entries],
        [entry.with_fields(learning_rate=default_rate(entry)) for entry in entries],
        [found.entry for found in tunings],
    ]
    last = share(progress, len(entries), len(entries) + 1)
    rankings = [
        rank(
            field,
            objective,
            budget=budget,
            merit=merit,
            start=start,
            seeds=ranking_seeds(seed),
            progress=share(last, k, len(fields)),
            cancelled=cancelled,
            executor=executor,
        )
        for k, field in enumerate(fields)
    ]
    return Contest(tuple(tunings), *rankings)


def ranking_seeds(seed: int) -> range:
    """Orders of the samples that no search has seen."""
    checked_seed("seed", seed)
    return range(seed + TUNING_SEEDS, seed + TUNING_SEEDS + RANKING_SEEDS)
