"""Components of our own: data in, events out; their JavaScript lies in ``static/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from lossopt.figures.messages import as_json, read
from pages.ui.frame.files import address

SHIM = """
export default function (component) {
  let cleanup, closed = false;
  import(`${location.origin}${component.data.assets}/FOLDER/streamlit.js`).then((player) => {
    if (!closed) cleanup = player.default(component);
  });
  return () => { closed = true; cleanup?.(); };
}
"""

Event = Callable[[], None]
Message = TypeVar("Message")


def ignore() -> None:
    """Do nothing about an event."""


def component(folder: str, data: Mapping[str, object], *, key: str, **events: Event) -> None:
    """Mount the component of a folder or hand it other data; what a person did to it stays.

    Parameters
    ----------
    folder : str
        Folder of ``static/`` whose ``streamlit.js`` draws it.
    data : Mapping of str to object
        May hold messages.
    key : str
        ``st.session_state[key]`` holds its events.
    **events : callable
        ``on_<event>_change``, called before the next run.
    """
    mount = st.components.v2.component(
        f"lossopt_{folder}", js=SHIM.replace("FOLDER", folder), isolate_styles=False
    )
    told = {**as_json(data), "name": key, "assets": address()}
    mount(key=key, data=told, on_present_change=lambda: _present(key), **events)


def heard(kind: type[Message], event: str, key: str) -> Message | None:
    """An event of the component with this key, None where nothing of this kind was told."""
    return read(kind, st.session_state[key].get(event))


def _present(key: str) -> None:
    """Take presenter mode over into the address, as the keyboard switched it."""
    if (st.session_state[key].get("present") or {}).get("on"):
        st.query_params["present"] = "1"
    else:
        st.query_params.pop("present", None)
