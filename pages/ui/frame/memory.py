"""What the session of one reader remembers; nothing else knows where it lies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Generic, TypeVar, cast

import streamlit as st

T = TypeVar("T")


class Memory(Generic[T]):
    """Things of one kind that a session remembers, each for an owner of its own.

    Parameters
    ----------
    kind : str
        What they are; two memories of one kind share them. Without it they are what Streamlit
        keeps itself, by the keys of controls and components.
    """

    def __init__(self, kind: str = "") -> None:
        self._before = f"{kind} of " if kind else ""

    def of(self, owner: str) -> T | None:
        """What is remembered for an owner; None where nothing is."""
        return cast("T | None", st.session_state.get(self._before + owner))

    def keep(self, owner: str, thing: T) -> None:
        """Remember something in place of what was remembered before."""
        st.session_state[self._before + owner] = thing

    def begin(self, owner: str, thing: T) -> T:
        """What is remembered for an owner; where nothing is, this from now on."""
        return cast("T", st.session_state.setdefault(self._before + owner, thing))

    def forget(self, owner: str) -> T | None:
        """Let go of what is remembered for an owner, and tell it."""
        return cast("T | None", st.session_state.pop(self._before + owner, None))

    def __getitem__(self, owner: str) -> T:
        """What is remembered for an owner that has something."""
        return cast("T", st.session_state[self._before + owner])

    def __contains__(self, owner: str) -> bool:
        return self._before + owner in st.session_state


CONTROLS: Memory[Any] = Memory()
"""What the controls show, and what was told by components, by their keys."""


def shown(switches: Collection[str]) -> dict[str, int]:
    """What the controls of the page show, as hashes by their keys.

    Parameters
    ----------
    switches : collection of str
        Keys of switches. Whatever else is on is a button that was pressed, which lasts for one run.
    """
    plain = (str, int, float, list, tuple)
    return {
        str(key): hash(repr(value))
        for key, value in st.session_state.items()
        if isinstance(value, plain) and (value is not True or key in switches)
    }


def differs(before: Mapping[str, int]) -> bool:
    """Whether a control shows something else than it did."""
    return any(
        key in st.session_state and hash(repr(st.session_state[key])) != was
        for key, was in before.items()
    )


def keep_default(key: str, value: T) -> T | None:
    """Let the control with this key begin with a value; what it shows later is its default.

    A control in a fold is drawn when the fold is opened, maybe long after it was given its value:
    then it shows its default. None where it has just been given the value, which Streamlit takes
    for a second default.
    """
    if key not in CONTROLS:
        CONTROLS.keep(key, value)
        return None
    return cast("T", CONTROLS[key])


def last_shown(key: str, value: T) -> T:
    """What the control with this key showed last; a value where it is not on the page.

    One that is just being taken away may have been used before.
    """
    return cast("T", CONTROLS[key]) if key in CONTROLS else value
