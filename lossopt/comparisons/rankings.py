"""Ranks, with the spread over the order of the samples; no winner where the spreads overlap."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial

import numpy as np

from lossopt.arguments import kind_of, kinds_of, wholes
from lossopt.comparisons.budgets import Budget
from lossopt.comparisons.merits import Merit, first_loss
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.params import Array, IntArray
from lossopt.sweeps import Cancelled, Progress, seed_bands
from lossopt.sweeps._blocks import Pulse, each, executor_or_none
from lossopt.trajectories import checked_start, checked_steps, descend

QUANTILES = (0.1, 0.5, 0.9)
Tie = Callable[[Array], Array]


@dataclasses.dataclass(frozen=True, eq=False)
class Ranking:
    """Who is better than whom.

    One entry *clearly beats* another if its 90 % quantile over the seeds lies below the other's
    10 % quantile, by more than the tie margin (`Merit.tie`). The rank is 1 + the number of
    entries that clearly beat it, so that overlapping entries can share a rank; the winner clearly
    beats all others.

    Attributes
    ----------
    values : array (n_entries, n_seeds)
        Figure of merit of each run, lower is better; infinite for a run that diverged. A run that
        no order of samples changes has the same value for all seeds.
    low, middle, high : array (n_entries,)
        Quantiles 10 %, 50 % and 90 % over the seeds, each the value of one run.
    ranks : array of int (n_entries,)
    winner : int or None
        None if there is no clear winner.
    n_steps : tuple of int
        Steps that the budget paid for each.
    finished : bool
    """

    values: Array
    low: Array
    middle: Array
    high: Array
    ranks: IntArray
    winner: int | None
    n_steps: tuple[int, ...] = ()
    finished: bool = True

    @property
    def spread(self) -> float | None:
        """How far apart all results lie, as a share of the lowest.

        None where somebody beats somebody, or where the lowest is not above 0.
        """
        low, high = float(self.low.min()), float(self.high.max())
        alike = len(self.ranks) > 1 and bool((self.ranks == 1).all())
        return high / low - 1.0 if alike and low > 0.0 and np.isfinite(high) else None

    @classmethod
    def of(
        cls,
        values: Array,
        tie: Tie = np.zeros_like,
        n_steps: tuple[int, ...] = (),
        finished: bool = True,
    ) -> Ranking:
        """Rank figures of merit, ``(n_entries, n_seeds)``.

        `tie` tells by how much each value has to be undercut.

        Examples
        --------
        >>> found = Ranking.of(np.array([[1.0, 1.2], [0.8, 1.1], [3.0, 4.0]]))
        >>> found.ranks, found.winner
        (array([1, 1, 3]), None)
        """
        values = np.asarray(values, dtype=np.float64)
        low, middle, high = np.quantile(values, QUANTILES, axis=1, method="inverted_cdf")
        with np.errstate(invalid="ignore"):  # two that never arrive: ∞ < ∞
            beaten = high[:, None] + tie(low) < low
        ranks = 1 + beaten.sum(axis=0)
        first = np.flatnonzero(beaten.sum(axis=1) == len(values) - 1)
        winner = int(first[0]) if len(first) and len(values) > 1 else None
        return cls(values, low, middle, high, ranks, winner, n_steps, finished)


def curves(
    entry: Entry,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Array:
    """Loss curves of an entry for several orders of the samples.

    Returns
    -------
    array (n_seeds, n_steps + 1)
        NaN after a divergence or a cancellation; one row only where the order changes nothing.

    Examples
    --------
    >>> import lossopt as lo
    >>> curves(Entry(lo.OPTIMIZERS["adam"]()), lo.OBJECTIVES["booth"](), n_steps=9).shape
    (1, 10)
    """
    checked_start(start, objective, kind_of("entry", entry, Entry).optimizer)
    checked_steps(n_steps)
    seeds = some_seeds(seeds)
    seeds = seeds if entry.is_stochastic(objective) else seeds[:1]
    if entry.is_plain:
        return seed_bands(
            entry,
            objective,
            seeds=seeds,
            start=start,
            n_steps=n_steps,
            progress=progress,
            cancelled=cancelled,
        ).losses
    found = np.full((len(seeds), n_steps + 1), np.nan)
    for k, seed in enumerate(seeds):
        if cancelled and cancelled():
            break
        run = descend(entry, objective, start=start, n_steps=n_steps, seed=seed)
        found[k] = run.losses
        if progress:
            progress((k + 1) / len(seeds))
    return found


def rank(
    entries: Sequence[Entry],
    objective: Objective,
    *,
    budget: Budget,
    merit: Merit | None = None,
    start: tuple[float, ...] | None = None,
    seeds: Sequence[int] = tuple(range(20)),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
) -> Ranking:
    """Run everybody with the same budget, start and orders of the samples, and rank them.

    Parameters
    ----------
    entries : list of Entry
    objective : Objective
    budget : Budget
    merit : Merit, optional
        The loss after the last step by default.
    start : tuple of float, optional
    seeds : list of int
        Orders of the samples.
    progress, cancelled, executor : optional
        As in `sweep`; a block is one entry.

    Returns
    -------
    Ranking

    Examples
    --------
    >>> import lossopt as lo
    >>> slow, fast = (Entry(lo.OPTIMIZERS["gradient_descent"](rate)) for rate in (1e-4, 1e-3))
    >>> found = rank([slow, fast], lo.OBJECTIVES["rosenbrock"](), budget=Budget(50, "steps"))
    >>> found.ranks, found.winner
    (array([2, 1]), 1)
    """
    merit = Merit() if merit is None else kind_of("merit", merit, Merit)
    entries, seeds = kinds_of("entries", entries, Entry), some_seeds(seeds)
    kind_of("budget", budget, Budget)
    first = first_loss(objective, start)
    steps = tuple(budget.n_steps(entry, objective, start) for entry in entries)
    values = np.full((len(entries), len(seeds)), np.inf)
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    blocks = (
        (k, 1, (entry, objective, start, n_steps, seeds))
        for k, (entry, n_steps) in enumerate(zip(entries, steps, strict=True))
    )
    for k, found in each(_curves_of, blocks, len(entries), pulse, executor):
        values[k] = merit.of_curves(found, objective, budget.amount)
    finished = not pulse.asked()
    tie = partial(merit.tie, objective=objective, first=first, amount=budget.amount)
    return Ranking.of(values, tie, steps, finished)


def _curves_of(
    entry: Entry,
    objective: Objective,
    start: tuple[float, ...] | None,
    n_steps: int,
    seeds: list[int],
    pulse: Pulse,
) -> Array:
    return curves(
        entry,
        objective,
        start=start,
        n_steps=n_steps,
        seeds=seeds,
        progress=pulse.tell,
        cancelled=pulse.asked,
    )


def some_seeds(seeds: Sequence[int]) -> list[int]:
    """Orders of the samples, at least one."""
    if found := wholes("seeds", seeds, 0):
        return found
    raise ValueError("seeds must not be empty.")


def share(progress: Progress | None, k: int, n_parts: int) -> Progress | None:
    """Progress of part `k` of `n_parts`, told as that of the whole."""
    if progress is None:
        return None
    return lambda fraction: progress((k + fraction) / n_parts)
