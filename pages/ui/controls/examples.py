"""Ready races: named settings of the Descent Lab."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

import streamlit as st

from pages.ui.controls.contestants import PROBLEMS
from pages.ui.controls.controls import Controls
from pages.ui.frame.link import Opening
from pages.ui.frame.words import ASSETS

ALWAYS = ("problem", "runs")
"""Settings in every link of a race."""


@cache
def examples() -> dict[str, dict[str, str]]:
    """Settings of every example; the first one opens the Lab."""
    return tomllib.loads((ASSETS / "examples.toml").read_text("utf-8"))


def opening(name: str = "") -> Opening:
    """The first example, or the one of this name, as what is shown first."""
    settings = examples()[name or next(iter(examples()))]
    return Opening(settings, ALWAYS, "problem", PROBLEMS)


def example_menu(controls: Controls, kind: str, settings: Mapping[str, dict[str, str]]) -> None:
    """Ready settings of a page, one click each.

    Parameters
    ----------
    kind : str
        Before the names in the catalog.
    """
    menu = st.popover(
        controls.words("lab.examples"),
        width="stretch",
        key=controls.link.key("examples"),
        on_change="rerun",
    )
    with menu:
        for name, values in settings.items() if menu.open else ():
            st.button(
                controls.words(f"{kind}.{name}"),
                key=controls.link.key(f"example {name}"),
                on_click=controls.link.prepare,
                args=(values,),
                width="stretch",
            )
