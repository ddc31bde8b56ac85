"""The animated stage, Streamlit side: data in, events out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

STATIC = Path(__file__).parents[2] / "static"
PLAYER = """
export default function (component) {
  const { assets, version } = component.data;
  let cleanup, closed = false;
  import(`${location.origin}${assets}/stage/streamlit.js?v=${version}`).then((player) => {
    if (!closed) cleanup = player.default(component);
  });
  return () => { closed = true; cleanup?.(); };
}
"""


Event = Callable[[], None]


def ignore() -> None:
    """Do nothing about an event."""


@cache
def version() -> str:
    """Changes with the player's files, so that no browser keeps an old one."""
    times = [path.stat().st_mtime_ns for path in (STATIC / "stage").iterdir()]
    return f"{max(times):x}"


def stage(
    scene: dict[str, Any],
    *,
    key: str,
    on_start: Event = ignore,
    on_options: Event = ignore,
    on_point: Event = ignore,
    group: str = "",
    transport: bool = True,
) -> None:
    """Mount the player or hand it another scene; zoom, camera and play state stay.

    Parameters
    ----------
    scene : dict
        What `lossopt.figures.scene` packs, with words and view options.
    on_start, on_options, on_point : callable
        Called before the next run; ``st.session_state[key]`` holds the event.
    group : str
        Stages of the same group share one clock.
    transport : bool
        Whether the stage has buttons of its own.
    """
    player = st.components.v2.component("lossopt_stage", js=PLAYER, isolate_styles=False)
    root = st.get_option("server.baseUrlPath").strip("/")
    assets = f"/{root}/app/static" if root else "/app/static"
    player(
        key=key,
        data={
            "name": key,
            "scene": scene,
            "assets": assets,
            "version": version(),
            "group": group,
            "transport": transport,
        },
        on_start_change=on_start,
        on_options_change=on_options,
        on_point_change=on_point,
    )
