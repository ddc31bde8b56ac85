"""Side by side: two races with settings of their own and one transport."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lossopt.figures.messages import Extras, Options
from lossopt.figures.tuner import RunSettings
from lossopt.links.batch_size import draws_samples
from lossopt.links.examples import opening
from lossopt.links.problem import Problem
from lossopt.links.race import Race, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.views import view_options
from pages.ui.compare.columns import settings_column
from pages.ui.compare.differences import differences
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import KEY, with_fold
from pages.ui.controls.optimizers import optimizer_panel
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.frame.link import Link
from pages.ui.frame.memory import keep_default
from pages.ui.frame.terms import linked
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.race_stage import show_race, show_transport
from pages.ui.stage.stage_to_link import move_start, remember_view

SIDES = ("left", "right")
PREFIXES = {"left": "a.", "right": "b."}
GROUP = "side by side"
TRANSPORT = "side by side transport"
OPENING = "ravine"
CHANGED = {"right": {"quadratic.condition_number": "5"}}
"""What is different on the right of the first picture."""


def show(controls: Controls) -> None:
    """Draw two stages that stay in step, for whoever wants to change one thing."""
    link, words = controls.link, controls.words
    _open(link)
    with settings_column(words) as left:
        edited = _side_switch(controls)
        below = st.container()
        sides = {}
        for side in SIDES:
            state = "shown" if side == edited else "hidden"
            with st.container(key=f"{state} side {side}"), with_fold(words, f"{KEY} {side}"):
                sides[side] = _Side(controls, side)
    view = view_options(link)
    with left:
        show_transport(controls, view, group=GROUP, key=TRANSPORT)
        for side in sides.values():
            side.race(follow=view.follow)
        one, other = (sides[side].link for side in SIDES)
        parts = differences(words, one, other, [sides[side].goal for side in SIDES])
        with below:
            _copy_button(controls, equal=one.in_use() == other.in_use())
        same = words("compare.side_by_side.same")
        with st.container(key="pair"):
            columns = st.columns(2, gap="medium")
        for column, side, part in zip(columns, SIDES, parts, strict=True):
            with column:
                sides[side].show(words, view, " · ".join(part) or same)
        st.markdown(linked(words, words("compare.side_by_side.shows")))


class _Side:
    """One side: its settings, read and drawn, and its race."""

    def __init__(self, page: Controls, side: str) -> None:
        controls, words = page.section(PREFIXES[side]), page.words
        self.page_link, self.link = page.link, controls.link
        self.title = words(f"compare.side_by_side.{side}")
        self.key = f"side by side {side}"
        self.problem: Problem = problem_panel(controls, with_examples=False)
        self.goal = objective(self.problem.goal)
        self.slots = optimizer_panel(
            controls, self.problem, self.goal, shared=RunSettings, stage=self.key
        )
        sampled = draws_samples(self.link, self.slots, self.goal)
        n_steps = self.link.spec("run", RunSettings).n_steps
        self.run = run_panel(controls, self.problem, self.goal, sampled=sampled, n_steps=n_steps)

    def race(self, *, follow: bool) -> Race:
        """Its race; reads also the settings of contestants that are not being tuned."""
        return race_of(self.link, self.slots, self.goal, self.run, follow=follow)

    def show(self, words: Words, view: Options, different: str) -> None:
        """Draw its stage, below a heading that says what is different on this side."""
        race = self.race(follow=view.follow)
        with st.container(key=f"heading {self.key}"):
            st.markdown(f"## {self.title}: {different}")
        show_race(
            words,
            race,
            self.goal,
            contestants_of(words, self.slots, race),
            key=self.key,
            options=view,
            extras=Extras(layout="column"),
            texts=self._stage_texts(words),
            on_start=lambda: move_start(self.link, self.problem.start, self.key),
            on_options=lambda: remember_view(self.page_link, self.key),
            group=GROUP,
            transport=False,
        )

    def _stage_texts(self, words: Words) -> dict[str, str]:
        """Words of its stage; whoever cannot see it hears which of the two it is."""
        return {"stage_label": f"{self.title}: {words.section('stage')['stage_label']}"}


def _open(link: Link) -> None:
    """Begin with the same race on both sides and one thing changed."""
    race = opening(OPENING)
    for side in SIDES:
        changed = {**race.settings, **CHANGED.get(side, {})}
        link.section(PREFIXES[side]).fill(dataclasses.replace(race, settings=changed))


def _side_switch(controls: Controls) -> str:
    """Which side's settings are shown."""
    link, words = controls.link, controls.words
    key = link.key("edited side")
    shown = keep_default(key, SIDES[0])
    chosen = st.segmented_control(
        words("compare.side_by_side.settings_of"),
        SIDES,
        default=shown,
        format_func=lambda side: words(f"compare.side_by_side.{side}"),
        key=key,
        required=True,
    )
    return chosen or SIDES[0]


def _copy_button(controls: Controls, *, equal: bool) -> None:
    st.button(
        controls.words("compare.side_by_side.copy"),
        key=controls.link.key("copy side"),
        disabled=equal,
        on_click=_copy,
        args=(controls.link,),
        width="stretch",
    )


def _copy(link: Link) -> None:
    left, right = PREFIXES.values()
    link.clear(right)
    link.copy(left, right)
