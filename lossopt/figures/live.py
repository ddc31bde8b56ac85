"""What a browser needs to run a race by itself: programs, their settings, and the data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from lossopt.entries import Entry
from lossopt.figures.messages import Goals, Live, LiveRun, Moving, Principal, Samples
from lossopt.figures.packing import pack_doubles
from lossopt.formulas import Formula
from lossopt.landscapes.surfaces import Plane, resting_point
from lossopt.models import LinearInParams
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import Array
from lossopt.programs import (
    MOST_NUMBERS,
    ScriptRun,
    Untraceable,
    compiled_gradient,
    compiled_rule,
    data_of,
    script_of,
)
from lossopt.trajectories import Planned, Trajectory

ENOUGH = 1000
"""Steps that are worth a program."""
MOST_WORK = 5_000_000
"""Gradients of single samples in a race that a browser takes over: about half a second."""
MOST_SLOPES = 300_000_000
"""Entries of these gradients: a few seconds of a network."""
MOST_PLACES = 10_000_000
"""Numbers of all iterates, which a browser keeps."""

KNOWN = {"batch_size", "schedule", "clip_norm", "average"}
"""What acts on a rule from outside and a browser does, too."""


def live_message(
    objective: Objective, plane: Plane, runs: Sequence[Trajectory | Planned]
) -> Live | None:
    """Pack a race so that a browser runs it, from any start.

    Parameters
    ----------
    objective : Objective
    plane : Plane
        Where starts are picked.
    runs : list of Trajectory or Planned
        What the browser is to run, all from one start.

    Returns
    -------
    Live or None
        None if no rule has a program, or if data or race are too large.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> runs = lo.descend([lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["newton"]()], bowl)
    >>> [run and run.settings for run in live_message(bowl, axis_plane(bowl), runs).runs]
    [{'beta1': 0.9, 'beta2': 0.999, 'eps': 1e-08, 'weight_decay': 0.0}, None]
    """
    start, n_steps = runs[0].start, runs[0].n_steps
    rules = [run.optimizer for run in runs if run.optimizer]
    data = _data(objective, runs)
    work = len(runs) * n_steps * (1 if objective.quadratic else objective.n_samples)
    too_large = (
        sum(values.size for values in data.values()) > MOST_NUMBERS
        or work > min(MOST_WORK, MOST_SLOPES / objective.n_params)
        or len(runs) * n_steps * objective.n_params > MOST_PLACES
    )
    alike = len(rules) == len(runs) and all((run.start == start).all() for run in runs)
    if too_large or not alike:
        return None
    try:
        script = script_of(objective, rules)
    except Untraceable:
        return None
    messages = tuple(
        _run_message(run, how, objective)
        if how and _is_tried(rule, objective) and _is_known(run.entry)
        else None
        for rule, how, run in zip(rules, script.runs, runs, strict=True)
    )
    if not any(messages):
        return None
    return Live(
        text=re.sub("^ +", "", script.text, flags=re.MULTILINE),  # read by browsers only
        start=pack_doubles(start),
        origin=pack_doubles(plane.origin),
        directions=pack_doubles(plane.directions),
        n_samples=objective.n_samples,
        runs=messages,
        goals=_goals(objective),
        data=_samples(objective, data) if data else None,
    )


def principal_message(objective: Objective, side: int) -> Principal:
    """What a browser needs to find the plane in which runs move most, as `pca_plane` does.

    Parameters
    ----------
    objective : Objective
    side : int
        Points of the surface along each axis.
    """
    return Principal(
        origin=pack_doubles(resting_point(objective)),
        through_end=not (objective.convex or len(objective.minimizers)),
        minimizers=pack_doubles(objective.minimizers),
        side=side,
        lowest=objective.minimum,
    )


def _is_tried(rule: Optimizer, objective: Objective) -> bool:
    """Whether programs are known to do as they should: someone's own are tried here."""
    if type(rule) not in OPTIMIZERS.values() and not compiled_rule(rule, objective, ENOUGH):
        return False
    if type(objective) in (EmpiricalRisk, WeightedRisk, Formula, *OBJECTIVES.values()):
        return True
    alone = objective.n_samples == 1
    return alone and compiled_gradient(objective, objective.start, ENOUGH) is not None


def _is_known(entry: Entry | None) -> bool:
    """Whether a browser can do all that acts on a rule from outside."""
    return entry is not None and entry.outside.keys() <= KNOWN


def _run_message(run: Trajectory | Planned, how: ScriptRun, objective: Objective) -> LiveRun:
    entry = run.entry
    assert entry is not None
    return LiveRun(
        function=how.function,
        learning_rate=how.learning_rate,
        settings=dict(zip(how.names, how.settings, strict=True)),
        cost=how.cost,
        direct=how.direct,
        batch_size=entry.size(objective),
        seed=str(run.seed),
        factors=pack_doubles(entry.schedule.factors(run.n_steps)) if entry.schedule else None,
        clip_norm=entry.clip_norm,
        average=entry.average,
        rests_at=run.rests_at,
    )


def _data(objective: Objective, runs: Sequence[Trajectory | Planned]) -> dict[str, Array]:
    found = data_of(objective)
    if not isinstance(objective, EmpiricalRisk):
        return found
    batches = any(run.batch_size < objective.n_samples for run in runs)
    if objective.quadratic and objective.inputs.size > MOST_NUMBERS / 2 and not batches:
        del found["inputs"], found["labels"]
    if objective.test:
        test = objective.test
        found |= {"test_inputs": objective.model.prepare(test.X), "test_labels": test.y}
    return found


def _samples(objective: Objective, data: dict[str, Array]) -> Samples:
    packed = {name: pack_doubles(values) for name, values in data.items()}
    return Samples(**packed, moving=_moving(objective) if "inputs" in data else None)


def _moving(objective: Objective) -> Moving | None:
    """How samples are moved; not where the triangle depends on their weights."""
    assert isinstance(objective, EmpiricalRisk)
    model, data = objective.model, objective.dataset
    weighted = isinstance(objective, WeightedRisk) and objective.quadratic
    if weighted or not isinstance(model, LinearInParams):
        return None
    n_features = data.X.shape[1]
    flat: Literal["target", "class"] = "target" if data.task == "regression" else "class"
    return Moving(
        monomials=tuple(map(tuple, model.monomials(n_features))),
        up="feature" if n_features > 1 else flat,
    )


def _goals(objective: Objective) -> Goals | None:
    if isinstance(objective, EmpiricalRisk):
        found = objective.reference
        if not (found.is_minimizer and found.is_unique):
            return None
        return Goals(pack_doubles(found.params), pack_doubles(found.directions.T))
    places, every = objective.minimizers, np.eye(objective.n_params)
    return Goals(pack_doubles(places), pack_doubles(every)) if len(places) else None
