"""Optimizers × objectives: how much each spends until a target, as it comes and tuned."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

import numpy as np

from lossopt.arguments import kind_of, numbers, real_array
from lossopt.comparisons.budgets import Budget
from lossopt.comparisons.merits import MARGIN, Merit
from lossopt.comparisons.rankings import curves, some_seeds
from lossopt.comparisons.tuning import Tuning, tune
from lossopt.entries import Entry, as_entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.sweeps import Cancelled, Progress
from lossopt.sweeps._blocks import Pulse, each, executor_or_none

WAYS = ("default", "tuned")
FRESH = 1000
"""Tuning uses other orders of the samples than the runs that count: seeds from here on."""


@dataclasses.dataclass(frozen=True, eq=False)
class Scoreboard:
    """Outcome of every optimizer on every objective, by default settings and tuned.

    Attributes
    ----------
    optimizers, objectives : dict
        Names to entries and objectives, as given.
    entries : dict of (way, optimizer, objective) to Entry
        With the settings that ran; the way is ``"default"`` or ``"tuned"``.
    budget : Budget
    merit : Merit
    seeds : tuple of int
    n_trials : int
    n_steps : dict of (optimizer, objective) to int
    spent : array (2, n_optimizers, n_objectives, n_seeds)
        By default and tuned, what of the budget was spent at the target; infinite if the target
        was not reached or the run diverged.
    final_loss : array (2, n_optimizers, n_objectives, n_seeds)
        Infinite for a run that diverged.
    finished : bool
    """

    optimizers: dict[str, Entry]
    objectives: dict[str, Objective]
    entries: dict[tuple[str, str, str], Entry]
    budget: Budget
    merit: Merit
    seeds: tuple[int, ...]
    n_trials: int
    n_steps: dict[tuple[str, str], int]
    spent: Array
    final_loss: Array
    finished: bool

    @property
    def middle(self) -> Array:
        """Median over the seeds of what was spent, ``(2, n_optimizers, n_objectives)``."""
        return np.asarray(np.quantile(self.spent, 0.5, axis=-1, method="inverted_cdf"))


def scoreboard(
    optimizers: Mapping[str, Entry | Optimizer],
    objectives: Mapping[str, Objective],
    *,
    budget: Budget,
    merit: Merit | None = None,
    seeds: Sequence[int] = (0,),
    n_trials: int = 32,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
) -> Scoreboard:
    """Run every optimizer on every objective, with its own settings and tuned for each objective.

    Parameters
    ----------
    optimizers : dict of str to Entry or Optimizer
    objectives : dict of str to Objective
        Their lowest loss must be known.
    budget : Budget
        What every run may spend.
    merit : Merit, optional
        Of the kind ``"target"``; 0.1 % of the way left by default.
    seeds : list of int
        Orders of the samples.
    n_trials : int
        Trials per optimizer and objective.
    progress, cancelled, executor : optional
        As in `sweep`; a block is one optimizer on one objective.

    Returns
    -------
    Scoreboard

    Examples
    --------
    >>> import lossopt as lo
    >>> found = scoreboard(
    ...     {name: lo.OPTIMIZERS[name]() for name in ("gradient_descent", "adam")},
    ...     {"booth": lo.OBJECTIVES["booth"]()}, budget=Budget(200, "steps"))
    >>> found.middle[0].tolist(), bool(np.isfinite(found.middle[1]).all())
    ([[133.0], [inf]], True)
    """
    merit = Merit("target") if merit is None else kind_of("merit", merit, Merit)
    kind_of("budget", budget, Budget)
    for name, given in (("optimizers", optimizers), ("objectives", objectives)):
        if not kind_of(name, given, Mapping):
            raise ValueError(f"{name} must not be empty.")
    for goal in objectives.values():
        kind_of("objective", goal, Objective)
    seeds = some_seeds(seeds)
    if merit.kind != "target":
        raise ValueError("A scoreboard counts what is spent until a target.")
    entries = {name: as_entry(given) for name, given in optimizers.items()}
    shape = len(WAYS), len(entries), len(objectives), len(seeds)
    spent, final = np.full(shape, np.inf), np.full(shape, np.inf)
    used: dict[tuple[str, str, str], Entry] = {}
    steps: dict[tuple[str, str], int] = {}
    pairs = [(i, j) for j in range(len(objectives)) for i in range(len(entries))]
    names, goals = list(entries), list(objectives)
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    shared = budget, merit, seeds, n_trials
    blocks = (
        (pair, 1, (entries[names[pair[0]]], objectives[goals[pair[1]]], *shared)) for pair in pairs
    )
    settled = dict(each(_settle, blocks, len(pairs), pulse, executor))
    for i, j in pairs:
        found = settled.get((i, j))
        if found is None:
            continue
        tuned, spent[:, i, j], final[:, i, j] = found
        steps[names[i], goals[j]] = tuned.n_steps
        for way, one in zip(WAYS, (entries[names[i]], tuned.entry), strict=True):
            used[way, names[i], goals[j]] = one
    return Scoreboard(
        entries,
        dict(objectives),
        used,
        budget,
        merit,
        tuple(seeds),
        n_trials,
        steps,
        spent,
        final,
        len(steps) == len(pairs),
    )


def _settle(
    entry: Entry,
    objective: Objective,
    budget: Budget,
    merit: Merit,
    seeds: list[int],
    n_trials: int,
    pulse: Pulse,
) -> tuple[Tuning, Array, Array] | None:
    """Tuning of one optimizer for one objective; what is spent and left, ``(2, n_seeds)``."""
    tuned = tune(
        entry,
        objective,
        budget=budget,
        merit=merit,
        seeds=[seed + FRESH for seed in seeds],
        n_trials=n_trials,
        progress=pulse.tell,
        cancelled=pulse.asked,
    )
    if not tuned.finished:
        return None
    ways = [
        curves(one, objective, n_steps=tuned.n_steps, seeds=seeds) for one in (entry, tuned.entry)
    ]
    spent = np.stack([merit.of_curves(losses, objective, budget.amount) for losses in ways])
    final = np.stack([losses[:, -1] for losses in ways])
    return tuned, spent, np.where(np.isfinite(final), final, np.inf)


def performance_profile(spent: Array, ratios: Array) -> Array:
    """Share of the objectives that each optimizer settles within a factor of the cheapest.

    Parameters
    ----------
    spent : array (n_optimizers, n_objectives)
        Infinite where the target was not reached.
    ratios : array (n_ratios,)
        Factors from 1 up.

    Returns
    -------
    array (n_optimizers, n_ratios)

    References
    ----------
    E. D. Dolan, J. J. Moré, "Benchmarking optimization software with performance profiles", 2002.

    Examples
    --------
    >>> spent = np.array([[10.0, 40.0], [20.0, np.inf]])
    >>> performance_profile(spent, np.array([1.0, 2.0, 4.0]))
    array([[1. , 1. , 1. ],
           [0. , 0.5, 0.5]])
    """
    spent, ratios = real_array("spent", spent), numbers("ratios", ratios, (None,), 1.0)
    if spent.ndim != 2:
        raise ValueError(f"spent must be (n_optimizers, n_objectives), but is {spent.shape}.")
    settled = np.isfinite(spent)
    cheapest = np.where(settled, spent, np.inf).min(axis=0)
    with np.errstate(all="ignore"):
        factors = np.where(settled, spent / cheapest, np.inf)
    factors = np.where(settled & (spent == cheapest), 1.0, factors)  # also where nothing is spent
    within = factors[:, :, None] <= ratios * (1.0 + 1e-12)
    return np.asarray(within.mean(axis=1))


def leaders(spent: Array) -> tuple[tuple[list[int], int], tuple[list[int], int]]:
    """Who is cheapest on most objectives, and who reaches most targets: rows and how many.

    Whoever spends at most 1 % more than the cheapest ties with it. Nobody leads with none.

    Parameters
    ----------
    spent : array (n_optimizers, n_objectives)
        Infinite where the target was not reached.

    Examples
    --------
    >>> leaders(np.array([[10.0, 40.0], [20.0, np.inf]]))
    (([0], 2), ([0], 2))
    """
    spent = real_array("spent", spent)
    ends = performance_profile(spent, np.array([1.0 + MARGIN, 1e300])).T
    counts = np.rint(ends * spent.shape[1]).astype(int)
    cheapest, reached = (
        (np.flatnonzero((each == each.max()) & (each > 0)).tolist(), int(each.max()))
        for each in counts
    )
    return cheapest, reached
