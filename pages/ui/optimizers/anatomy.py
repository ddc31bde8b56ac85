"""The anatomy of one step: its arrows on the contour and its numbers, term by term."""

from __future__ import annotations

import dataclasses
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.entries import Entry
from lossopt.figures.messages import Extras
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import Param, Spec, param, params_of
from lossopt.theory.anatomy import has_anatomy
from pages.ui.controls.contestants import Slot
from pages.ui.controls.controls import Controls
from pages.ui.controls.problem import Problem
from pages.ui.controls.starts import start_control
from pages.ui.frame.words import Words
from pages.ui.optimizers.claims import facts_of
from pages.ui.runs.cache import dissection
from pages.ui.runs.race import Race
from pages.ui.stage.race_stage import contestants_of, show_race
from pages.ui.stage.stage_to_link import move_start, remember_view, view_options

STAGE = "anatomy stage"
PLANE = (0, 1)
SURFACES = tuple(name for name, kind in OBJECTIVES.items() if kind().n_params == len(PLANE))
RULE_OF_DESCENT, ITS_CHOICE = "gradient_descent", "batch"


@dataclasses.dataclass(frozen=True)
class Length(Spec):
    """How many steps are taken apart."""

    name = "Length"

    n_steps: int = param(60, "steps", 1, 300, log=True)


def anatomy(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Draw the settings into the row, and the stage that takes every step apart."""
    words = controls.words
    rule_type = OPTIMIZERS[name]
    if not has_anatomy(rule_type):
        st.info(words("optimizers.anatomy.none"), icon=":material/info:")
        return
    with row:
        surface = _surface(controls)
        with st.container(width=190):
            values = controls.fields(name, _fields(name, rate=True))
        with st.popover(words("lab.more"), width="content"):
            values |= controls.fields(name, _fields(name, rate=False))
            goal = controls.spec(surface, OBJECTIVES[surface])
            problem = Problem(goal, f"{surface}.start", goal)
            n_steps = controls.spec("run", Length).n_steps
            start = start_control(controls, problem, goal)
    rule: Any = rule_type(**values)
    view = view_options(controls.link)
    race = Race((Entry(rule),), n_steps, start, axes=PLANE, follow=view.follow)
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
            on_start=lambda: move_start(controls.link, problem.start, STAGE),
            on_options=lambda: remember_view(controls.link, STAGE),
        )


def _surface(controls: Controls) -> str:
    with st.container(width=150):
        return controls.choice(
            "problem",
            controls.words("lab.problem"),
            SURFACES,
            "objective",
        )


def _fields(name: str, *, rate: bool) -> list[Param]:
    """The learning rate, starting where it suits a small surface, or all other fields."""
    fields = [field for field in params_of(OPTIMIZERS[name]) if _is_rate(field) == rate]
    usual = facts_of(name).rate
    if rate and usual is not None:
        return [dataclasses.replace(field, default=usual) for field in fields]
    return fields


def _is_rate(field: Param) -> bool:
    return field.name == "learning_rate"


def _overlays(words: Words, race: Race, goal: Objective) -> Extras:
    head = words("optimizers.anatomy.head", step="{0}")
    return dissection(race, head, goal)
