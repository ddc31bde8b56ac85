"""Trajectories: the one descent loop, for all optimizers and all runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import overload

import numpy as np

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray

MAX_STEPS = 1_000_000


@dataclasses.dataclass(frozen=True, eq=False)
class Trajectory:
    """Where one run went.

    Attributes
    ----------
    iterates : array (n_steps + 1, n_params)
        Params before the first step and after each; NaN from `diverged_at` on.
    losses : array (n_steps + 1,)
        Objective over all samples at each iterate.
    diverged_at : int or None
        Step of the first iterate that is not finite.
    batch_size : int
        Samples per step.
    steps_per_epoch : int
        Steps in one pass over the samples, ceil(n_samples / batch_size).
    """

    iterates: Array
    losses: Array
    diverged_at: int | None
    batch_size: int
    steps_per_epoch: int

    @property
    def n_steps(self) -> int:
        """Number of steps."""
        return len(self.iterates) - 1


@overload
def descend(
    optimizers: Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = ...,
    n_steps: int = ...,
    batch_size: int | None = ...,
    seed: int = ...,
) -> Trajectory: ...
@overload
def descend(
    optimizers: Sequence[Optimizer],
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = ...,
    n_steps: int = ...,
    batch_size: int | Sequence[int | None] | None = ...,
    seed: int = ...,
) -> list[Trajectory]: ...
def descend(
    optimizers: Optimizer | Sequence[Optimizer],
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | Sequence[int | None] | None = None,
    seed: int = 0,
) -> Trajectory | list[Trajectory]:
    """Descend an objective with one optimizer or with several side by side.

    Parameters
    ----------
    optimizers : Optimizer or list of Optimizer
        One gives one trajectory, a list a list of them.
    objective : Objective
    start : array (n_params,), optional
        Params before the first step; the objective's own start by default.
    n_steps : int
    batch_size : int or list of int, optional
        Samples per step, one for all or one for each optimizer; all samples by default.
    seed : int
        Order of the samples. An epoch is one shuffled pass without replacement; runs with the
        same batch size see the same batches, and all runs the same order of samples.

    Returns
    -------
    Trajectory or list of Trajectory

    Raises
    ------
    ValueError
        If `n_steps`, `batch_size` or `start` cannot be used.

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
    alone = isinstance(optimizers, Optimizer)
    rules = [optimizers] if isinstance(optimizers, Optimizer) else list(optimizers)
    sizes = _batch_sizes(batch_size, len(rules), objective.n_samples)
    first = _checked_start(start, objective)
    if not 0 <= n_steps <= MAX_STEPS:
        raise ValueError(f"n_steps must lie between 0 and {MAX_STEPS}, but is {n_steps}.")
    history = _run(rules, objective, first, n_steps, sizes, seed)
    with np.errstate(all="ignore"):
        values = objective.value(history)
    runs = [
        _trajectory(iterates, losses, size, objective.n_samples)
        for iterates, losses, size in zip(history, values, sizes, strict=True)
    ]
    return runs[0] if alone else runs


def _batch_sizes(
    batch_size: int | Sequence[int | None] | None, n_runs: int, n_samples: int
) -> list[int]:
    given = batch_size if isinstance(batch_size, Sequence) else [batch_size] * n_runs
    if len(given) != n_runs:
        raise ValueError(f"batch_size has {len(given)} entries for {n_runs} optimizers.")
    if any(size is not None and size < 1 for size in given):
        raise ValueError(f"batch_size must be 1 or more, but is {batch_size}.")
    return [n_samples if size is None else min(size, n_samples) for size in given]


def _checked_start(start: Sequence[float] | Array | None, objective: Objective) -> Array:
    params = np.array(objective.start if start is None else start, dtype=np.float64)
    if params.shape != (objective.n_params,) or not np.isfinite(params).all():
        raise ValueError(f"start must be {objective.n_params} finite numbers, but is {start}.")
    return params


def batches(n_samples: int, batch_size: int, seed: int) -> Iterator[IntArray | None]:
    """Rows of each step: shuffled passes without replacement; None when a batch holds them all.

    Examples
    --------
    >>> from itertools import islice
    >>> [len(rows) for rows in islice(batches(5, 2, seed=0), 4)]
    [2, 2, 1, 2]
    """
    if batch_size >= n_samples:
        while True:
            yield None
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(n_samples)
        yield from (order[k : k + batch_size] for k in range(0, n_samples, batch_size))


def _run(
    rules: list[Optimizer],
    objective: Objective,
    start: Array,
    n_steps: int,
    sizes: list[int],
    seed: int,
) -> Array:
    """All iterates, ``(n_runs, n_steps + 1, n_params)``.

    Runs go in step, so that one call gives the gradients of all runs with the same batch size.
    """
    history = np.empty((n_steps + 1, len(rules), objective.n_params))
    history[0] = start
    lanes = sorted(range(len(rules)), key=lambda k: sizes[k])
    groups = [
        (slice(lanes.index(members[0]), lanes.index(members[-1]) + 1), size)
        for size in sorted(set(sizes))
        for members in [[k for k in lanes if sizes[k] == size]]
    ]
    draws = [batches(objective.n_samples, size, seed) for _, size in groups]
    params = np.tile(start, (len(rules), 1))
    states = [rules[k].init(params[:1]) for k in lanes]
    with np.errstate(all="ignore"):
        for step, rows in enumerate(islice(zip(*draws, strict=True), n_steps), start=1):
            gradients = chain.from_iterable(
                objective.gradient(params[group], drawn)[:, None]
                for (group, _), drawn in zip(groups, rows, strict=True)
            )
            moved = history[step]
            for lane, gradient in enumerate(gradients):
                moved[lane : lane + 1], states[lane] = rules[lanes[lane]].update(
                    gradient, states[lane], params[lane : lane + 1]
                )
            params = moved
            if step % 64 == 0 and not np.isfinite(params).any():
                history[step + 1 :] = np.nan
                break
    return np.ascontiguousarray(history[:, np.argsort(lanes)].swapaxes(0, 1))


def _trajectory(iterates: Array, losses: Array, size: int, n_samples: int) -> Trajectory:
    finite = np.isfinite(iterates).all(axis=1)
    diverged_at = None if finite.all() else int(np.argmin(finite))
    if diverged_at is not None:
        iterates[diverged_at:] = np.nan
        losses = np.where(np.arange(len(losses)) < diverged_at, losses, np.nan)
    return Trajectory(iterates, losses, diverged_at, size, -(-n_samples // size))
