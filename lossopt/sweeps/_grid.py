"""Every combination of some hyperparameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import islice, product
from typing import Any

import numpy as np

from lossopt.arguments import number, shown
from lossopt.borders import trusted
from lossopt.entries import Entry
from lossopt.lanes import batches
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, Param, params_of
from lossopt.sweeps._blocks import Cancelled, Progress, Pulse, each, executor_or_none
from lossopt.sweeps._runs import CHUNK, MAX_RUNS, Runs, lots, plain_entry
from lossopt.trajectories import checked_seed, checked_start, checked_steps


@dataclasses.dataclass(frozen=True, eq=False)
class Sweep:
    """_Outcome of a grid of runs; every array has one axis per swept hyperparameter.

    Attributes
    ----------
    axes : dict of str to array
        Values of the swept hyperparameters, in the order of the axes.
    final_loss : array
        Objective over all samples after the last step; NaN if the run diverged.
    best_loss : array
        Lowest objective at any iterate, the start included.
    steps_to_target : array of int
        First step with an objective of at most the target; −1 if there is none.
    diverged_at : array of int
        Step of the first iterate that is not finite; −1 if there is none.
    finished : bool
        Whether all runs took all steps; runs without a result hold NaN and −1.
    """

    axes: dict[str, Array]
    final_loss: Array
    best_loss: Array
    steps_to_target: IntArray
    diverged_at: IntArray
    finished: bool


def sweep(
    optimizer: Entry | Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | None = None,
    seed: int = 0,
    target: float | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
    **hyperparameters: Sequence[Any] | Array,
) -> Sweep:
    """Run an optimizer with every combination of some hyperparameters.

    All runs see the same batches, and each equals what `descend` does with its values.

    Parameters
    ----------
    optimizer : Optimizer or Entry
        Its other hyperparameters are used as they are.
    objective : Objective
    start : array (n_params,), optional
    n_steps : int
    batch_size : int, optional
        All samples by default.
    seed : int
    target : float, optional
        Value of the objective to reach.
    progress : callable, optional
        Is told the finished fraction, 0 … 1, from time to time.
    cancelled : callable, optional
        Is asked from time to time whether to stop early.
    executor : concurrent.futures.Executor, optional
        Whose processes, threads or machines do the work, in blocks of some thousand runs: the same
        ones as here, so that the results are the same to the bit. Progress is told after each
        block; who cancels does not wait for those that run.
    **hyperparameters : list or array
        Values of each swept hyperparameter.

    Returns
    -------
    Sweep

    Raises
    ------
    ValueError
        If a hyperparameter or an argument cannot be used.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> found = sweep(lo.OPTIMIZERS["momentum"](), bowl, n_steps=200,
    ...               learning_rate=[0.01, 0.1, 1.0], momentum=[0.0, 0.9])
    >>> found.final_loss.shape, (found.diverged_at >= 0).tolist()
    ((3, 2), [[False, False], [False, False], [False, False]])
    """
    entry = plain_entry(optimizer, batch_size)
    own = entry.optimizer
    first = checked_start(start, objective, own)
    axes = _axes(own, hyperparameters)
    shape = tuple(len(values) for values in axes.values())
    n_runs = int(np.prod(shape))
    if n_runs > MAX_RUNS:
        raise ValueError(f"A sweep has at most {MAX_RUNS} runs, but this one has {n_runs}.")
    checked_seed("seed", seed)
    target = None if target is None else number("target", target)
    shared = first, objective, entry.size(objective), seed, checked_steps(n_steps), target
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    outcome = _Outcome.empty(n_runs)
    numbers = np.indices(shape).reshape(len(shape), -1)
    blocks = (
        (some, len(some), (rule, _columns(own, axes, numbers[:, some]), len(some), *shared))
        for rule, members in _rules(own, axes, numbers)
        for some in lots(members, objective.n_params)
    )
    for some, part in each(_follow, blocks, n_runs, pulse, executor):
        outcome.put(some, part)
    return Sweep(
        axes,
        outcome.final.reshape(shape),
        outcome.best.reshape(shape),
        outcome.reached.reshape(shape),
        outcome.diverged.reshape(shape),
        pulse.finished,
    )


def loss_curves(
    optimizer: Entry | Optimizer,
    objective: Objective,
    *,
    rates: Sequence[float] | Array,
    n_steps: int = 100,
    batch_size: int | None = None,
    seed: int = 0,
) -> Array:
    """Loss curves of a rule at several learning rates, from the objective's own start.

    Parameters
    ----------
    optimizer : Optimizer or Entry
        Its other hyperparameters are used as they are.
    objective : Objective
    rates : list of float
    n_steps, batch_size, seed
        As in `sweep`.

    Returns
    -------
    array (n_rates, n_steps + 1)
        Not finite after a divergence.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> loss_curves(lo.OPTIMIZERS["gradient_descent"](), bowl, rates=[0.01, 0.1])[:, -1].round(2)
    array([0.42, 0.  ])
    """
    entry = plain_entry(optimizer, batch_size)
    own, size = entry.optimizer, entry.size(objective)
    first = checked_start(None, objective, own)
    checked_seed("seed", seed)
    columns = {"learning_rate": _axis(_field(own, "learning_rate"), rates)[:, None]}
    runs = Runs(own, columns, np.tile(first, (len(rates), 1)), np.arange(len(rates)))
    draws = islice(batches(objective.n_samples, size, seed), checked_steps(n_steps))
    goal = trusted(objective)
    with np.errstate(all="ignore"):
        curves = [runs.losses(goal)]
        for rows in draws:
            runs.step(goal, rows)
            curves.append(runs.losses(goal))
    return np.stack(curves, axis=1)


@dataclasses.dataclass(eq=False)
class _Outcome:
    """What is kept of each run; written where the run was dropped or has ended."""

    final: Array
    best: Array
    reached: IntArray
    diverged: IntArray

    @classmethod
    def empty(cls, n_runs: int) -> _Outcome:
        nothing, never = np.full(n_runs, np.nan), np.full(n_runs, -1)
        return cls(nothing, nothing.copy(), never, never.copy())

    def put(self, some: IntArray, part: _Outcome) -> None:
        """Write down what became of some runs."""
        for name, values in vars(part).items():
            getattr(self, name)[some] = values


def _follow(
    rule: Optimizer,
    columns: dict[str, Array],
    n_runs: int,
    start: Array,
    objective: Objective,
    batch_size: int,
    seed: int,
    n_steps: int,
    target: float | None,
    pulse: Pulse,
) -> _Outcome:
    """Let some runs go to their end and write down what became of them."""
    goal, outcome = trusted(objective), _Outcome.empty(n_runs)
    runs = Runs(rule, columns, np.tile(start, (n_runs, 1)), np.arange(n_runs))
    draws = islice(batches(goal.n_samples, batch_size, seed), n_steps)
    wanted = -np.inf if target is None else target
    with np.errstate(all="ignore"):
        losses = runs.losses(goal)
        best, alive = losses, np.ones(n_runs, dtype=np.bool_)
        outcome.reached[losses <= wanted] = 0
        for step, rows in enumerate(draws, start=1):
            shown = runs.step(goal, rows)
            finite = np.isfinite(shown).all(axis=1)
            if not finite.all():
                outcome.diverged[runs.which[alive & ~finite]] = step
                alive &= finite
            losses = np.where(alive, runs.losses(goal), np.nan)
            best = np.fmin(best, losses)
            there = losses <= wanted
            if there.any():
                first = runs.which[there]
                outcome.reached[first[outcome.reached[first] < 0]] = step
            if step % CHUNK == 0:
                outcome.best[runs.which] = best
                runs.keep(alive)
                best, losses, alive = best[alive], losses[alive], alive[alive]
                if pulse.beat(step / n_steps):
                    return outcome
                if not len(runs.which):
                    break
        outcome.best[runs.which], outcome.final[runs.which] = best, losses
    return outcome


def _columns(optimizer: Optimizer, axes: dict[str, Array], numbers: IntArray) -> dict[str, Array]:
    """Values of what may be a column, for runs with these numbers along each axis."""
    return {
        name: values[own, None]
        for (name, values), own in zip(axes.items(), numbers, strict=True)
        if _is_number(optimizer, name)
    }


def _axes(optimizer: Optimizer, given: Mapping[str, Sequence[Any] | Array]) -> dict[str, Array]:
    known = [field.name for field in params_of(optimizer)]
    for name in given:
        if name not in known:
            raise ValueError(f"{optimizer.name} has no {name}; it has {', '.join(known)}.")
    if not given:
        raise ValueError("A sweep needs hyperparameters, each with a list of values.")
    return {name: _axis(_field(optimizer, name), values) for name, values in given.items()}


def _field(optimizer: Optimizer, name: str) -> Param:
    return next(field for field in params_of(optimizer) if field.name == name)


def _axis(field: Param, values: Sequence[Any] | Array) -> Array:
    """Values of one hyperparameter, each of which its field accepts."""
    listed = isinstance(values, Sequence) or (isinstance(values, np.ndarray) and values.ndim == 1)
    if not listed or isinstance(values, str) or not len(values):
        raise ValueError(f"{field.name} must be a list of values to sweep, but is {shown(values)}.")
    return np.array([field.checked(value) for value in values])


def _is_number(optimizer: Optimizer, name: str) -> bool:
    """Whether a hyperparameter may be a column; whole numbers, switches and words may not."""
    return any(
        field.name == name and isinstance(field.default, float) for field in params_of(optimizer)
    )


def _rules(
    optimizer: Optimizer, axes: dict[str, Array], numbers: IntArray
) -> Iterator[tuple[Optimizer, IntArray]]:
    """The rule for each choice of what cannot be a column, with the runs that go with it."""
    fixed = [k for k, name in enumerate(axes) if not _is_number(optimizer, name)]
    names, values = list(axes), list(axes.values())
    for choice in product(*(range(len(values[k])) for k in fixed)):
        chosen = {names[k]: values[k][i].item() for k, i in zip(fixed, choice, strict=True)}
        members = (numbers[fixed] == np.array(choice, dtype=np.int64)[:, None]).all(axis=0)
        yield dataclasses.replace(optimizer, **chosen), np.flatnonzero(members)
