"""Trajectories: where runs went, and `descend`, which lets them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal, overload

import numpy as np

from lossopt.arguments import kind_of, kinds_of, numbers, switch, whole
from lossopt.entries import Entry, as_entries, one_each
from lossopt.lanes import Lane, run_lanes
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, params_of
from lossopt.schedules import Schedule

MAX_STEPS = 1_000_000
NUMBERS_KEPT = 5_000_000
PRODUCTS = 1_500_000_000
OPERATIONS = 300_000
FAR = 1e100
"""Numbers beyond this are about to overflow: their squares and cubes do."""
Ending = Literal["too_large", "no_value", "no_gradient", "no_step"]
"""Why a run cannot go on; see `Trajectory.ending`."""


@dataclasses.dataclass(frozen=True, eq=False)
class Trajectory:
    """Where one run went.

    Attributes
    ----------
    iterates : array (n_steps + 1, n_params)
        Params before the first step and after each, as a user would evaluate them (averages, where
        the rule averages); NaN from `diverged_at` on.
    losses : array (n_steps + 1,)
        Objective over all samples at each iterate.
    diverged_at : int or None
        Step of the first iterate that is not finite.
    ending : str or None
        Why the run was lost at `lost_at`: ``"too_large"`` (params, loss or gradient overflowed),
        ``"no_value"`` (at the iterate before, the objective has none), ``"no_gradient"`` (it has a
        value there, but no gradient) or ``"no_step"`` (it has both, but the rule gives no finite
        step: a curvature or a gradient nearby that it asks for has no value, or it divides 0 by 0).
    batch_size : int
        Samples per step.
    steps_per_epoch : int
        Steps in one pass over the samples, ceil(n_samples / batch_size).
    gradient_evaluations : array (n_steps + 1,)
        Gradients of single samples taken so far: what the run has cost. A rule that takes several
        per step, or second derivatives, pays for them.
    entry : Entry or None
        Who descended.
    objective : Objective or None
        What was descended.
    seed : int
        Order of the samples.
    rests_at : int or None
        Step after which the run moves no more, because its budget is spent.
    """

    iterates: Array
    losses: Array
    diverged_at: int | None
    batch_size: int
    steps_per_epoch: int
    gradient_evaluations: Array
    entry: Entry | None = None
    objective: Objective | None = None
    ending: Ending | None = None
    seed: int = 0
    rests_at: int | None = None

    @property
    def optimizer(self) -> Optimizer | None:
        """The rule that descended."""
        return None if self.entry is None else self.entry.optimizer

    @property
    def start(self) -> Array:
        """Params before the first step."""
        return self.iterates[0]

    @property
    def n_steps(self) -> int:
        """Number of steps."""
        return len(self.iterates) - 1

    @property
    def lost_at(self) -> int | None:
        """Step of the first iterate that is not finite or whose loss is infinite.

        The loss overflows before the params do. This step is what pictures, tables and texts tell.
        """
        lost = ~np.isfinite(self.iterates).all(axis=1) | np.isinf(self.losses)
        lost[0] = False  # where a start has an infinite loss, the first step decides
        return int(np.argmax(lost)) if lost.any() else None

    @property
    def left_domain(self) -> bool:
        """Whether the run ended where the objective has no value."""
        return self.ending == "no_value"


@dataclasses.dataclass(frozen=True, eq=False)
class Planned:
    """A descent that nobody has made yet, for who makes it elsewhere: see `Trajectory`.

    Examples
    --------
    >>> import lossopt as lo
    >>> rule, goal = lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["rosenbrock"]()
    >>> Planned(lo.Entry(rule), goal, goal.start, n_steps=300, seed=0).batch_size
    1
    """

    entry: Entry
    objective: Objective
    start: Array
    n_steps: int
    seed: int
    rests_at: int | None = None

    @property
    def optimizer(self) -> Optimizer:
        """The rule that is to descend."""
        return self.entry.optimizer

    @property
    def batch_size(self) -> int:
        """Samples of a step."""
        return self.entry.size(self.objective)

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one pass over the samples."""
        return -(-self.objective.n_samples // self.batch_size)


@overload
def descend(
    optimizers: Entry | Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = ...,
    n_steps: int = ...,
    batch_size: int | None = ...,
    seed: int = ...,
    schedule: Schedule | None = ...,
    clip_norm: float | None = ...,
    average: bool = ...,
    compiled: bool = ...,
) -> Trajectory: ...
@overload
def descend(
    optimizers: Sequence[Entry | Optimizer],
    objective: Objective,
    *,
    start: Sequence[float] | Sequence[Sequence[float]] | Array | None = ...,
    n_steps: int = ...,
    batch_size: int | Sequence[int | None] | None = ...,
    seed: int | Sequence[int] = ...,
    schedule: Schedule | Sequence[Schedule | None] | None = ...,
    clip_norm: float | Sequence[float | None] | None = ...,
    average: bool | Sequence[bool] = ...,
    compiled: bool = ...,
) -> list[Trajectory]: ...
def descend(
    optimizers: Entry | Optimizer | Sequence[Entry | Optimizer],
    objective: Objective,
    *,
    start: Sequence[float] | Sequence[Sequence[float]] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | Sequence[int | None] | None = None,
    seed: int | Sequence[int] = 0,
    schedule: Schedule | Sequence[Schedule | None] | None = None,
    clip_norm: float | Sequence[float | None] | None = None,
    average: bool | Sequence[bool] = False,
    compiled: bool = True,
) -> Trajectory | list[Trajectory]:
    """Descend an objective with one optimizer or with several side by side.

    Parameters
    ----------
    optimizers : Optimizer or Entry, or list of these
        One gives one trajectory, a list a list of them.
    objective : Objective
    start : array (n_params,) or (n_optimizers, n_params), optional
        Params before the first step, the same for all or of each optimizer; the objective's own
        start by default.
    n_steps : int
    seed : int or list of int
        Order of the samples. An epoch is one shuffled pass without replacement; runs with the
        same seed and batch size see the same batches, and with the same seed the same order.
    batch_size, schedule, clip_norm, average : optional
        What acts on bare optimizers from outside, as in `Entry`: one value for all, or a list with
        one for each. An entry brings its own.
    compiled : bool
        Whether rules and functions that have a program (see ``lossopt.programs``) run on plain
        floats. The numbers are the same, only sooner.

    Returns
    -------
    Trajectory or list of Trajectory

    Raises
    ------
    ValueError
        If an argument cannot be used, or a rule means nothing here.

    Examples
    --------
    >>> import lossopt as lo
    >>> run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.001),
    ...                  lo.OBJECTIVES["rosenbrock"](), start=[-1.5, 2.0], n_steps=2)
    >>> run.iterates.round(6)
    array([[-1.5     ,  2.      ],
           [-1.345   ,  2.05    ],
           [-1.469955,  2.001805]])
    """
    alone = isinstance(optimizers, Entry | Optimizer)
    kind_of("objective", objective, Objective)
    entries = as_entries(
        kinds_of("optimizers", [optimizers] if alone else optimizers, Optimizer, Entry),
        batch_size=batch_size,
        schedule=schedule,
        clip_norm=clip_norm,
        average=average,
    )
    starts = _starts(start, objective, [entry.optimizer for entry in entries])
    n_steps = checked_steps(n_steps)
    seeds = [checked_seed("seed", each) for each in one_each("seed", seed, len(entries))]
    lanes = [
        Lane(entry, objective, own, n_steps) for entry, own in zip(entries, seeds, strict=True)
    ]
    history, passes = run_lanes(lanes, objective, starts, n_steps, switch("compiled", compiled))
    with np.errstate(all="ignore"):
        for k, entry in enumerate(entries):
            if entry.average:
                counts = np.arange(1.0, n_steps + 1.0)[:, None]
                history[k, 1:] = np.cumsum(history[k, 1:], axis=0) / counts
        values = objective.value(history)
    finite = np.asarray(np.isfinite(history).all(axis=-1))
    calm = np.asarray(finite.all(axis=-1) & ~np.isinf(values).any(axis=-1))
    runs = [
        _trajectory(entry, objective, own, *found)
        for entry, own, *found in zip(
            entries, seeds, history, values, passes, finite, calm, strict=True
        )
    ]
    return runs[0] if alone else runs


def planned(
    entries: Sequence[Entry],
    objective: Objective,
    *,
    start: Sequence[float] | Array,
    n_steps: int,
    seed: int = 0,
) -> list[Planned]:
    """What `descend` would do, undone: for who makes the runs elsewhere, or some of them.

    Examples
    --------
    >>> import lossopt as lo
    >>> entries, goal = [lo.Entry(lo.OPTIMIZERS["adam"]())], lo.OBJECTIVES["rosenbrock"]()
    >>> [run.start.tolist() for run in planned(entries, goal, start=[1.0, 2.0], n_steps=300)]
    [[1.0, 2.0]]
    """
    first = checked_start(start, objective, *(entry.optimizer for entry in entries))
    steps, seed = checked_steps(n_steps), checked_seed("seed", seed)
    return [Planned(entry, objective, first, steps, seed) for entry in entries]


def _starts(given: Any, objective: Objective, rules: list[Optimizer]) -> Array:
    """Params before the first step of every run."""
    many = isinstance(given, list | tuple) or (isinstance(given, np.ndarray) and given.ndim > 0)
    if not (many and len(given)) or np.ndim(given[0]) == 0:
        return np.tile(checked_start(given, objective, *rules), (len(rules), 1))
    if len(given) != len(rules):
        raise ValueError(f"start has {len(given)} rows for {len(rules)} optimizers.")
    return np.stack(
        [checked_start(first, objective, rule) for first, rule in zip(given, rules, strict=True)]
    )


def checked_start(
    start: Sequence[float] | Array | None, objective: Objective, *rules: Optimizer
) -> Array:
    """Params to start from; refuses what is no start, and rules that cannot descend from there."""
    kind_of("objective", objective, Objective)
    for rule in rules:
        if not kind_of("optimizer", rule, Optimizer).fits(objective):
            raise ValueError(f"{rule.name} acts on matrices, but these params are plain numbers.")
        for field in params_of(rule):
            value = getattr(rule, field.name)
            if not isinstance(value, float | int | str) and np.size(value) > 1:
                raise ValueError(
                    f"{field.name} of {rule.name} must be one number; many go into a sweep."
                )
    return numbers("start", objective.start if start is None else start, (objective.n_params,))


def checked_steps(n_steps: int) -> int:
    """Return `n_steps`; refuse what is no number of steps."""
    return whole("n_steps", n_steps, 0, MAX_STEPS)


def checked_seed(name: str, seed: int) -> int:
    """Return a seed; refuse what starts no random numbers."""
    return whole(name, seed, 0)


def affordable_steps(objective: Objective, n_runs: int) -> int:
    """Steps that `n_runs` runs can take within about 40 MB and a few seconds.

    Examples
    --------
    >>> import lossopt as lo
    >>> affordable_steps(lo.OBJECTIVES["rosenbrock"](), 8)
    312500
    """
    kind_of("objective", objective, Objective)
    per_step = whole("n_runs", n_runs, 1) * objective.n_params
    steps = min(NUMBERS_KEPT // per_step, PRODUCTS // (per_step * objective.n_samples))
    if objective.parts > 1:
        steps = min(steps, OPERATIONS // objective.parts)
    return max(1, steps)


def _trajectory(
    entry: Entry,
    objective: Objective,
    seed: int,
    iterates: Array,
    losses: Array,
    passes: Array,
    finite: Array,
    calm: bool,
) -> Trajectory:
    n_samples, size = objective.n_samples, entry.size(objective)
    drawn = np.minimum(size, n_samples - np.arange(0, n_samples, size))
    spent = np.zeros(len(passes))
    np.cumsum(passes[1:] * _repeated(drawn, len(passes) - 1), out=spent[1:])
    found = partial(
        Trajectory,
        batch_size=size,
        steps_per_epoch=len(drawn),
        gradient_evaluations=spent,
        entry=entry,
        objective=objective,
        seed=seed,
    )
    if calm:
        return found(iterates, losses, None)
    diverged_at = None if finite.all() else int(np.argmin(finite))
    if diverged_at is not None:
        after = iterates[diverged_at].copy()
        iterates[diverged_at:] = np.nan
        losses = np.where(np.arange(len(losses)) < diverged_at, losses, np.nan)
    run = found(iterates, losses, diverged_at)
    if run.lost_at is None:
        return run
    overflowed = run.lost_at != diverged_at or bool(np.isinf(after).any())
    ending = "too_large" if overflowed else _ending(objective, iterates, losses, run.lost_at)
    return dataclasses.replace(run, ending=ending)


def _repeated(values: IntArray, length: int) -> IntArray:
    return values if len(values) == 1 else np.resize(values, length)


def _ending(objective: Objective, iterates: Array, losses: Array, lost_at: int) -> Ending:
    """Why the iterate at `lost_at` > 0 is NaN."""
    last = iterates[lost_at - 1]
    if np.abs(last).max() > FAR:
        return "too_large"
    if np.isnan(losses[lost_at - 1]):
        return "no_value"
    with np.errstate(all="ignore"):
        gradient = objective.gradient(last)
    if np.isinf(losses[lost_at - 1]) or np.isinf(gradient).any():
        return "too_large"
    return "no_gradient" if np.isnan(gradient).any() else "no_step"
