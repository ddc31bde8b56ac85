"""The settings of a run, as names that a check of scripts can count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lossopt.formulas import Formula
from lossopt.formulas._read import VARIABLES, Node
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.params import Param, Spec, params_of
from lossopt.registry import fields_of, id_of, is_shipped
from lossopt.schedules import Schedule
from lossopt.scripts._problems import MOST_LITERAL
from lossopt.scripts._run import Run

UNSEEN = {"learning_rate", "warmup", "init_seed", "matrix_seed"}
"""Fields whose values make no other script; of the learning rate only 0 is told apart."""


def settings(run: Run) -> tuple[str, ...]:
    """What a run is made of, as ``axis=level``; of numbers only 0 and unusual ones are named.

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["adam"](beta1=0.0)
    >>> goal = lo.OBJECTIVES["rosenbrock"]()
    >>> settings(Run(lo.Entry(rule), goal, (-1.5, 2.0), 300))[:4]
    ('optimizer=adam', 'optimizer.adam.beta1=0', 'schedule=none', 'warmup=none')
    """
    return tuple(_settings(run))


def _settings(run: Run) -> Iterator[str]:
    acting = run.acting
    yield from _spec("optimizer", run.entry.optimizer)
    yield from _schedule(acting.get("schedule"), run.n_steps)
    yield from _problem(run.objective)
    yield f"batch_size={'some' if 'batch_size' in acting else 'all'}"
    yield f"clip_norm={'some' if 'clip_norm' in acting else 'none'}"
    yield f"average={'yes' if 'average' in acting else 'no'}"
    yield f"n_steps={'some' if run.n_steps else '0'}"


def _schedule(schedule: Schedule | None, n_steps: int) -> Iterator[str]:
    if schedule is None:
        yield from ("schedule=none", "warmup=none")
        return
    yield from _spec("schedule", schedule)
    within = "to the end" if schedule.warmup >= n_steps else "within"
    yield f"warmup={within if schedule.warmup else 'none'}"


def _problem(objective: Objective) -> Iterator[str]:
    if isinstance(objective, Formula):
        yield "objective=formula"
        parts = sorted(_kinds(objective.tree))
        yield f"formula.variables={sum(kind in parts for kind in VARIABLES)}"
        yield from (f"formula.{kind}=used" for kind in parts if kind not in VARIABLES)
    elif isinstance(objective, EmpiricalRisk):
        yield from _spec("loss", objective.loss)
        yield from _spec("model", objective.model)
        few = objective.n_samples <= MOST_LITERAL
        yield f"samples={'written' if few else 'file'}"
        if isinstance(objective, WeightedRisk):
            yield f"weights={objective.weighting}"
    elif isinstance(objective, Spec):
        yield from _spec("objective", objective)
    else:
        yield "objective=own"


def _kinds(node: Node) -> set[str]:
    inner = {kind for part in node.parts for kind in _kinds(part)}
    return inner if node.kind == "number" else inner | {node.kind}


def _spec(axis: str, spec: Spec) -> Iterator[str]:
    if not is_shipped(spec):
        yield f"{axis}=own"
        return
    name, values = id_of(spec), fields_of(spec)
    yield f"{axis}={name}"
    for field in params_of(spec):
        level = _level(field, values[field.name])
        if level:
            yield f"{axis}.{name}.{field.name}={level}"


def _level(field: Param, value: Any) -> str:
    """A choice by its name, a number as 0 or as another one; empty for the usual value."""
    if value == field.default:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if value == 0.0:
        return "0"
    return "" if field.name in UNSEEN else "other"
