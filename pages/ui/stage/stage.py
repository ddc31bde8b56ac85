"""The animated stage, Streamlit side: data in, events out."""

from __future__ import annotations

import dataclasses

from lossopt.figures.messages import Scene
from lossopt.landscapes.surfaces import Box
from pages.ui.frame.component import Event, component, ignore


@dataclasses.dataclass(frozen=True)
class Starts:
    """Where another start is the stage's own affair: the page is told before it does anything else.

    Attributes
    ----------
    name : str
        Of the start in the address.
    box : tuple of tuple of float
        Region of the plane.
    """

    name: str
    box: Box


def stage(
    scene: Scene,
    *,
    key: str,
    on_start: Event = ignore,
    on_options: Event = ignore,
    on_point: Event = ignore,
    on_tuned: Event = ignore,
    group: str = "",
    transport: bool = True,
    follows: bool = False,
    starts: Starts | None = None,
) -> None:
    """Mount the player or hand it another scene; zoom, camera and play state stay.

    Parameters
    ----------
    scene : Scene
    on_start, on_options, on_point, on_tuned : callable
        Called before the next run, where the event is `heard`. Without `on_start` nobody can move
        the start.
    group : str
        Stages of the same group share one clock.
    transport : bool
        Whether the stage has buttons of its own.
    follows : bool
        Whether the page draws nothing again where the runs are others.
    starts : Starts, optional
        Where the page has nothing to draw for another start.
    """
    component(
        "stage",
        {
            "scene": scene,
            "group": group,
            "transport": transport,
            "movable": on_start is not ignore,
            "follows": follows,
            **({"starts": starts} if starts else {}),
        },
        key=key,
        on_start_change=on_start,
        on_options_change=on_options,
        on_point_change=on_point,
        on_tuned_change=on_tuned,
    )
