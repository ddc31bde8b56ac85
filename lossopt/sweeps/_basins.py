"""Many starts, and which minimizer each of them reaches."""

from __future__ import annotations

import dataclasses
from itertools import islice

import numpy as np

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.surfaces import Box, Plane, axis_plane
from lossopt.sweeps._runs import (
    CHUNK,
    MAX_RUNS,
    Cancelled,
    Progress,
    Pulse,
    Runs,
    checked_batch_size,
)
from lossopt.trajectories import batches, checked_start, checked_steps


@dataclasses.dataclass(frozen=True, eq=False)
class Basins:
    """Where the descents from a grid of starts end.

    Attributes
    ----------
    x : array (nx,)
    y : array (ny,)
    index : array of int (ny, nx)
        Row of `minimizers` that was reached; −1 if none was, −2 if the run diverged.
    minimizers : array (n_minimizers, n_params)
    ends : array (ny, nx, n_params)
        Where the runs are after the last step; NaN if they diverged.
    plane : Plane
        In which the starts lie.
    finished : bool
        Whether all runs took all steps.
    """

    x: Array
    y: Array
    index: IntArray
    minimizers: Array
    ends: Array
    plane: Plane
    finished: bool


def basins(
    optimizer: Optimizer,
    objective: Objective,
    *,
    plane: Plane | None = None,
    bounds: Box | None = None,
    resolution: int = 64,
    n_steps: int = 500,
    batch_size: int | None = None,
    seed: int = 0,
    tolerance: float = 0.01,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Basins:
    """Find which minimizer is reached from every point of a grid.

    Parameters
    ----------
    optimizer : Optimizer
    objective : Objective
    plane : Plane, optional
        In which the starts lie; that of the first two params by default.
    bounds : pair of (low, high), optional
        Region of the plane; the objective's own bounds of the first two params by default.
    resolution : int
        Starts per axis.
    n_steps, batch_size, seed, progress, cancelled
        As in `sweep`.
    tolerance : float
        Distance, in longer sides of the region, at which a minimizer counts as reached.

    Returns
    -------
    Basins

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
    >>> basins(rule, lo.OBJECTIVES["himmelblau"](), resolution=4, n_steps=200).index
    array([[2, 2, 3, 3],
           [2, 2, 3, 3],
           [1, 1, 0, 0],
           [1, 1, 0, 0]])
    """
    plane = plane or axis_plane(objective)
    (left, right), (low, high) = bounds or objective.bounds[:2]
    if not (0 < right - left < np.inf and 0 < high - low < np.inf):
        raise ValueError("The bounds must be finite, with low below high.")
    if not 1 <= resolution**2 <= MAX_RUNS:
        raise ValueError(f"resolution must lie between 1 and 1000, but is {resolution}.")
    x, y = np.linspace(left, right, resolution), np.linspace(low, high, resolution)
    checked_start(None, objective, optimizer)
    starts = plane.params(x[None, :], y[:, None]).reshape(-1, objective.n_params)
    size = checked_batch_size(batch_size, optimizer, objective)
    minimizers, reach = objective.minimizers, tolerance * max(right - left, high - low)
    index, ends = np.full(len(starts), -1), np.full(starts.shape, np.nan)
    pulse = Pulse(progress, cancelled, checked_steps(n_steps) * len(starts))
    for some in pulse.pieces(np.arange(len(starts)), objective.n_params, n_steps):
        runs = Runs(optimizer, {}, starts[some], some)
        draws = islice(batches(objective.n_samples, size, seed), n_steps)
        with np.errstate(all="ignore"):
            for step, rows in enumerate(draws, start=1):
                shown = runs.step(objective, rows)
                if step % CHUNK == 0 or step == n_steps:
                    alive = np.asarray(np.isfinite(shown).all(axis=1))
                    index[runs.which[~alive]] = -2
                    runs.keep(alive)
                    pulse.beat(step * len(some))
                if pulse.stopped or not len(runs.which):
                    break
            ends[runs.which] = runs.shown()
            if len(minimizers) and not pulse.stopped:
                gaps = np.linalg.norm(ends[runs.which, None] - minimizers, axis=-1)
                near = gaps.min(axis=1) <= reach
                index[runs.which[near]] = gaps.argmin(axis=1)[near]
    found = index.reshape(resolution, resolution)
    places = ends.reshape(resolution, resolution, objective.n_params)
    return Basins(x, y, found, minimizers, places, plane, pulse.finished)
