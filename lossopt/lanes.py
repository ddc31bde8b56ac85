"""Runs on their way: the one loop in which they all take their steps."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from lossopt.borders import trusted
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.optimizers import OPTIMIZERS, Optimizer, State
from lossopt.params import Array, IntArray, Number, params_of
from lossopt.programs import CompiledRule, Gradient, Walk, compiled_gradient, compiled_rule

CROWD = 16
"""Runs that differ in numbers only from which on one NumPy batch is faster than plain floats."""


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


class Lane:
    """One run on its way: a rule with its state."""

    def __init__(self, entry: Entry, objective: Objective, seed: int, n_steps: int) -> None:
        rule = entry.optimizer
        self.rule = copy.copy(rule)  # its learning rate follows the schedule
        size = entry.size(objective)
        self.batches = (size, seed if size < objective.n_samples else 0)
        factors = entry.factors(n_steps)
        self.rates = None if factors is None else np.asarray(factors * rule.learning_rate)
        self.clip_norm = entry.clip_norm
        self.plain = self.rates is None and self.clip_norm is None and not _changes(rule, "step")
        self.averages = _changes(rule, "evaluated")
        self.costs = _changes(rule, "cost")
        self.state: State = {}
        self.program: CompiledRule | None = None
        self.walk: Walk | None = None
        self.rows: IntArray | None = None

    @property
    def walks(self) -> bool:
        """Whether it is sent gradients as they are, on plain floats."""
        return self.program is not None and self.clip_norm is None

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

    def begin(self, params: Array, objective: Objective) -> None:
        """Make the state before the first step, at the learning rate of that step."""
        if self.rates is not None and len(self.rates):
            object.__setattr__(self.rule, "learning_rate", float(self.rates[0]))
        if self.program is not None:
            self.walk = self.program.walk(self.rule, self._more(objective), params[0], self.rates)
        if self.walk is None:
            self.state = self.rule.init(params)
        self.trusted = trusted(self.rule)

    def step(
        self, step: int, gradient: Array, objective: Objective, rows: IntArray | None, params: Array
    ) -> Array | Sequence[float]:
        """Params after step number `step`, from 1."""
        if self.clip_norm is not None:
            norm = float(np.linalg.norm(gradient))
            gradient = gradient * min(1.0, self.clip_norm / (norm + 1e-6))
        if self.walk and (walked := self.walked(gradient[0].tolist(), rows)):
            return walked
        if self.rates is not None:
            object.__setattr__(self.rule, "learning_rate", float(self.rates[step - 1]))
        if self.plain:
            params, self.state = self.trusted.update(gradient, self.state, params)
        else:
            params, self.state = self.trusted.step(gradient, objective, rows, self.state, params)
        return params

    def _more(self, objective: Objective) -> Gradient:
        """Gradient for a rule that asks for it at other places too, over the same rows."""

        def gradient(*place: float) -> Sequence[float]:
            found: list[float] = objective.gradient(np.array([place]), self.rows)[0].tolist()
            return found

        return gradient

    def walked(self, gradient: Sequence[float], rows: IntArray | None) -> Sequence[float] | None:
        """Params after a step on plain floats; None from the first on that these cannot take."""
        if self.walk is None:
            return None
        self.rows = rows
        if self.walk.step(gradient):
            return self.walk.params
        self.state, self.walk = self.walk.numpy_state(), None
        return None

    def shown(self, params: Array) -> Array | Sequence[float]:
        """Params that a user would evaluate."""
        return self.walk.shown if self.walk else self.trusted.evaluated(params, self.state)

    @property
    def cost(self) -> Number:
        """Passes over the batch of the last step."""
        return self.walk.program.cost if self.walk else self.rule.cost(self.state)


def _joined(lanes: list[Lane]) -> Lane:
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


def run_lanes(
    lanes: list[Lane], objective: Objective, starts: Array, n_steps: int, compiled: bool
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
    lanes: list[Lane], objective: Objective, starts: Array, n_steps: int
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


class _Sharing:
    """Runs with the same batches: one call gives the gradients of all."""

    def __init__(self, lanes: list[Lane], places: list[slice], objective: Objective) -> None:
        self.here = slice(places[0].start, places[-1].stop)
        self.objective, self.gradient = objective, trusted(objective).gradient
        self.batches = batches(objective.n_samples, *lanes[0].batches)
        self.walkers = [lane for lane in lanes if lane.walks]  # these come first, a place for each
        self.others = list(zip(lanes, places, strict=True))[len(self.walkers) :]

    def step(self, step: int, params: Array, moved: Array) -> None:
        """Let all take step number `step`, from 1, from `params` to `moved`."""
        rows, first = next(self.batches), self.here.start
        slopes = self.gradient(params[self.here], rows)
        if self.walkers:
            sent = slopes[: len(self.walkers)].tolist()
            moved[first : first + len(sent)] = [
                lane.walked(slope, rows)
                or lane.step(step, np.array([slope]), self.objective, rows, params[[k]])[0]
                for k, (lane, slope) in enumerate(zip(self.walkers, sent, strict=True), first)
            ]
        for lane, place in self.others:
            slope = slopes[place.start - first : place.stop - first]
            moved[place] = lane.step(step, slope, self.objective, rows, params[place])


def _in_step(
    runs: list[Lane], objective: Objective, starts: Array, n_steps: int
) -> tuple[Array, Array]:
    """Iterates and passes, with gradients by NumPy.

    Runs go in step, so that one call gives the gradients of all runs with the same batches, and
    one the steps of all of these that differ in numbers only.
    """
    teams: dict[Any, list[int]] = {}
    for k in sorted(range(len(runs)), key=lambda k: (runs[k].batches, not runs[k].walks)):
        teams.setdefault((runs[k].batches, runs[k].team or k), []).append(k)
    order = [k for team in teams.values() for k in team]
    lanes = [_joined([runs[k] for k in team]) for team in teams.values()]
    ends = np.cumsum([len(team) for team in teams.values()]).tolist()
    places = [slice(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    kinds = [lane.batches for lane in lanes]
    groups = [
        slice(kinds.index(kind), kinds.index(kind) + kinds.count(kind)) for kind in set(kinds)
    ]
    sharing = [_Sharing(lanes[group], places[group], objective) for group in groups]
    history = np.empty((n_steps + 1, len(runs), objective.n_params))
    shown = history.copy() if any(lane.averages for lane in lanes) else history
    history[0] = shown[0] = params = starts[order]
    passes = np.ones((n_steps + 1, len(runs)))
    special = [k for k, lane in enumerate(lanes) if lane.costs or shown is not history]
    for lane, here in zip(lanes, places, strict=True):
        lane.begin(params[here], objective)
    with np.errstate(all="ignore"):
        for step in range(1, n_steps + 1):
            moved = history[step]
            for some in sharing:
                some.step(step, params, moved)
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
