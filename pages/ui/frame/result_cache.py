"""Results, kept for the next one who asks for the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from lossopt.keys import key_of

P, T = ParamSpec("P"), TypeVar("T")


def kept(max_entries: int, *, shared: bool = False) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a function keep its results, by all that its arguments hold.

    Streamlit's own keys know of a dataclass its class name and plain values only, so that nested
    specs of different classes collide. Arguments whose names begin with ``_`` do not count.

    Parameters
    ----------
    max_entries : int
    shared : bool
        Whether everybody gets the same object, which nobody may change, instead of a copy.
    """
    cache = st.cache_resource if shared else st.cache_data

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        names = inspect.signature(function).parameters

        def compute(key: str, _given: tuple[Any, ...]) -> T:
            return function(*_given)

        # By these Streamlit tells functions apart.
        compute.__module__, compute.__qualname__ = function.__module__, function.__qualname__
        stored = cache(compute, max_entries=max_entries, show_spinner=False)

        @wraps(function)
        def call(*given: P.args, **named: P.kwargs) -> T:
            if named:
                raise TypeError(f"{function.__name__} takes its arguments by their places.")
            pairs = zip(names, given, strict=True)
            return stored(key_of([it for name, it in pairs if not name.startswith("_")]), given)

        return call

    return decorate
