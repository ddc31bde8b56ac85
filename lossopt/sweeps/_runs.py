"""Runs of one rule that move together, in lots that fit the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from lossopt.borders import trusted
from lossopt.entries import Entry, as_entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray

MAX_RUNS = 1_000_000
NUMBERS = 1 << 14
"""Params of all runs that move together: small enough for the cache."""
CHUNK = 50
"""Steps after which diverged runs are dropped, progress is told and a cancellation is noticed."""


class Runs:
    """Runs of one rule that move together; only where they are is known.

    Params lie in memory run by run within each parameter, so that a column of hyperparameters
    meets them in one long loop.
    """

    def __init__(
        self, rule: Optimizer, columns: Mapping[str, Array], starts: Array, which: IntArray
    ) -> None:
        self.which = which
        self.params = np.asfortranarray(starts)
        self.columns = dict(columns)
        self.rule = trusted(dataclasses.replace(rule, **columns))
        self.state = self.rule.init(self.params)
        self.run_axes = _run_axes(rule, starts.shape[1])
        self.ahead: Array | None = None
        self.full_batch = False

    def losses(self, objective: Objective) -> Array:
        """Loss where a user would evaluate it, ``(n_runs,)``.

        Where the next step starts from there with all samples, its gradient comes along.
        """
        shown = self.shown()
        if not self.full_batch or shown is not self.params:
            return objective.value(shown)
        values, self.ahead = objective.value_and_gradient(shown)
        return values

    def step(self, objective: Objective, rows: IntArray | None) -> Array:
        """Take one step; params that a user would evaluate, ``(n_runs, n_params)``."""
        slopes = objective.gradient(self.params, rows) if self.ahead is None else self.ahead
        self.ahead, self.full_batch = None, rows is None
        gradient = np.asfortranarray(slopes)
        self.params, self.state = self.rule.step(gradient, objective, rows, self.state, self.params)
        return self.shown()

    def shown(self) -> Array:
        """Params that a user would evaluate."""
        return self.rule.evaluated(self.params, self.state)

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Drop all other runs."""
        if chosen.all():
            return
        n_runs = len(self.which)
        kept = np.flatnonzero(chosen)
        for name, value in self.state.items():
            axis = self.run_axes.get(name, -2)
            counts_runs = isinstance(value, np.ndarray) and value.ndim >= -axis
            if counts_runs and value.shape[axis] == n_runs:
                self.state[name] = value.take(kept, axis=axis)
        self.columns = {name: column[kept] for name, column in self.columns.items()}
        self.rule = dataclasses.replace(self.rule, **self.columns)
        self.params = np.asfortranarray(self.params[kept])
        self.ahead = None if self.ahead is None else self.ahead[kept]
        self.which = self.which[kept]


def _run_axes(rule: Optimizer, n_params: int) -> dict[str, int]:
    """Which axis of each array of a rule's state counts the runs: the one that grows with them."""
    few, more = (rule.init(np.zeros((n_runs, n_params))) for n_runs in (2, 3))
    axes = {}
    for name, value in few.items():
        shapes = np.shape(value), np.shape(more[name])
        grown = [k for k, pair in enumerate(zip(*shapes, strict=True)) if pair[0] != pair[1]]
        if grown:
            axes[name] = grown[0] - len(shapes[0])
    return axes


def lots(members: IntArray, n_params: int) -> Iterator[IntArray]:
    """Runs in lots that fit the cache: always the same ones, whoever computes them."""
    size = max(1, NUMBERS // n_params)
    return (members[first : first + size] for first in range(0, len(members), size))


def plain_entry(
    given: Entry | Optimizer, batch_size: int | None, usual: int | None = None
) -> Entry:
    """A rule with its batch size; nothing else acts on runs that move together.

    `usual` is the batch size of a bare optimizer where nobody chooses one.
    """
    brings_its_own = isinstance(given, Entry) and batch_size == usual
    entry = as_entry(given, "optimizer", batch_size=None if brings_its_own else batch_size)
    if not entry.is_plain:
        acting = ", ".join(entry.outside.keys() - {"batch_size"})
        raise ValueError(f"Runs that move together take a batch_size only, but not {acting}.")
    return entry
