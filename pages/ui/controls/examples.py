"""Ready races: named settings of the Descent Lab."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.ui.controls.controls import Controls


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
