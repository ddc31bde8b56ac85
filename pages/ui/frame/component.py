"""Components of our own: data in, events out; their JavaScript lies in ``static/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

import streamlit as st

from lossopt.figures.messages import as_json, read
from pages.ui.frame.files import address
from pages.ui.frame.memory import CONTROLS

SHIM = """
export default function (component) {
  let cleanup, closed = false;
  import(`${location.origin}${component.data.assets}/FOLDER/streamlit.js`).then((player) => {
    if (!closed) cleanup = player.default(component);
  });
  return () => { closed = true; cleanup?.(); };
}
"""

Width = Literal["stretch", "content"]
Event = Callable[[], None]
Message = TypeVar("Message")


def ignore() -> None:
    """Do nothing about an event."""


def component(
    folder: str, data: Mapping[str, object], *, key: str, width: Width = "stretch", **events: Event
) -> None:
    """Mount the component of a folder or hand it other data; what a person did to it stays.

    Parameters
    ----------
    folder : str
        Folder of ``static/`` whose ``streamlit.js`` draws it.
    data : Mapping of str to object
        May hold messages.
    key : str
        Its name, by which its events are `heard`.
    width : str
        Whether it takes all that there is, or as much as it needs.
    **events : callable
        ``on_<event>_change``, called before the next run.
    """
    mount = st.components.v2.component(
        f"lossopt_{folder}", js=SHIM.replace("FOLDER", folder), isolate_styles=False
    )
    sent = {**as_json(data), "name": key, "assets": address()}
    mount(key=key, data=sent, width=width, on_present_change=lambda: _present(key), **events)


def told(event: str, key: str) -> object:
    """An event of the component with this key as it came, None where nothing was told."""
    return (CONTROLS.of(key) or {}).get(event)


def heard(kind: type[Message], event: str, key: str) -> Message | None:
    """An event of the component with this key, None where nothing of this kind was told."""
    return read(kind, told(event, key))


def _present(key: str) -> None:
    """Take presenter mode over into the address, as the keyboard switched it."""
    asked = told("present", key)
    if isinstance(asked, dict) and asked.get("on"):
        st.query_params["present"] = "1"
    else:
        st.query_params.pop("present", None)
