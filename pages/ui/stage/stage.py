"""The animated stage, Streamlit side: data in, events out."""

from __future__ import annotations

from lossopt.figures.messages import Scene
from pages.ui.frame.component import Event, component, ignore


def stage(
    scene: Scene,
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
    scene : Scene
    on_start, on_options, on_point : callable
        Called before the next run, where the event is `heard`. Without `on_start` nobody can move
        the start.
    group : str
        Stages of the same group share one clock.
    transport : bool
        Whether the stage has buttons of its own.
    """
    component(
        "stage",
        {
            "scene": scene,
            "group": group,
            "transport": transport,
            "movable": on_start is not ignore,
        },
        key=key,
        on_start_change=on_start,
        on_options_change=on_options,
        on_point_change=on_point,
    )
