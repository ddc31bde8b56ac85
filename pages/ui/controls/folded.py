"""Settings that few people need: one fold per panel, at its end, that all parts of it share.

What it holds is drawn when it is opened. Until then its settings come from the link, and the server
has less to draw after every change of the page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.frame.memory import CONTROLS
from pages.ui.frame.words import Words

KEY = "more settings"


@dataclasses.dataclass
class _Fold:
    """Where the fold of a panel stands; it is there once something is put into it."""

    place: DeltaGenerator
    label: str
    key: str
    inside: DeltaGenerator | None = None
    is_open: bool = False

    def draw(self) -> DeltaGenerator:
        if self.inside is None:
            self.inside = self.place.popover(
                self.label, width="stretch", key=self.key, on_change="rerun"
            )
            self.is_open = bool(self.inside.open)
        return self.inside


_FOLD: ContextVar[_Fold] = ContextVar("fold of the panel being drawn")
_AWAY: ContextVar[bool] = ContextVar("whether a closed fold is being filled", default=False)


def is_away() -> bool:
    """Whether what is drawn here would go into a closed fold: then it is not drawn."""
    return _AWAY.get()


def is_open() -> bool:
    """Whether the fold of the page stands open."""
    return bool(CONTROLS.of(KEY))


@contextmanager
def with_fold(words: Words, key: str = KEY) -> Iterator[None]:
    """Draw a panel whose parts can put settings into one fold below them all.

    Parameters
    ----------
    key : str
        Tells the folds of a page apart.
    """
    shown, place = st.container(), st.container()
    token = _FOLD.set(_Fold(place, words("lab.more"), key))
    try:
        with shown:
            yield
    finally:
        _FOLD.reset(token)


@contextmanager
def more_settings(title: str) -> Iterator[None]:
    """Draw into the fold of the panel, below a title that says what is set there."""
    fold = _FOLD.get()
    with fold.draw():
        token = _AWAY.set(not fold.is_open)
        try:
            if fold.is_open:
                st.markdown(f"**{title}**")
            yield
        finally:
            _AWAY.reset(token)


@contextmanager
def settings_panel(words: Words) -> Iterator[None]:
    """The settings of a page: beside the picture, folded away on a small screen."""
    with st.container(key="controls"):
        st.toggle(words("lab.settings_controls"), key="controls open")
        with st.container(key="panel"), with_fold(words):
            yield
