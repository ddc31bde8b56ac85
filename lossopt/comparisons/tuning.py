"""The best learning rate, searched for everybody in the same way and as often."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import product

import numpy as np

from lossopt.arguments import kind_of, switch, whole
from lossopt.comparisons.budgets import Budget
from lossopt.comparisons.merits import EQUAL, Merit, first_loss
from lossopt.comparisons.rankings import curves, some_seeds
from lossopt.entries import Entry, as_entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, params_of
from lossopt.sweeps import Cancelled, Progress, sweep
from lossopt.sweeps._blocks import Pulse, each, executor_or_none
from lossopt.trajectories import descend

RANGE = (1e-5, 10.0)
"""Learning rates of the first round; later rounds go beyond where the best lies at an end."""
ROUNDS = (0.5, 0.25, 0.25)
"""Share of the trials of each round."""
NUMBERS = 100_000
"""Params of all iterates that are held at a time, and the work between two looks at the page."""
TINIEST, LARGEST = 1e-12, 1e12
SECOND: Mapping[str, tuple[float, ...]] = {
    "momentum": (0.0, 0.5, 0.9, 0.99),
    "beta2": (0.9, 0.99, 0.999, 0.9999),
    "decay": (0.5, 0.9, 0.99, 0.999),
    "beta": (0.5, 0.9, 0.99, 0.999),
}
"""Values of a second hyperparameter; an optimizer is searched along the first that it has."""


@dataclasses.dataclass(frozen=True, eq=False)
class Tuning:
    """What a search over the learning rate found.

    Attributes
    ----------
    entry : Entry
        With the chosen values.
    trials : dict of str to array (n_trials,)
        Values of the searched hyperparameters, ordered by learning rate.
    values : array (n_trials,)
        Figure of merit, the median over the seeds; infinite where the median run diverged.
    final_loss : array (n_trials,)
        Loss after the last step, likewise.
    default : float
        Figure of merit of the entry as it was given.
    chosen : int
        Row of `trials`.
    border : str
        ``"low"`` or ``"high"`` if the chosen rate is the smallest or the largest that was tried,
        so that the best may lie beyond; empty otherwise.
    n_steps : int
        Steps that the budget paid for.
    finished : bool
        False if the search was cancelled; then nothing is chosen.
    """

    entry: Entry
    trials: dict[str, Array]
    values: Array
    final_loss: Array
    default: float
    chosen: int
    border: str
    n_steps: int
    finished: bool

    @property
    def survived(self) -> bool:
        """Whether the chosen trial did not diverge."""
        return bool(np.isfinite(self.final_loss[self.chosen]))


@dataclasses.dataclass(frozen=True)
class _Task:
    """What is the same for all trials."""

    entry: Entry
    objective: Objective
    start: tuple[float, ...] | None
    n_steps: int
    amount: float
    merit: Merit
    target: float | None
    seeds: tuple[int, ...]
    second: dict[str, tuple[float, ...]]

    @property
    def one_by_one(self) -> bool:
        """Whether the whole curve is needed, or something acts on a run from outside."""
        return self.merit.kind == "area" or not self.entry.is_plain


def tune(
    given: Entry | Optimizer,
    objective: Objective,
    *,
    budget: Budget,
    merit: Merit | None = None,
    start: tuple[float, ...] | None = None,
    seeds: Sequence[int] = (0,),
    n_trials: int = 32,
    second: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
) -> Tuning:
    """Search the learning rate with the lowest figure of merit.

    Half of the trials are spread evenly over the decades of 10⁻⁵ … 10. Two rounds with a quarter
    each follow: between the neighbors of the best, or beyond the end of the range where the best
    lies there. Rates have three significant digits, so that what is printed is what was used.

    Parameters
    ----------
    given : Entry or Optimizer
    objective : Objective
    budget : Budget
        What every trial may spend.
    merit : Merit, optional
        What to make small; the loss after the last step by default. Equal values go to the lower
        last loss, then to the middle of the equal ones.
    start : tuple of float, optional
    seeds : list of int
        Orders of the samples; the median over them counts.
    n_trials : int
        The same for every optimizer, whatever is searched.
    second : bool
        Whether momentum, β₂ or a decay is searched, too, with fewer learning rates.
    progress, cancelled, executor : optional
        As in `sweep`; a block is what one order of the samples does to the trials of a round.

    Returns
    -------
    Tuning

    Raises
    ------
    ValueError
        If `n_trials` is no multiple of 16, or the figure of merit cannot be had.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=4.0)   # best rate 2 / (1 + 4)
    >>> found = tune(lo.OPTIMIZERS["gradient_descent"](), bowl, budget=Budget(20, "steps"))
    >>> len(found.values), bool(abs(found.entry.optimizer.learning_rate - 0.4) < 0.02)
    (32, True)
    """
    entry, merit = as_entry(given), Merit() if merit is None else kind_of("merit", merit, Merit)
    kind_of("budget", budget, Budget)
    seeds = some_seeds(seeds)
    switch("second", second)
    if not 16 <= whole("n_trials", n_trials) <= 4096 or n_trials % 16:
        raise ValueError(f"n_trials must be a multiple of 16 up to 4096, but is {n_trials}.")
    first = first_loss(objective, start)
    task = _Task(
        entry,
        objective,
        start,
        budget.n_steps(entry, objective, start),
        budget.amount,
        merit,
        merit.target(objective, first),
        tuple(seeds) if entry.is_stochastic(objective) else (seeds[0],),
        second_of(entry.optimizer) if second else {},
    )
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    equal = merit.equal(objective, first, budget.amount), EQUAL * abs(first)
    usual = curves(entry, objective, start=start, n_steps=task.n_steps, seeds=task.seeds)
    default = float(np.median(merit.of_curves(usual, objective, budget.amount)))
    combos = int(np.prod([len(values) for values in task.second.values()], initial=1))
    names = ("learning_rate", *task.second)
    found = np.empty((0, len(names) + 2))
    best = -1
    rates = np.geomspace(*RANGE, round(ROUNDS[0] * n_trials) // combos)
    for k, part in enumerate(ROUNDS):
        if k:
            rates = _next_rates(found, best, round(part * n_trials) // combos)
        rates = np.array([float(f"{rate:.3g}") for rate in rates])
        tried = _try(task, rates, pulse.part(k, 1, len(ROUNDS)), executor)
        if tried is None:
            break
        found = np.concatenate([found, tried])
        found = found[np.lexsort(found.T[::-1])]
        best = _best(found, equal)
    trials = dict(zip(names, found[:, :-2].T, strict=True))
    finished = tried is not None
    if finished:
        entry = entry.with_fields(**{name: float(row[best]) for name, row in trials.items()})
    border = _border(found, best) if finished else ""
    return Tuning(
        entry,
        trials,
        found[:, -2],
        found[:, -1],
        default,
        best if finished else -1,
        border,
        task.n_steps,
        finished,
    )


def second_of(optimizer: Optimizer) -> dict[str, tuple[float, ...]]:
    """Name and values of the second hyperparameter that a search may change; empty without one.

    Examples
    --------
    >>> import lossopt as lo
    >>> list(second_of(lo.OPTIMIZERS["momentum"]()))
    ['momentum']
    """
    fields = {field.name for field in params_of(optimizer)}
    return next(({name: SECOND[name]} for name in SECOND if name in fields), {})


def _try(task: _Task, rates: Array, pulse: Pulse, executor: Executor | None) -> Array | None:
    """Rows of hyperparameters, figure of merit and last loss; None after a cancellation."""
    settings = np.array(list(product(rates, *task.second.values())))
    lot = len(settings)
    if task.one_by_one:
        lot = max(1, NUMBERS // (max(task.n_steps, 1) * task.objective.n_params))
    blocks = [
        ((k, slice(first, first + lot)), lot, (task, rates, settings[first : first + lot], seed))
        for k, seed in enumerate(task.seeds)
        for first in range(0, len(settings), lot)
    ]
    values = np.full((len(task.seeds), len(settings), 2), np.inf)
    for place, found in each(_some, blocks, lot * len(blocks), pulse, executor):
        if found is None:
            return None
        values[place] = found
    if not pulse.finished:
        return None
    return np.column_stack([settings, np.median(values, axis=0)])


def _some(task: _Task, rates: Array, settings: Array, seed: int, pulse: Pulse) -> Array | None:
    """Figure of merit and last loss of some trials, ``(n_settings, 2)``; infinite if diverged."""
    if task.one_by_one:
        return _whole_curves(task, settings, seed)
    found = sweep(
        task.entry,
        task.objective,
        start=task.start,
        n_steps=task.n_steps,
        seed=seed,
        target=task.target,
        progress=pulse.tell,
        cancelled=pulse.asked,
        learning_rate=rates,
        **task.second,  # type: ignore[arg-type]
    )
    if not found.finished:
        return None
    spent = found.steps_to_target * task.amount / max(task.n_steps, 1)
    value = {
        "final": found.final_loss,
        "best": found.best_loss,
        "target": np.where(found.steps_to_target < 0, np.inf, spent),
    }[task.merit.kind]
    final = np.where(np.isfinite(found.final_loss), found.final_loss, np.inf)
    return np.stack([np.where(np.isfinite(final), value, np.inf), final], axis=-1).reshape(-1, 2)


def _whole_curves(task: _Task, settings: Array, seed: int) -> Array:
    names = ("learning_rate", *task.second)
    runs = descend(
        [task.entry.with_fields(**dict(zip(names, row, strict=True))) for row in settings.tolist()],
        task.objective,
        start=task.start,
        n_steps=task.n_steps,
        seed=seed,
    )
    losses = np.stack([run.losses for run in runs])
    merit = task.merit.of_curves(losses, task.objective, task.amount)
    final = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    return np.stack([merit, final], axis=-1)


def _best(found: Array, equal: tuple[float, float]) -> int:
    """Row with the lowest figure of merit; see `tune` for what decides between equal ones."""
    rows = np.arange(len(found))
    for column, gap in zip((-2, -1), equal, strict=True):
        values = found[rows, column]
        rows = rows[values <= values.min() + gap]
    return int(rows[(len(rows) - 1) // 2])


def _next_rates(found: Array, best: int, count: int) -> Array:
    """Learning rates of the next round."""
    rates = np.unique(found[:, 0])
    k = int(np.searchsorted(rates, found[best, 0]))
    if np.isinf(found[best, -1]):
        k = 0  # all have diverged: look further down
    powers = np.arange(1.0, count + 1.0)
    if k == 0:
        return np.asarray(np.maximum(rates[0] * (rates[0] / rates[1]) ** powers, TINIEST))
    if k == len(rates) - 1:
        return np.asarray(np.minimum(rates[k] * (rates[k] / rates[k - 1]) ** powers, LARGEST))
    below = (count + 1) // 2
    left = np.geomspace(rates[k - 1], rates[k], below + 2)[1:-1]
    right = np.geomspace(rates[k], rates[k + 1], count - below + 2)[1:-1]
    return np.concatenate([left, right])


def _border(found: Array, best: int) -> str:
    rate, tried = found[best, 0], found[:, 0]
    if rate == tried.min():
        return "low"
    return "high" if rate == tried.max() else ""
