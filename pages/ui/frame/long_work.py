"""Work that takes a while: progress is shown, a newer change cancels it, the result is kept.

Helpers do it, where there are any, so that others are answered meanwhile. A script that calls no
Streamlit function cannot be interrupted. Telling the progress is such a call: there Streamlit
leaves the script if a control has been changed meanwhile. It does so only for changes outside
fragments, so a page with such work is none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from lossopt.keys import key_of
from pages.ui.frame.helpers import HELPERS

T = TypeVar("T")
PATIENCE = 0.4
"""Seconds after which progress is shown."""
PULSE = 0.1
"""Seconds between two looks at the page."""
KEPT = 24


@st.cache_resource(show_spinner=False)
def _shelf() -> tuple[threading.Lock, OrderedDict[str, Any]]:
    return threading.Lock(), OrderedDict()


def long_work(decides: object, work: Callable[[], Callable[..., T]], text: str) -> T:
    """Result of some work, kept for everybody.

    Parameters
    ----------
    decides : object
        All that decides the result, as in `key_of`.
    work : callable
        Gives a function of the library with its arguments (`functools.partial`), which another
        process can run, too: it takes `progress` and `cancelled`.
    text : str
        Stands beside the progress bar.
    """
    lock, shelf, key = *_shelf(), key_of(decides)
    place = st.container(key=f"work {abs(hash(key))}").empty()

    def known() -> T | None:
        with lock:
            if key not in shelf:
                return None
            shelf.move_to_end(key)
            found: T = shelf[key]
            return found

    if (found := known()) is not None:
        return found
    began = looked = monotonic()

    def told(fraction: float) -> None:
        nonlocal looked
        now = monotonic()
        if now - looked < PULSE:
            return
        looked = now
        if now - began > PATIENCE:
            place.progress(fraction, text=text)
        else:
            place.empty()

    made = HELPERS.make(work(), told, known)
    place.empty()
    with lock:
        shelf[key] = made
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    return made
