"""What differs between libraries, each with a setting of the stage where it shows most."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lossopt.comparisons.differences import Shown, most_apart
from lossopt.libraries import LIBRARIES
from lossopt.objectives import OBJECTIVES
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, OPTIMIZERS
from lossopt.params import Param, decimal, params_of
from pages.ui.controls.controls import Controls
from pages.ui.frame.link import Link
from pages.ui.frame.result_cache import kept
from pages.ui.optimizers.card_text import setting
from pages.ui.optimizers.ground import SURFACES

N_STEPS = 60
UNSEEN = ("learning_rate", *ONLY_WHERE_THE_RATE_CHANGES)
"""Fields that all paths of the stage have in common."""


def difference_buttons(controls: Controls, name: str) -> None:
    """A button for every setting in which a library differs, that brings it onto the stage."""
    words, link = controls.words, controls.link
    told = [(field, value, shown) for field, value, shown in differences(name) if shown.is_seen]
    if not told:
        return
    st.markdown(words("optimizers.libraries.where"))
    with st.container(horizontal=True, key="differences"):
        for field, value, shown in told:
            st.button(
                setting(words, field, value),
                key=f"difference {name} {field.name} {value}",
                on_click=_show,
                args=(link, name, shown),
                disabled=_is_shown(link, name, shown),
            )


@kept(64)
def differences(name: str) -> list[tuple[Param, object, Shown]]:
    """Fields and values of libraries that are not our defaults, and where they show most."""
    kind, found = OPTIMIZERS[name], {}
    if kind.needs_matrices:
        return []
    surfaces = {each: OBJECTIVES[each]() for each in SURFACES}
    for library in LIBRARIES.values():
        rule = library.rule(name) if name in library.conventions else None
        for field in params_of(kind) if type(rule) is kind else ():
            value = getattr(rule, field.name)
            if value != field.default and field.name not in UNSEEN:
                other = dataclasses.replace(kind(), **{field.name: value})
                if (field.name, value) not in found:
                    shown = most_apart(kind(), other, surfaces, N_STEPS)
                    found[field.name, value] = shown and (field, value, shown)
    return [each for each in found.values() if each]


def settings_of(name: str, shown: Shown) -> dict[str, str]:
    """Settings of the link that bring a difference onto the stage."""
    return {
        "problem": shown.surface,
        f"{name}.learning_rate": decimal(shown.learning_rate),
        "run.n_steps": str(N_STEPS),
    }


def _show(link: Link, name: str, shown: Shown) -> None:
    for key, text in settings_of(name, shown).items():
        link.put(key, text)
    for field in params_of(OBJECTIVES[shown.surface]):
        link.put(f"{shown.surface}.{field.name}", None)
    link.put(f"{shown.surface}.start", None)


def _is_shown(link: Link, name: str, shown: Shown) -> bool:
    """Whether the stage has it already: the button rests."""
    now = link.in_use()
    same = all(now.get(key) == text for key, text in settings_of(name, shown).items())
    own = [field.name for field in params_of(OBJECTIVES[shown.surface])] + ["start"]
    return same and not any(link.is_chosen(f"{shown.surface}.{each}") for each in own)
