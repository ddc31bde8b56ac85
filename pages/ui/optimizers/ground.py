"""The small surface on which a page of the optimizers shows them: which, from where, how long."""

from __future__ import annotations

import dataclasses

from lossopt.links.problem import Problem
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, OPTIMIZERS
from lossopt.params import Param, Spec, param, params_of
from pages.ui.controls.controls import Controls
from pages.ui.controls.starts import start_control
from pages.ui.optimizers.claims import facts_of

PLANE = (0, 1)
SURFACES = tuple(name for name, kind in OBJECTIVES.items() if kind().n_params == len(PLANE))


@dataclasses.dataclass(frozen=True)
class Length(Spec):
    """How many steps are taken."""

    name = "Length"

    n_steps: int = param(60, "steps", 1, 300, log=True)


@dataclasses.dataclass(frozen=True)
class Ground:
    """A surface, a start on it under a name of the link, and a number of steps."""

    goal: Objective
    start: tuple[float, ...]
    start_name: str
    n_steps: int


def surface_choice(controls: Controls) -> str:
    """Let a surface be chosen; its settings are those of `ground_controls`."""
    return controls.choice("problem", controls.words("lab.problem"), SURFACES, "objective")


def ground_controls(controls: Controls, surface: str) -> Ground:
    """Draw the settings of a surface, the number of steps and the start."""
    goal = controls.spec(surface, OBJECTIVES[surface])
    problem = Problem(goal, f"{surface}.start", goal)
    n_steps = controls.spec("run", Length).n_steps
    return Ground(goal, start_control(controls, problem, goal), problem.start, n_steps)


def fields_of(name: str, *, rate: bool) -> list[Param]:
    """The learning rate, starting where it suits a small surface, or all other fields."""
    fields = [
        field
        for field in params_of(OPTIMIZERS[name])
        if _is_rate(field) == rate and field.name not in ONLY_WHERE_THE_RATE_CHANGES
    ]
    usual = facts_of(name).rate
    if rate and usual is not None:
        return [dataclasses.replace(field, default=usual) for field in fields]
    return fields


def _is_rate(field: Param) -> bool:
    return field.name == "learning_rate"
