"""The panel of the contestants: choose one to tune it, add, copy or remove one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.params import Spec, decimal
from pages.ui.controls.contestants import MAX_RUNS, Slot, parse_slots, slots_text
from pages.ui.controls.controls import Controls
from pages.ui.controls.problem import Problem
from pages.ui.controls.rule import entry_of
from pages.ui.controls.tuner import Follow, TunerPanel
from pages.ui.frame.link import Link
from pages.ui.runs.cache import objective, rate_for


def optimizer_panel(
    controls: Controls,
    problem: Problem,
    goal: Objective,
    *,
    usual: str = "batch",
    most: int = MAX_RUNS,
    with_outside: bool = True,
    shared: type[Spec] | None = None,
    stage: str = "",
    follow: Follow | None = None,
) -> list[Slot]:
    """Contestants: choose one to tune it, add, copy or remove one.

    Those that mean nothing on this problem stay in the link, and stand aside.

    Parameters
    ----------
    usual : str
        Contestants of a link that names none.
    most : int
        How many may take part; further ones of the link do not.
    with_outside : bool
        Whether schedule, clipping and averaging are offered.
    shared : class, optional
        A spec of all contestants, under ``run`` in the link, that is tuned with them.
    stage : str
        Name of the stage that runs what is chosen, before the page hears of it.
    follow : Follow, optional
        How the page follows without being drawn again.
    """
    link = controls.link
    chosen = link.read_list("runs", parse_slots(usual), parse_slots)
    link.write("runs", slots_text(chosen))
    fitting = [slot for slot in chosen if slot.fits(goal)][:most] or [Slot("batch")]
    slots = [slot.on(goal) for slot in fitting]
    _say_who_stands_aside(controls, goal, [slot for slot in chosen if not slot.fits(goal)])
    suggest_rates(link, problem, goal, slots)
    TunerPanel(controls, goal, most, with_outside, shared).draw(slots, stage=stage, follow=follow)
    return slots


def suggest_rates(link: Link, problem: Problem, goal: Objective, slots: Iterable[Slot]) -> None:
    """Let every contestant begin with a learning rate that was found on the problem."""
    usual = objective(problem.usual)
    for slot in slots:
        rate = rate_for(Entry(slot.rule(), slot.batch_size), usual)
        link.suggest(f"{slot.id}.learning_rate", decimal(rate))


def _say_who_stands_aside(controls: Controls, goal: Objective, slots: list[Slot]) -> None:
    words = controls.words
    for slot in slots:
        entry_of(controls.link, slot, goal)
    for key, fits in (("stands_aside", False), ("no_samples", True)):
        names = [slot.label(words) for slot in slots if slot.rule.fits(goal) == fits]
        if names:
            st.caption(words(f"lab.{key}", names=", ".join(names)))
