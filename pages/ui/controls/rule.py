"""The controls of one contestant: its hyperparameters, and what acts on its rule from outside."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lossopt.entries import Entry
from lossopt.figures.tuner import Outside
from lossopt.objectives import Objective
from lossopt.params import params_of
from lossopt.schedules import SCHEDULES
from pages.ui.controls.batch_size import batch_size_control, batch_size_of
from pages.ui.controls.contestants import Slot
from pages.ui.controls.controls import Controls
from pages.ui.controls.fields import (
    options_parser,
    spec_without_controls,
)
from pages.ui.controls.folded import more_settings
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words


def rule_controls(link: Link, words: Words, slot: Slot, goal: Objective) -> None:
    """The hyperparameters that matter most, and the batch size."""
    major = [field for field in params_of(slot.rule) if not field.minor]
    Controls(link, words).fields(slot.id, major, help_key="lab.default_is")
    batch_size_control(link, words, slot, goal)


def more_rule_controls(link: Link, words: Words, slot: Slot, *, with_outside: bool = False) -> None:
    """Folded away: conventions to take over, minor hyperparameters, and what acts from outside."""
    minor = [field for field in params_of(slot.rule) if field.minor]
    if not (minor or slot.rule.presets or with_outside):
        return
    with more_settings(slot.label(words)):
        above = st.container()
        Controls(link, words).fields(slot.id, minor, help_key="lab.default_is")
        with above:
            _preset_buttons(link, words, slot)
        if with_outside:
            _outside_controls(link, words, slot)


def _preset_buttons(link: Link, words: Words, slot: Slot) -> None:
    """One button per library whose conventions and defaults the rule can take over.

    Drawn after the fields, for it rests where they are those of the library already.
    """
    if not slot.rule.presets:
        return
    st.caption(words("lab.presets"))
    now = spec_without_controls(link, slot.id, slot.rule)
    with st.container(horizontal=True):
        for convention in slot.rule.presets:
            st.button(
                words(f"convention.{convention}"),
                key=link.key(f"preset {convention}"),
                disabled=slot.rule.preset(convention) == now,
                on_click=_apply_preset,
                args=(link, slot, convention),
            )


def _apply_preset(link: Link, slot: Slot, convention: str) -> None:
    rule = slot.rule.preset(convention)
    for field in params_of(slot.rule):
        link.put(f"{slot.id}.{field.name}", field.text(getattr(rule, field.name)))


def _schedule_id(link: Link, slot: Slot) -> str:
    names = tuple(SCHEDULES)
    return link.read(f"{slot.id}.schedule", names[0], options_parser(names))


def _outside_controls(link: Link, words: Words, slot: Slot) -> None:
    chosen = Controls(link, words).choice(
        f"{slot.id}.schedule",
        words("lab.schedule"),
        tuple(SCHEDULES),
        "schedule",
        text=lambda item: words.name("schedule", item, SCHEDULES[item].name),
    )
    schedule = Controls(link, words).spec(f"{slot.id}.{chosen}", SCHEDULES[chosen])
    st.latex(rf"\eta_t / \eta = {schedule.formula}")
    Controls(link, words).spec(slot.id, Outside)


def entry_of(link: Link, slot: Slot, goal: Objective, *, with_outside: bool = True) -> Entry:
    """Who descends in a slot, without drawing controls."""
    rule = spec_without_controls(link, slot.id, slot.rule)
    entry = Entry(rule, batch_size_of(link, slot, goal))
    if not with_outside:
        return entry
    chosen = _schedule_id(link, slot)
    link.write(f"{slot.id}.schedule", chosen, next(iter(SCHEDULES)))
    schedule = spec_without_controls(link, f"{slot.id}.{chosen}", SCHEDULES[chosen])
    outside = spec_without_controls(link, slot.id, Outside)
    acting = {field.name: getattr(outside, field.name) for field in params_of(outside)}
    on = {name: value for name, value in acting.items() if value}
    return dataclasses.replace(entry, schedule=schedule, **on)
