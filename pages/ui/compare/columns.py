"""What the modes share: picture on the left, settings on the right, words below the picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.links.race import RunChoice
from pages.ui.controls.folded import settings_panel
from pages.ui.frame.words import Words


@contextmanager
def settings_column(words: Words) -> Iterator[DeltaGenerator]:
    """Draw settings inside the block; yields the column for the picture."""
    left, right = st.columns([3, 1], gap="medium")
    with right, settings_panel(words):
        yield left


def explanation(text: str) -> None:
    """Say what a picture shows and what it does not."""
    with st.container(key="explanation"):
        st.markdown(text)


def affordable_run(words: Words, run: RunChoice, affordable: int) -> RunChoice:
    """The run with no more steps than so many runs can take; says so if they are fewer."""
    if run.n_steps <= affordable:
        return run
    st.caption(words("compare.fewer_steps", n=affordable))
    return dataclasses.replace(run, n_steps=affordable)
