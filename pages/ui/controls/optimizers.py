"""The panel of the contestants: choose one to tune it, add, copy or remove one."""

from __future__ import annotations

import streamlit as st

from lossopt.links.contestants import MAX_RUNS, Slot
from lossopt.links.lab import read_contestants, suggest_rates
from lossopt.links.problem import Problem
from lossopt.links.rule import entry_of
from lossopt.objectives import Objective
from lossopt.params import Spec
from pages.ui.controls.controls import Controls
from pages.ui.controls.tuner import Follow, TunerPanel
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
    slots, aside = read_contestants(link, goal, usual, most)
    _say_who_stands_aside(controls, goal, aside)
    suggest_rates(link, objective(problem.usual), slots, rate_for)
    TunerPanel(controls, goal, most, with_outside, shared).draw(slots, stage=stage, follow=follow)
    return slots


def _say_who_stands_aside(controls: Controls, goal: Objective, slots: list[Slot]) -> None:
    words = controls.words
    for slot in slots:
        entry_of(controls.link, slot, goal)
    for key, fits in (("stands_aside", False), ("no_samples", True)):
        names = [slot.label(words) for slot in slots if slot.rule.fits(goal) == fits]
        if names:
            st.caption(words(f"lab.{key}", names=", ".join(names)))
