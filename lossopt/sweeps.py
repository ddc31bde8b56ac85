"""Thousands of descents at once, of which only the outcome is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, params_of
from lossopt.surfaces import Box, Plane, axis_plane
from lossopt.trajectories import batches, checked_start, checked_steps

MAX_RUNS = 1_000_000
NUMBERS = 1 << 14
"""Params of all runs that move together: small enough for the cache."""
CHUNK = 50
"""Steps after which diverged runs are dropped, progress is told and a cancellation is noticed."""

Progress = Callable[[float], object]
Cancelled = Callable[[], bool]


@dataclasses.dataclass(frozen=True, eq=False)
class Sweep:
    """Outcome of a grid of runs; every array has one axis per swept hyperparameter.

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


def sweep(
    optimizer: Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | None = None,
    seed: int = 0,
    target: float | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    **hyperparameters: Sequence[Any] | Array,
) -> Sweep:
    """Run an optimizer with every combination of some hyperparameters.

    All runs see the same batches, and each equals what `descend` does with its values.

    Parameters
    ----------
    optimizer : Optimizer
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
    axes = _axes(optimizer, hyperparameters)
    shape = tuple(len(values) for values in axes.values())
    n_runs = int(np.prod(shape))
    if n_runs > MAX_RUNS:
        raise ValueError(f"A sweep has at most {MAX_RUNS} runs, but this one has {n_runs}.")
    first = checked_start(start, objective, optimizer)
    size = _batch_size(batch_size, optimizer, objective)
    outcome = _Outcome.empty(n_runs, -np.inf if target is None else target)
    pulse = _Pulse(progress, cancelled, checked_steps(n_steps) * n_runs)
    numbers = np.indices(shape).reshape(len(shape), -1)
    for rule, members in _rules(optimizer, axes, numbers):
        for some in pulse.pieces(members, objective.n_params, n_steps):
            columns = {
                name: axes[name][numbers[k, some], None]
                for k, name in enumerate(axes)
                if _is_number(optimizer, name)
            }
            runs = _Runs(rule, columns, np.tile(first, (len(some), 1)), some)
            draws = islice(batches(objective.n_samples, size, seed), n_steps)
            _follow(runs, objective, draws, outcome, pulse)
    return Sweep(
        axes,
        outcome.final.reshape(shape),
        outcome.best.reshape(shape),
        outcome.reached.reshape(shape),
        outcome.diverged.reshape(shape),
        pulse.finished,
    )


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
    size = _batch_size(batch_size, optimizer, objective)
    minimizers, reach = objective.minimizers, tolerance * max(right - left, high - low)
    index, ends = np.full(len(starts), -1), np.full(starts.shape, np.nan)
    pulse = _Pulse(progress, cancelled, checked_steps(n_steps) * len(starts))
    for some in pulse.pieces(np.arange(len(starts)), objective.n_params, n_steps):
        runs = _Runs(optimizer, {}, starts[some], some)
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


def seed_bands(
    optimizer: Optimizer,
    objective: Objective,
    *,
    seeds: int | Sequence[int] = 100,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
    batch_size: int | None = 1,
    quantiles: Sequence[float] = (0.1, 0.5, 0.9),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> SeedBands:
    """Run an optimizer with many orders of the samples, and say how the loss curves spread.

    Parameters
    ----------
    optimizer : Optimizer
    objective : Objective
    seeds : int or list of int
        The seeds, or how many of 0, 1, 2, …
    start, n_steps, batch_size, progress, cancelled
        As in `sweep`.
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
    numbers = np.arange(seeds) if isinstance(seeds, int) else np.asarray(seeds, dtype=np.int64)
    if not 1 <= len(numbers) <= MAX_RUNS:
        raise ValueError(f"There must be 1 to {MAX_RUNS} seeds, but there are {len(numbers)}.")
    first = checked_start(start, objective, optimizer)
    size = _batch_size(batch_size, optimizer, objective)
    losses = np.full((checked_steps(n_steps) + 1, len(numbers)), np.nan)
    diverged = np.full(len(numbers), -1)
    losses[0] = objective.value(first)
    ends = np.tile(first, (len(numbers), 1))
    pulse = _Pulse(progress, cancelled, n_steps * len(numbers))
    goal = _RowsOfItsOwn(objective)
    for some in pulse.pieces(np.arange(len(numbers)), objective.n_params, n_steps):
        runs = _Runs(optimizer, {}, np.tile(first, (len(some), 1)), some)
        draws = islice(_own_batches(objective.n_samples, size, numbers[some].tolist()), n_steps)
        with np.errstate(all="ignore"):
            for done in range(0, n_steps, CHUNK):
                path = np.stack([runs.step(goal, rows) for rows in islice(draws, CHUNK)])
                after = slice(done + 1, done + 1 + len(path))
                finite = np.asarray(np.isfinite(path).all(axis=2))
                finite[0] &= diverged[some] < 0
                finite = np.logical_and.accumulate(finite, axis=0)
                losses[after, some] = np.where(finite, objective.value(path), np.nan)
                ended = ~finite[-1] & (diverged[some] < 0)
                diverged[some[ended]] = after.start + finite[:, ended].argmin(axis=0)
                pulse.beat((done + len(path)) * len(some))
                if pulse.stopped:
                    break
        ends[some] = runs.shown()
    bands = _quantiles(np.nan_to_num(losses, nan=np.inf), np.asarray(quantiles, dtype=np.float64))
    chosen = np.asarray(quantiles)
    return SeedBands(numbers, losses.T, chosen, bands, ends, diverged, pulse.finished)


class _Runs:
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
        self.rule = dataclasses.replace(rule, **columns)
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


@dataclasses.dataclass(eq=False)
class _Outcome:
    """What is kept of each run; written where the run was dropped or has ended."""

    final: Array
    best: Array
    reached: IntArray
    diverged: IntArray
    target: float

    @classmethod
    def empty(cls, n_runs: int, target: float) -> _Outcome:
        nothing = np.full(n_runs, np.nan)
        never = np.full(n_runs, -1)
        return cls(nothing, nothing.copy(), never, never.copy(), target)


def _follow(
    runs: _Runs,
    objective: Objective,
    draws: Iterator[IntArray | None],
    outcome: _Outcome,
    pulse: _Pulse,
) -> None:
    """Let the runs go to their end and write down what became of them."""
    n_runs = len(runs.which)
    with np.errstate(all="ignore"):
        losses = runs.losses(objective)
        best, alive = losses, np.ones(n_runs, dtype=np.bool_)
        outcome.reached[runs.which[losses <= outcome.target]] = 0
        for step, rows in enumerate(draws, start=1):
            shown = runs.step(objective, rows)
            finite = np.isfinite(shown).all(axis=1)
            if not finite.all():
                outcome.diverged[runs.which[alive & ~finite]] = step
                alive &= finite
            losses = np.where(alive, runs.losses(objective), np.nan)
            best = np.fmin(best, losses)
            there = losses <= outcome.target
            if there.any():
                first = runs.which[there]
                outcome.reached[first[outcome.reached[first] < 0]] = step
            if step % CHUNK == 0:
                outcome.best[runs.which] = best
                runs.keep(alive)
                best, losses, alive = best[alive], losses[alive], alive[alive]
                pulse.beat(step * n_runs)
                if pulse.stopped or not len(runs.which):
                    break
        if not pulse.stopped:
            outcome.best[runs.which], outcome.final[runs.which] = best, losses


class _Pulse:
    """Deals out the runs, tells the progress and hears of a cancellation."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None, total: int) -> None:
        self.progress, self.cancelled, self.total = progress, cancelled, max(total, 1)
        self.done = 0
        self.stopped = False

    def pieces(self, members: IntArray, n_params: int, n_steps: int) -> Iterator[IntArray]:
        """Runs in lots that fit the cache, until somebody cancels."""
        size = max(1, NUMBERS // n_params)
        for first in range(0, len(members), size):
            if self.stopped:
                return
            some = members[first : first + size]
            yield some
            self.done += len(some) * n_steps
            self.beat(0)

    def beat(self, run_steps: int) -> None:
        """Look around after so many steps of single runs of this lot."""
        if self.progress:
            self.progress(min(1.0, (self.done + run_steps) / self.total))
        self.stopped = self.stopped or bool(self.cancelled and self.cancelled())

    @property
    def finished(self) -> bool:
        """Whether nobody has cancelled."""
        return not self.stopped


class _RowsOfItsOwn(Objective):
    """An objective whose `rows` may be ``(n_runs, batch_size)``: a mini-batch for each run."""

    def __init__(self, objective: Objective) -> None:
        self.objective = objective
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
        if not isinstance(goal.model, LinearInParams):
            each = zip(params[:, None], rows, strict=True)
            return np.concatenate([goal.gradient(point, own) for point, own in each])
        inputs, y = goal.inputs.take(rows, axis=0), goal.y.take(rows)
        z = inputs @ params.reshape(len(params), inputs.shape[2], -1)
        if goal.loss.task == "multiclass":
            slopes = goal.loss.gradient(z, y)
        else:
            slopes = goal.loss.gradient(z[..., 0], y)[..., None]
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


def _axes(optimizer: Optimizer, given: Mapping[str, Sequence[Any] | Array]) -> dict[str, Array]:
    known = [field.name for field in params_of(optimizer)]
    for name in given:
        if name not in known:
            raise ValueError(f"{optimizer.name} has no {name}; it has {', '.join(known)}.")
    axes = {name: np.asarray(values) for name, values in given.items()}
    if not axes or any(values.ndim != 1 or not values.size for values in axes.values()):
        raise ValueError("A sweep needs hyperparameters, each with a list of values.")
    return axes


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


def _batch_size(batch_size: int | None, optimizer: Optimizer, objective: Objective) -> int:
    if batch_size is not None and batch_size < 1:
        raise ValueError(f"batch_size must be 1 or more, but is {batch_size}.")
    if batch_size is None or optimizer.full_batch:
        return objective.n_samples
    return min(batch_size, objective.n_samples)
