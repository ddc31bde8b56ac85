"""The Descent Lab: choose a problem and optimizers, watch them descend side by side."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

import streamlit as st

from lossopt.figures.messages import Extras, Options, Point, Start, Tuned
from lossopt.figures.tuner import RunSettings
from lossopt.links.batch_size import draws_samples
from lossopt.links.contestants import Slot
from lossopt.links.examples import opening
from lossopt.links.explanations import hint_of, is_limited
from lossopt.links.problem import Problem
from lossopt.links.race import RunChoice, race_of
from lossopt.links.rule import entry_of
from lossopt.links.scenes import contestants_of
from lossopt.links.starts import read_start
from lossopt.links.views import view_options
from lossopt.params import decimal
from pages.ui.classroom.door import class_door
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_open, settings_panel
from pages.ui.controls.optimizers import optimizer_panel
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.controls.tuner import Follow, take_tuned
from pages.ui.frame.component import heard
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.code_dialog import code_button
from pages.ui.stage.explanations import limit_of
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import STAGED, move_start, remember_view
from pages.ui.stage.take_home import take_home

PAGE, STAGE, NOTHING = "lab", "lab stage", "nothing"


@st.fragment(key=PAGE)
def lab(words: Words) -> None:
    """Draw controls and stage; only this part of the page runs again after a change."""
    link = Link("lab", opening())
    controls = Controls(link, words)
    notices = st.container()
    left, right = st.columns([3, 1], gap="medium")
    with right, settings_panel(words):
        problem = problem_panel(controls)
        goal = objective(problem.goal)
        slots = optimizer_panel(
            controls,
            problem,
            goal,
            usual=opening().settings["runs"],
            shared=RunSettings,
            stage=STAGE,
            follow=Follow(
                PAGE,
                lambda: _keep(link, words, slots, sampled),
                lambda slot: limit_of(words, goal, entry_of(link, slot, goal)),
                lambda slot: is_limited(goal, slot.rule),
            ),
        )
        sampled = draws_samples(link, slots, goal)
        n_steps = link.spec("run", RunSettings).n_steps
        run = run_panel(controls, problem, goal, sampled=sampled, n_steps=n_steps)
    view = view_options(link, goal)
    race = race_of(link, slots, goal, run, follow=view.follow)
    take_rested = partial(_take_rested, link, words, problem, slots, sampled)
    with left:
        show_race(
            words,
            race,
            goal,
            contestants_of(words, slots, race),
            key=STAGE,
            options=view,
            extras=Extras(play=link.plays),
            marks=problem.marks,
            hint=hint_of(words, goal),
            on_start=take_rested,
            on_tuned=take_rested,
            start="" if is_open() else problem.start,
            on_options=lambda: _take_view(link),
            on_point=lambda: _take_point(link, problem, slots),
        )
        with st.container(horizontal=True, key="below"):
            take_home(words, STAGE, stem=problem.start.partition(".")[0])
            code_button(words, slots, race, goal)
            class_door(words, PAGE, stage=STAGE)
    controls.finish(notices)
    _nothing()


def _take_point(link: Link, problem: Problem, slots: Sequence[Slot]) -> None:
    """Take over a dragged point. Learning rates stay: what moves shows the effect of the point."""
    point = heard(Point, "point", STAGE)
    if not (point and problem.take_point):
        return
    problem.take_point(link, point)
    for slot, entry in zip(slots, STAGED[STAGE].race.entries, strict=True):
        link.put(f"{slot.id}.learning_rate", decimal(entry.optimizer.learning_rate))


def _take_rested(
    link: Link, words: Words, problem: Problem, slots: Sequence[Slot], sampled: bool
) -> None:
    """Take over what the stage runs by itself; with nothing else new, nothing is drawn again."""
    tuned, moved = heard(Tuned, "tuned", STAGE), heard(Start, "start", STAGE)
    if not (tuned or moved):  # Streamlit calls again where a person has gone to another page
        return
    alone = not link.is_used
    if moved:
        alone = _take_start(link, problem, moved) and alone
    if tuned:
        alone = take_tuned(link, tuned) and _keep(link, words, slots, sampled) and alone
    if alone:
        link.save()
        st.rerun(NOTHING)


def _take_start(link: Link, problem: Problem, moved: Start) -> bool:
    """Take a moved start over; says whether nothing else depends on it."""
    move_start(link, problem.start, STAGE)
    staged = STAGED[STAGE]
    if is_open() or not moved.params or not staged.is_free(moved.params):
        return False
    start = read_start(link, problem.start, tuple(map(float, staged.goal.start)))
    staged.follow(dataclasses.replace(staged.race, start=start), staged.contestants)
    return True


def _take_view(link: Link) -> None:
    """Take over how the stage is looked at, which changes nothing else but how far it reaches."""
    if heard(Options, "options", STAGE) is None:
        return
    remember_view(link, STAGE)
    staged = STAGED[STAGE]
    staged.options = view_options(link, staged.goal)
    if staged.options.follow == staged.race.follow:
        link.save()
        st.rerun(NOTHING)


def _keep(link: Link, words: Words, slots: Sequence[Slot], sampled: bool) -> bool:
    """Take over how contestants are tuned, unless the page shows more that depends on it."""
    staged = STAGED[STAGE]
    if not staged.follows or draws_samples(link, slots, staged.goal) != sampled:
        return False
    race, n_steps = staged.race, link.spec("run", RunSettings).n_steps
    run = RunChoice(n_steps, race.seed, race.start, race.axes)
    tuned = race_of(link, slots, staged.goal, run)
    staged.follow(tuned, contestants_of(words, slots, tuned))
    return True


@st.fragment(key=NOTHING)
def _nothing() -> None:
    """What is drawn again where everything is drawn already."""
