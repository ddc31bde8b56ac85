"""Optimizers as the modes take them that compute many runs: rules at constant learning rates."""

from __future__ import annotations

from lossopt.links.contestants import Slot, choices_for
from lossopt.links.lab import suggest_rates
from lossopt.links.problem import Problem
from lossopt.objectives import Objective
from pages.ui.controls.controls import Controls
from pages.ui.controls.tuner import TunerPanel
from pages.ui.runs.cache import objective, rate_for


def single_optimizer(
    controls: Controls, problem: Problem, goal: Objective, *, default: str
) -> Slot:
    """Choose an optimizer and set it."""
    options = choices_for(goal)
    chosen = controls.choice(
        "optimizer",
        controls.words("compare.optimizer"),
        options,
        "choice",
        text=lambda item: Slot(item).on(goal).label(controls.words),
        default=default if default in options else options[0],
    )
    slot = Slot(chosen).on(goal)
    suggest_rates(controls.link, objective(problem.usual), [slot], rate_for)
    TunerPanel(controls, goal, most=0, with_outside=False).draw([slot])
    return slot
