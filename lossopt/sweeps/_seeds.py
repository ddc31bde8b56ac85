"""Many orders of the samples, and how far the loss curves spread."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice, repeat

import numpy as np

from lossopt.arguments import numbers as checked_numbers
from lossopt.arguments import whole, wholes
from lossopt.borders import trusted
from lossopt.entries import Entry
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.sweeps._blocks import Cancelled, Progress, Pulse, each, executor_or_none
from lossopt.sweeps._runs import CHUNK, MAX_RUNS, Runs, lots, plain_entry
from lossopt.trajectories import checked_start, checked_steps

LARGEST_SEED = 2**63 - 1


@dataclasses.dataclass(frozen=True, eq=False)
class SeedBands:
    """Loss curves of runs that differ in the order of their samples only.

    Attributes
    ----------
    seeds : array of int (n_seeds,)
    losses : array (n_seeds, n_steps + 1)
        Objective over all samples; NaN from the step of divergence on.
    quantiles : array (n_quantiles,)
    bands : array (n_quantiles, n_steps + 1)
        Quantiles of the losses at each step; a diverged run counts as infinitely high.
    ends : array (n_seeds, n_params)
        Where the runs are after the last step; not finite if they diverged.
    diverged_at : array of int (n_seeds,)
        Step of the first iterate that is not finite; −1 if there is none.
    finished : bool
        Whether all runs took all steps.
    """

    seeds: IntArray
    losses: Array
    quantiles: Array
    bands: Array
    ends: Array
    diverged_at: IntArray
    finished: bool


def seed_bands(
    optimizer: Entry | Optimizer,
    objective: Objective,
    *,
    seeds: int | Sequence[int] = 100,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | None = 1,
    quantiles: Sequence[float] = (0.1, 0.5, 0.9),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    executor: Executor | None = None,
) -> SeedBands:
    """Run an optimizer with many orders of the samples, and say how the loss curves spread.

    Parameters
    ----------
    optimizer : Optimizer or Entry
    objective : Objective
    seeds : int or list of int
        The seeds, or how many of 0, 1, 2, …
    start, n_steps, progress, cancelled, executor
        As in `sweep`.
    batch_size : int or None
        Of a bare optimizer, 1 by default; None for all samples.
    quantiles : list of float

    Returns
    -------
    SeedBands

    Examples
    --------
    >>> import lossopt as lo
    >>> risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> found = seed_bands(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.05), risk, seeds=20)
    >>> found.bands.shape, bool((found.bands[0] <= found.bands[2]).all())
    ((3, 101), True)
    """
    entry = plain_entry(optimizer, batch_size, usual=1)
    first = checked_start(start, objective, entry.optimizer)
    if isinstance(seeds, int | np.integer):
        numbers = np.arange(whole("seeds", seeds, 1, MAX_RUNS))
    else:
        numbers = np.array(wholes("seeds", seeds, 0, LARGEST_SEED), dtype=np.int64)
    if not 1 <= len(numbers) <= MAX_RUNS:
        raise ValueError(f"There must be 1 to {MAX_RUNS} seeds, but there are {len(numbers)}.")
    shares = checked_numbers("quantiles", quantiles, (None,), 0.0, 1.0)
    size = entry.size(objective)
    losses = np.full((checked_steps(n_steps) + 1, len(numbers)), np.nan)
    diverged = np.full(len(numbers), -1)
    losses[0] = objective.value(first)
    ends = np.tile(first, (len(numbers), 1))
    pulse, executor = Pulse(progress, cancelled), executor_or_none(executor)
    blocks = (
        (some, len(some), (entry.optimizer, objective, first, size, numbers[some], n_steps))
        for some in lots(np.arange(len(numbers)), objective.n_params)
    )
    for some, part in each(_spread, blocks, len(numbers), pulse, executor):
        losses[1:, some], ends[some], diverged[some] = part
    bands = _quantiles(np.nan_to_num(losses, nan=np.inf), shares)
    return SeedBands(numbers, losses.T, shares, bands, ends, diverged, pulse.finished)


def _spread(
    rule: Optimizer,
    objective: Objective,
    start: Array,
    batch_size: int,
    seeds: IntArray,
    n_steps: int,
    pulse: Pulse,
) -> tuple[Array, Array, IntArray]:
    """Losses after each step, ends and steps of divergence of runs with some seeds."""
    losses, diverged = np.full((n_steps, len(seeds)), np.nan), np.full(len(seeds), -1)
    runs = Runs(rule, {}, np.tile(start, (len(seeds), 1)), np.arange(len(seeds)))
    goal = _RowsOfItsOwn(objective)
    draws = islice(_own_batches(objective.n_samples, batch_size, seeds.tolist()), n_steps)
    with np.errstate(all="ignore"):
        for done in range(0, n_steps, CHUNK):
            path = np.stack([runs.step(goal, rows) for rows in islice(draws, CHUNK)])
            after = slice(done, done + len(path))
            finite = np.asarray(np.isfinite(path).all(axis=2))
            finite[0] &= diverged < 0
            finite = np.logical_and.accumulate(finite, axis=0)
            losses[after] = np.where(finite, objective.value(path), np.nan)
            ended = ~finite[-1] & (diverged < 0)
            diverged[ended] = done + 1 + finite[:, ended].argmin(axis=0)
            if pulse.beat((done + len(path)) / n_steps):
                break
    return losses, runs.shown(), diverged


class _RowsOfItsOwn(Objective):
    """An objective whose `rows` may be ``(n_runs, batch_size)``: a mini-batch for each run."""

    checks = {}  # rows of two axes would be refused

    def __init__(self, objective: Objective) -> None:
        self.objective = trusted(objective)
        if isinstance(objective, EmpiricalRisk):
            self.loss = trusted(objective.loss)
        self.n_params = objective.n_params
        self.n_samples = objective.n_samples
        self.matrices = objective.matrices

    def value(self, params: Array) -> Array:
        return self.objective.value(params)

    def hessian(self, params: Array) -> Array:
        return self.objective.hessian(params)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        goal = self.objective
        if rows is None or not isinstance(goal, EmpiricalRisk):
            return goal.gradient(params, rows)
        if not isinstance(goal.model, LinearInParams) or isinstance(goal, WeightedRisk):
            each = zip(params[:, None], rows, strict=True)
            return np.concatenate([goal.gradient(point, own) for point, own in each])
        inputs, y = goal.inputs.take(rows, axis=0), goal.y.take(rows)
        z = inputs @ params.reshape(len(params), inputs.shape[2], -1)
        if goal.loss.task == "multiclass":
            slopes = self.loss.gradient(z, y)
        else:
            slopes = self.loss.gradient(z[..., 0], y)[..., None]
        summed = inputs.swapaxes(1, 2) @ slopes
        return np.asarray(summed.reshape(params.shape) / rows.shape[1])


def _own_batches(n_samples: int, size: int, seeds: list[int]) -> Iterator[IntArray | None]:
    """Like `batches`, for many seeds: rows ``(n_seeds, batch_size)``."""
    if size >= n_samples:
        yield from repeat(None)
    sources = [np.random.default_rng(seed) for seed in seeds]
    while True:
        orders = np.stack([source.permutation(n_samples) for source in sources])
        yield from (orders[:, k : k + size] for k in range(0, n_samples, size))


def _quantiles(values: Array, quantiles: Array) -> Array:
    """Quantiles over the last axis, interpolated, infinite where an infinite value takes part."""
    ordered = np.sort(values, axis=-1)
    place = quantiles * (values.shape[-1] - 1)
    below = np.floor(place).astype(np.int64)
    above = np.ceil(place).astype(np.int64)
    left, right = ordered[:, below], ordered[:, above]
    finite = np.isfinite(right)
    gap = np.where(finite, right, 0.0) - np.where(finite, left, 0.0)
    return np.asarray(np.where(finite, left + (place - below) * gap, right).T)
