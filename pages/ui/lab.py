"""The Descent Lab: choose a problem and optimizers, watch them descend side by side."""

from __future__ import annotations

import streamlit as st

from lossopt.trajectories import affordable_steps
from pages.ui.cache import Race, objective
from pages.ui.controls import spec_without_controls
from pages.ui.examples import opening
from pages.ui.frame import link_notices
from pages.ui.link import Link
from pages.ui.panel import (
    Problem,
    batch_size_of,
    extras_of,
    optimizer_panel,
    problem_panel,
    run_panel,
    start_text,
)
from pages.ui.racing import contestants_of, picked_start, remember_view, show_race, view_options
from pages.ui.texts import Words

STAGE = "lab stage"


@st.fragment
def lab(words: Words) -> None:
    """Draw controls and stage; only this part of the page runs again after a change."""
    link = Link("lab", opening())
    left, right = st.columns([3, 1], gap="medium")
    with right, st.container(key="controls"):
        st.toggle(words("lab.settings_controls"), key="controls open")
        with st.container(key="panel"):
            problem = problem_panel(link, words)
            goal = objective(problem.key, problem.make)
            slots = optimizer_panel(link, words, goal)
            run = run_panel(link, words, problem, goal)
    view = view_options(link)
    extras = [extras_of(link, slot) for slot in slots]
    race = Race(
        problem=problem.key,
        optimizers=tuple(spec_without_controls(link, slot.id, slot.rule) for slot in slots),
        batch_sizes=tuple(batch_size_of(link, slot, goal) for slot in slots),
        schedules=tuple(schedule for schedule, _ in extras),
        clip_norms=tuple(extra.clip_norm or None for _, extra in extras),
        averages=tuple(extra.average for _, extra in extras),
        n_steps=min(run.n_steps, affordable_steps(goal, len(slots))),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=view["follow"],
    )
    with left:
        show_race(
            words,
            race,
            goal,
            contestants_of(words, slots, race),
            key=STAGE,
            options=view,
            hint=words("lab.hint"),
            on_start=lambda: _move_start(link, problem),
            on_options=lambda: remember_view(link, STAGE),
        )
    link.save()
    with right:
        link_notices(link, words)


def _move_start(link: Link, problem: Problem) -> None:
    if params := picked_start(STAGE):
        link.put(problem.start, start_text(params, "_"))
