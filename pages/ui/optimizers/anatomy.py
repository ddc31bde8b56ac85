"""The anatomy of one step: its arrows on the contour and its numbers, term by term."""

from __future__ import annotations

import dataclasses
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.entries import Entry
from lossopt.figures.messages import Extras
from lossopt.links.contestants import Slot
from lossopt.links.race import Race
from lossopt.links.scenes import contestants_of
from lossopt.links.views import view_options
from lossopt.objectives import Objective
from lossopt.optimizers import OPTIMIZERS
from lossopt.theory.anatomy import has_anatomy
from pages.ui.controls.controls import Controls
from pages.ui.frame.words import Words
from pages.ui.optimizers.ground import PLANE, fields_of, ground_controls, surface_choice
from pages.ui.runs.cache import dissection
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "anatomy stage"
RULE_OF_DESCENT, ITS_CHOICE = "gradient_descent", "batch"


def anatomy(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Draw the settings into the row, and the stage that takes every step apart."""
    words = controls.words
    rule_type = OPTIMIZERS[name]
    if not has_anatomy(rule_type):
        st.info(words("optimizers.anatomy.none"), icon=":material/info:")
        return
    with row:
        with st.container(width=150):
            surface = surface_choice(controls)
        with st.container(width=190):
            values = controls.fields(name, fields_of(name, rate=True))
        with st.popover(words("lab.more"), width="content"):
            values |= controls.fields(name, fields_of(name, rate=False))
            ground = ground_controls(controls, surface)
    goal = ground.goal
    rule: Any = rule_type(**values)
    view = view_options(controls.link)
    race = Race((Entry(rule),), ground.n_steps, ground.start, axes=PLANE, follow=view.follow)
    slot = Slot(ITS_CHOICE if name == RULE_OF_DESCENT else name).on(goal)
    with st.container(key="anatomy"):
        show_race(
            words,
            race,
            goal,
            contestants_of(words, [slot], race),
            key=STAGE,
            options=dataclasses.replace(view, autoplay=False),
            hint=words("optimizers.anatomy.hint"),
            extras=_overlays(words, race, goal),
            on_start=lambda: move_start(controls.link, ground.start_name, STAGE),
            on_options=lambda: remember_view(controls.link, STAGE),
        )


def _overlays(words: Words, race: Race, goal: Objective) -> Extras:
    head = words("optimizers.anatomy.head", step="{0}")
    return dissection(race, head, goal)
