"""Measurements in real runs that several lessons need."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.sweeps import sweep
from lossopt.trajectories import Trajectory, descend

TRIES = 33
ROUNDS = 3


def turning_point(holds: Callable[[Array], NDArray[np.bool_]], low: float, high: float) -> float:
    """Where a condition that holds at `low` first fails, by narrowing 33 tries three times.

    Examples
    --------
    >>> round(turning_point(lambda numbers: numbers < 2.5, 1.0, 4.0), 3)
    2.5
    """
    for _ in range(ROUNDS):
        tries = np.linspace(low, high, TRIES)
        first = max(int(np.argmin(holds(tries))), 1)
        low, high = float(tries[first - 1]), float(tries[first])
    return 0.5 * (low + high)


def largest_stable_rate(
    rule: Optimizer, objective: Objective, high: float, *, start: Sequence[float] | None = None
) -> float:
    """Largest learning rate below `high` with which a descent ends lower than it began.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> round(largest_stable_rate(lo.OPTIMIZERS["gradient_descent"](), bowl, 1.0), 3)
    0.2
    """
    first = np.asarray(objective.start if start is None else start, dtype=np.float64)
    began = float(objective.value(first))

    def stable(rates: Array) -> NDArray[np.bool_]:
        ends = sweep(rule, objective, start=first, n_steps=1000, learning_rate=rates).final_loss
        return np.asarray(ends < began)

    return turning_point(stable, high / TRIES, high)


def paths(
    rule: Optimizer, objective: Objective, n_steps: int, **columns: Sequence[float] | Array
) -> Array:
    """Run a rule once for every value of some hyperparameters, all runs together.

    Returns
    -------
    array (n_steps + 1, n_runs, n_params)
    """
    values = {name: np.asarray(column)[:, None] for name, column in columns.items()}
    rule = dataclasses.replace(rule, **values)
    n_runs = len(next(iter(values.values())))
    params = np.tile(objective.start, (n_runs, 1))
    state, path = rule.init(params), [params]
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            params, state = rule.update(objective.gradient(params), state, params)
            path.append(params)
    return np.stack(path)


def settled_from(losses: Array, share: float) -> IntArray:
    """Steps after which each loss stays below a share of its start; −1 if it never does.

    Examples
    --------
    >>> settled_from(np.array([[8.0, 8.0], [1.0, 1.0], [3.0, 1.0], [1.0, 9.0]]), 0.2)
    array([ 3, -1])
    """
    with np.errstate(invalid="ignore"):
        above = ~(losses <= share * losses[0])
    last = len(losses) - np.argmax(above[::-1], axis=0)
    return np.where(above[-1], -1, last)


def step_lengths(rule: Optimizer, objective: Objective, n_steps: int) -> Array:
    """How far the first parameter moves in every step, ``(n_steps,)``."""
    run = descend(rule, objective, n_steps=n_steps)
    return np.abs(np.diff(run.iterates[:, 0]))


def steps_until(reached: NDArray[np.bool_]) -> int:
    """First step at which something holds; −1 if it never does.

    >>> steps_until(np.array([False, False, True, False]))
    2
    """
    return int(np.argmax(reached)) if reached.any() else -1


def steps_to_share(run: Trajectory, share: float) -> int:
    """Steps until the distance to the minimizer 0 has shrunk to a share of the first one."""
    distances = np.linalg.norm(run.iterates, axis=1)
    return steps_until(distances <= share * distances[0])
