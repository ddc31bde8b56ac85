"""Optimizers as the modes take them that compute many runs: rules at constant learning rates."""

from __future__ import annotations

from collections.abc import Sequence

from lossopt.objectives import Objective
from lossopt.schedules import SCHEDULES
from lossopt.trajectories import affordable_steps
from pages.ui.controls.contestants import Slot, choices_for
from pages.ui.controls.fields import choice, spec_without_controls
from pages.ui.controls.panel import (
    RunChoice,
    batch_size_of,
    more_rule_controls,
    rule_controls,
    suggest_rates,
)
from pages.ui.controls.problem import Problem
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.runs.cache import Race


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


def plain_race(
    link: Link,
    slots: Sequence[Slot],
    problem: str,
    goal: Objective,
    run: RunChoice,
    *,
    follow: bool,
) -> Race:
    """The runs of some optimizers at constant learning rates."""
    return Race(
        problem=problem,
        optimizers=tuple(spec_without_controls(link, slot.id, slot.rule) for slot in slots),
        batch_sizes=tuple(batch_size_of(link, slot, goal) for slot in slots),
        schedules=tuple(SCHEDULES["constant"]() for _ in slots),
        clip_norms=tuple(None for _ in slots),
        averages=tuple(False for _ in slots),
        n_steps=min(run.n_steps, affordable_steps(goal, len(slots))),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=follow,
    )
