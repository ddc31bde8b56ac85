"""What everybody may spend, and what counts in the end."""

from __future__ import annotations

import dataclasses

from lossopt.comparisons import Budget, Entry, Merit
from lossopt.objectives import Objective
from lossopt.params import Spec, param, params_of
from pages.ui.controls.controls import Controls


@dataclasses.dataclass(frozen=True)
class Amounts(Spec):
    """Budgets in every unit; each keeps its own amount."""

    name = "Budget"

    steps: int = param(100, "budget: steps", 5, 10_000, log=True)
    epochs: int = param(20, "budget: epochs", 1, 1000, log=True)
    evaluations: int = param(10_000, "budget: gradients of single samples", 10, 1_000_000, log=True)
    samples: int = param(10_000, "budget: samples seen", 10, 1_000_000, log=True)
    gradients: int = param(100, "budget: gradient evaluations", 5, 10_000, log=True)


@dataclasses.dataclass(frozen=True)
class Search(Spec):
    """How the search compares and what it may change."""

    name = "Search"

    common: float = param(0.01, "learning rate for all", 1e-5, 10.0, log=True, limits=(0.0, 1e308))
    second: bool = param(False, "tune momentum, β₂ or decay, too")


@dataclasses.dataclass(frozen=True)
class Setting:
    """All that decides a comparison besides the objective; its ``repr`` is the key of the work."""

    entries: tuple[Entry, ...]
    budget: Budget
    merit: Merit
    search: Search
    start: tuple[float, ...]
    seed: int


AXES = {"steps": "steps", "epochs": "epochs", "evaluations": "gradients", "samples": "epochs"}
"""Axis of the loss curve that goes with a unit."""


OF_FUNCTIONS = {"steps": "steps", "evaluations": "gradients"}
"""Units where there are no samples, and the field of their amount."""


def budget_panel(controls: Controls, goal: Objective) -> Budget:
    """Unit and amount."""
    amounts = {unit: unit for unit in AXES} if goal.n_samples > 1 else OF_FUNCTIONS
    units = tuple(amounts)
    unit = controls.choice("budget.unit", controls.words("compare.unit"), units, "compare.units")
    field = next(field for field in params_of(Amounts) if field.name == amounts[unit])
    amount = controls.fields("budget", [field])[field.name]
    return Budget(float(amount), unit)


def merit_panel(controls: Controls) -> Merit:
    """Figure of merit, and the target where it is one."""
    kinds, share = params_of(Merit)
    kind = controls.choice(
        "merit.kind", controls.words("compare.merit"), kinds.choices, "compare.merits"
    )
    if kind != "target":
        return Merit(kind)
    return Merit(kind, controls.fields("merit", [share])["share"])
