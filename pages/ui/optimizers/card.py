"""The card of an optimizer."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.controls.controls import Controls
from pages.ui.frame.frame import PAGES, carried
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import Words
from pages.ui.optimizers.card_text import ClaimText, card_text


def card(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Idea, formula, defaults, code, strengths and weaknesses, and how the libraries differ."""
    words = controls.words
    told = card_text(words, name, Terms(words))
    left, right = st.columns([4, 3], gap="medium")
    with left:
        st.markdown(f"## {told.title}")
        st.markdown(told.idea)
        st.latex(told.formula)
        st.markdown(told.defaults)
        st.caption(told.references)
    with right:
        for claim in told.claims:
            _claim(words, claim)
    st.markdown(f"**{words('optimizers.card.code')}**")
    st.code(told.code, language="python", wrap_lines=True)
    if told.libraries:
        st.markdown(told.libraries)
    if told.is_in_libraries:
        st.button(
            words("optimizers.card.compare"),
            on_click=controls.link.put,
            args=("part", "libraries"),
            icon=":material/compare_arrows:",
        )


def _claim(words: Words, claim: ClaimText) -> None:
    """Say where it shines or fails, what was measured, and lead to the Lab that shows it."""
    with st.container(border=True, key=f"claim {claim.kind}"):
        st.markdown(claim.text)
        st.caption(claim.measured)
        st.page_link(
            PAGES["lab"],
            label=words("optimizers.card.see"),
            icon=":material/play_circle:",
            query_params={**carried(), **claim.link},
        )
