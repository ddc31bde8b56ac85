"""Optimizers as the modes take them that compute many runs: rules at constant learning rates."""

from __future__ import annotations

from lossopt.objectives import Objective
from pages.ui.controls.contestants import Slot, choices_for
from pages.ui.controls.fields import choice
from pages.ui.controls.optimizers import suggest_rates
from pages.ui.controls.problem import Problem
from pages.ui.controls.rule import more_rule_controls, rule_controls
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words


def single_optimizer(
    link: Link, words: Words, problem: Problem, goal: Objective, *, default: str
) -> Slot:
    """Choose an optimizer and set it."""
    options = choices_for(goal)
    chosen = choice(
        link,
        words,
        "optimizer",
        words("compare.optimizer"),
        options,
        "choice",
        text=lambda item: Slot(item).on(goal).label(words),
        default=default if default in options else options[0],
    )
    slot = Slot(chosen).on(goal)
    suggest_rates(link, problem, goal, [slot])
    rule_controls(link, words, slot, goal)
    more_rule_controls(link, words, slot)
    return slot
