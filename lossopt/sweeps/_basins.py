"""Many starts, and which minimizer each of them reaches."""

from __future__ import annotations

import dataclasses
import math
from concurrent.futures import Executor
from itertools import islice

import numpy as np

from lossopt.arguments import number, whole
from lossopt.borders import trusted
from lossopt.entries import Entry
from lossopt.landscapes.surfaces import Box, Plane, checked_region
from lossopt.lanes import batches
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.sweeps._blocks import Cancelled, Progress, Pulse, each, executor_or_none
from lossopt.sweeps._runs import CHUNK, MAX_RUNS, Runs, lots, plain_entry
from lossopt.trajectories import checked_seed, checked_start, checked_steps


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
    optimizer: Entry | Optimizer,
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
    executor: Executor | None = None,
) -> Basins:
    """Find which minimizer is reached from every point of a grid.

    Parameters
    ----------
    optimizer : Optimizer or Entry
    objective : Objective
    plane : Plane, optional
        In which the starts lie; that of the first two params by default.
    bounds : pair of (low, high), optional
        Region of the plane; the objective's own bounds of the first two params by default.
    resolution : int
        Starts per axis.
    n_steps, batch_size, seed, progress, cancelled, executor
        As in `sweep`.
    tolerance : float
        Distance, in longer sides of the region, at which a minimizer counts as reached.

    Returns
    -------
    Basins

    Raises
    ------
    ValueError
        If an argument cannot be used.

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
    entry = plain_entry(optimizer, batch_size)
    checked_start(None, objective, entry.optimizer)
    plane, ((left, right), (low, high)) = checked_region(objective, plane, bounds)
    whole("resolution", resolution, 1, math.isqrt(MAX_RUNS))
    checked_seed("seed", seed)
    number("tolerance", tolerance, 0.0)
    x, y = np.linspace(left, right, resolution), np.linspace(low, high, resolution)
    starts = plane.params(x[None, :], y[:, None]).reshape(-1, objective.n_params)
    minimizers, reach = objective.minimizers, tolerance * max(right - left, high - low)
    index, ends = np.full(len(starts), -1), np.full(starts.shape, np.nan)
    shared = entry.size(objective), seed, checked_steps(n_steps), minimizers, reach
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    blocks = (
        (some, len(some), (entry.optimizer, objective, starts[some], *shared))
        for some in lots(np.arange(len(starts)), objective.n_params)
    )
    for some, part in each(_arrive, blocks, len(starts), pulse, executor):
        index[some], ends[some] = part
    found = index.reshape(resolution, resolution)
    places = ends.reshape(resolution, resolution, objective.n_params)
    return Basins(x, y, found, minimizers, places, plane, pulse.finished)


def _arrive(
    rule: Optimizer,
    objective: Objective,
    starts: Array,
    batch_size: int,
    seed: int,
    n_steps: int,
    minimizers: Array,
    reach: float,
    pulse: Pulse,
) -> tuple[IntArray, Array]:
    """Index and end of the descents from some starts, as in `Basins`."""
    index, ends = np.full(len(starts), -1), np.full(starts.shape, np.nan)
    runs, goal = Runs(rule, {}, starts, np.arange(len(starts))), trusted(objective)
    draws = islice(batches(goal.n_samples, batch_size, seed), n_steps)
    with np.errstate(all="ignore"):
        for step, rows in enumerate(draws, start=1):
            shown = runs.step(goal, rows)
            if step % CHUNK == 0 or step == n_steps:
                alive = np.asarray(np.isfinite(shown).all(axis=1))
                index[runs.which[~alive]] = -2
                runs.keep(alive)
                pulse.beat(step / n_steps)
            if pulse.stopped or not len(runs.which):
                break
        ends[runs.which] = runs.shown()
        if len(minimizers) and not pulse.stopped:
            gaps = np.linalg.norm(ends[runs.which, None] - minimizers, axis=-1)
            near = gaps.min(axis=1) <= reach
            index[runs.which[near]] = gaps.argmin(axis=1)[near]
    return index, ends
