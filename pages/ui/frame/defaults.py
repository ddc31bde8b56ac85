"""What a control shows when it is drawn long after it was given its value."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def keep_default(key: str, value: T) -> T | None:
    """Let the control with this key begin with a value; what it shows later is its default.

    A control in a fold is drawn when the fold is opened, maybe long after it was given its value:
    then it shows its default. None where it has just been given the value, which Streamlit takes
    for a second default.
    """
    if key not in st.session_state:
        st.session_state[key] = value
        return None
    found: T = st.session_state[key]
    return found
