"""Settings that few people need: one fold per panel, at its end, that all parts of it share."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.frame.words import Words


@dataclasses.dataclass
class _Fold:
    """Where the fold of a panel stands; it is there once something is put into it."""

    place: DeltaGenerator
    label: str
    inside: DeltaGenerator | None = None

    def open(self) -> DeltaGenerator:
        if self.inside is None:
            self.inside = self.place.popover(self.label, width="stretch")
        return self.inside


_FOLD: ContextVar[_Fold] = ContextVar("fold of the panel being drawn")


@contextmanager
def with_fold(words: Words) -> Iterator[None]:
    """Draw a panel whose parts can put settings into one fold below them all."""
    shown, place = st.container(), st.container()
    token = _FOLD.set(_Fold(place, words("lab.more")))
    try:
        with shown:
            yield
    finally:
        _FOLD.reset(token)


@contextmanager
def more_settings(title: str) -> Iterator[None]:
    """Draw into the fold of the panel, below a title that says what is set there."""
    with _FOLD.get().open():
        st.markdown(f"**{title}**")
        yield


@contextmanager
def settings_panel(words: Words) -> Iterator[None]:
    """The settings of a page: beside the picture, folded away on a small screen."""
    with st.container(key="controls"):
        st.toggle(words("lab.settings_controls"), key="controls open")
        with st.container(key="panel"), with_fold(words):
            yield
