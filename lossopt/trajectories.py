"""Trajectories: the one descent loop, for all optimizers and all runs."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Literal, overload

import numpy as np

from lossopt.arguments import kind_of, kinds_of, numbers, switch, whole
from lossopt.entries import Entry, as_entries, one_each
from lossopt.objectives import Objective
from lossopt.optimizers import OPTIMIZERS, Optimizer, State
from lossopt.params import Array, IntArray, Number, params_of
from lossopt.programs import CompiledRule, Gradient, Walk, compiled_gradient, compiled_rule
from lossopt.schedules import Schedule

MAX_STEPS = 1_000_000
NUMBERS_KEPT = 5_000_000
PRODUCTS = 1_500_000_000
OPERATIONS = 300_000
CROWD = 16
"""Runs that differ in numbers only from which on one NumPy batch is faster than plain floats."""
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
        _Lane(entry, objective, own, n_steps) for entry, own in zip(entries, seeds, strict=True)
    ]
    history, passes = _run(lanes, objective, starts, n_steps, switch("compiled", compiled))
    with np.errstate(all="ignore"):
        for k, entry in enumerate(entries):
            if entry.average:
                counts = np.arange(1.0, n_steps + 1.0)[:, None]
                history[k, 1:] = np.cumsum(history[k, 1:], axis=0) / counts
        values = objective.value(history)
    runs = [
        dataclasses.replace(_trajectory(entry, objective, iterates, losses, spent), seed=own)
        for entry, own, iterates, losses, spent in zip(
            entries, seeds, history, values, passes, strict=True
        )
    ]
    return runs[0] if alone else runs


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
            if np.size(getattr(rule, field.name)) > 1:
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


class _Lane:
    """One run on its way: a rule with its state."""

    def __init__(self, entry: Entry, objective: Objective, seed: int, n_steps: int) -> None:
        rule = entry.optimizer
        self.rule = copy.copy(rule)  # its learning rate follows the schedule
        self.batches = (entry.size(objective), seed if entry.is_stochastic(objective) else 0)
        factors = entry.factors(n_steps)
        self.rates = None if factors is None else np.asarray(factors * rule.learning_rate)
        self.clip_norm = entry.clip_norm
        self.plain = self.rates is None and self.clip_norm is None and not _changes(rule, "step")
        self.averages = _changes(rule, "evaluated")
        self.costs = _changes(rule, "cost")
        self.state: State = {}
        self.program: CompiledRule | None = None
        self.walk: Walk | None = None

    def whole(self, objective: Objective) -> bool:
        """Whether every step takes all samples, and their gradient as it is."""
        return self.batches[0] >= objective.n_samples and self.clip_norm is None

    @property
    def team(self) -> tuple[Any, ...] | None:
        """What runs that can move as one batch have in common; None for a run on its own."""
        rule = self.rule
        if self.program is not None:
            return None
        if self.rates is not None or self.clip_norm is not None:
            return None
        if type(rule) not in OPTIMIZERS.values():
            return None  # columns are promised by the rules of the library only
        fields = [(field, getattr(rule, field.name)) for field in params_of(rule)]
        if not all(isinstance(value, float | int | str) for _, value in fields):
            return None
        fixed = [value for field, value in fields if not isinstance(field.default, float)]
        return (type(rule), *fixed)

    def begin(self, params: Array) -> None:
        """Make the state before the first step, at the learning rate of that step."""
        if self.rates is not None and len(self.rates):
            object.__setattr__(self.rule, "learning_rate", float(self.rates[0]))
        if self.program is not None:
            self.walk = self.program.walk(self.rule, params[0])
        if self.walk is None:
            self.state = self.rule.init(params)

    def step(
        self, step: int, gradient: Array, objective: Objective, rows: IntArray | None, params: Array
    ) -> Array | Sequence[float]:
        """Params after step number `step`, from 1."""
        if self.rates is not None:
            object.__setattr__(self.rule, "learning_rate", float(self.rates[step - 1]))
        if self.clip_norm is not None:
            norm = float(np.linalg.norm(gradient))
            gradient = gradient * min(1.0, self.clip_norm / (norm + 1e-6))
        if self.walk is not None:
            if self.walk.step(self.rule.learning_rate, gradient[0], objective, rows):
                return self.walk.params
            self.state, self.walk = self.walk.numpy_state(), None
        if self.plain:
            params, self.state = self.rule.update(gradient, self.state, params)
        else:
            params, self.state = self.rule.step(gradient, objective, rows, self.state, params)
        return params

    def shown(self, params: Array) -> Array | Sequence[float]:
        """Params that a user would evaluate."""
        return self.walk.shown if self.walk else self.rule.evaluated(params, self.state)

    @property
    def cost(self) -> Number:
        """Passes over the batch of the last step."""
        return self.walk.rule.program.cost if self.walk else self.rule.cost(self.state)


def _joined(lanes: list[_Lane]) -> _Lane:
    """One lane for runs of a team: a column for every number in which they differ."""
    first = lanes[0]
    if len(lanes) > 1:
        columns = {}
        for field in params_of(first.rule):
            values = [getattr(lane.rule, field.name) for lane in lanes]
            if len(set(values)) > 1:
                columns[field.name] = np.array(values, dtype=np.float64)[:, None]
        first.rule = dataclasses.replace(first.rule, **columns)
    return first


def _run(
    lanes: list[_Lane], objective: Objective, starts: Array, n_steps: int, compiled: bool
) -> tuple[Array, Array]:
    """All iterates, ``(n_runs, n_steps + 1, n_params)``, and the passes over each step's batch.

    A run whose rule has a program goes on plain floats; wholly, where the gradient has one too.
    """
    history = np.empty((len(lanes), n_steps + 1, objective.n_params))
    passes = np.ones((len(lanes), n_steps + 1))
    gradient = _assign_programs(lanes, objective, starts, n_steps) if compiled else None
    rest = []
    for k, lane in enumerate(lanes):
        program, done = lane.program, None
        if gradient and program and lane.whole(objective):
            done = program.run(lane.rule, gradient, starts[k], n_steps, lane.rates)
            lane.program = None
        if program is None or done is None:
            rest.append(k)
        else:
            history[k], passes[k, 1:] = done, program.program.cost
    if rest:
        some = [lanes[k] for k in rest]
        history[rest], passes[rest] = _in_step(some, objective, starts[rest], n_steps)
    return history, passes


def _assign_programs(
    lanes: list[_Lane], objective: Objective, starts: Array, n_steps: int
) -> Gradient | None:
    """Give lanes their programs; return the objective's, where one serves a lane."""
    teams = Counter(lane.team for lane in lanes) if len(lanes) > CROWD else Counter()
    for lane in lanes:
        if not teams or lane.team is None or teams[lane.team] <= CROWD:
            lane.program = compiled_rule(lane.rule, objective, n_steps)
    able = [k for k, lane in enumerate(lanes) if lane.program and lane.whole(objective)]
    if not able:
        return None
    return compiled_gradient(objective, starts[able[0]], n_steps * len(able))


def _in_step(
    runs: list[_Lane], objective: Objective, starts: Array, n_steps: int
) -> tuple[Array, Array]:
    """Iterates and passes, with gradients by NumPy.

    Runs go in step, so that one call gives the gradients of all runs with the same batches, and
    one the steps of all of these that differ in numbers only.
    """
    teams: dict[Any, list[int]] = {}
    for k in sorted(range(len(runs)), key=lambda k: runs[k].batches):
        teams.setdefault((runs[k].batches, runs[k].team or k), []).append(k)
    order = [k for team in teams.values() for k in team]
    lanes = [_joined([runs[k] for k in team]) for team in teams.values()]
    ends = np.cumsum([len(team) for team in teams.values()]).tolist()
    places = [slice(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    kinds = [lane.batches for lane in lanes]
    groups = [
        slice(kinds.index(kind), kinds.index(kind) + kinds.count(kind)) for kind in set(kinds)
    ]
    draws = [batches(objective.n_samples, *kinds[group.start]) for group in groups]
    history = np.empty((n_steps + 1, len(runs), objective.n_params))
    shown = history.copy() if any(lane.averages for lane in lanes) else history
    history[0] = shown[0] = params = starts[order]
    passes = np.ones((n_steps + 1, len(runs)))
    special = [k for k, lane in enumerate(lanes) if lane.costs or shown is not history]
    for lane, here in zip(lanes, places, strict=True):
        lane.begin(params[here])
    with np.errstate(all="ignore"):
        for step, rows in enumerate(islice(zip(*draws, strict=True), n_steps), start=1):
            moved = history[step]
            for group, drawn in zip(groups, rows, strict=True):
                first, last = places[group.start].start, places[group.stop - 1].stop
                slopes = objective.gradient(params[first:last], drawn)
                for lane, here in zip(lanes[group], places[group], strict=True):
                    slope = slopes[here.start - first : here.stop - first]
                    moved[here] = lane.step(step, slope, objective, drawn, params[here])
            for k in special:
                moved_here, lane = moved[places[k]], lanes[k]
                shown[step, places[k]] = lane.shown(moved_here)
                passes[step, places[k]] = np.ravel(lane.cost)
            params = moved
            if step % 64 == 0 and not np.isfinite(params).any():
                shown[step + 1 :] = np.nan
                passes[step + 1 :] = passes[step]
                break
    back = np.argsort(order)
    return np.ascontiguousarray(shown[:, back].swapaxes(0, 1)), passes[:, back].T


def _changes(rule: Optimizer, method: str) -> bool:
    return getattr(type(rule), method) is not getattr(Optimizer, method)


def _trajectory(
    entry: Entry, objective: Objective, iterates: Array, losses: Array, passes: Array
) -> Trajectory:
    n_samples, size = objective.n_samples, entry.size(objective)
    finite = np.isfinite(iterates).all(axis=1)
    diverged_at = None if finite.all() else int(np.argmin(finite))
    if diverged_at is not None:
        after = iterates[diverged_at].copy()
        iterates[diverged_at:] = np.nan
        losses = np.where(np.arange(len(losses)) < diverged_at, losses, np.nan)
    drawn = np.minimum(size, n_samples - np.arange(0, n_samples, size))
    spent = np.zeros(len(passes))
    np.cumsum(passes[1:] * _repeated(drawn, len(passes) - 1), out=spent[1:])
    run = Trajectory(iterates, losses, diverged_at, size, len(drawn), spent, entry, objective)
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
