"""What the welcome is told: pictures that play at once, each with a handle."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lossopt.figures.messages._scene import Scene


@dataclasses.dataclass(frozen=True)
class Handle:
    """The step size of a race: that of one run, and of all others in proportion.

    Attributes
    ----------
    run
        Id of the run whose learning rate it shows.
    rate
        That learning rate as the race was sent.
    rates
        Learning rates of all runs then, by their ids.
    low, high
        Ends of the handle.
    limit
        Largest stable learning rate of the run.
    """

    run: str
    rate: float
    rates: Mapping[str, float]
    low: float
    high: float
    limit: float


@dataclasses.dataclass(frozen=True)
class Ground:
    """Where the race is run.

    Attributes
    ----------
    id, label
        Name in the page's address and in words.
    sentence
        What there is to see.
    burst
        Why the run flies apart beyond its limit.
    scene
        The race.
    handle
        Its step size.
    link
        Its settings in a link to the Descent Lab.
    start
        Name of the start among them.
    """

    id: str
    label: str
    sentence: str
    burst: str
    scene: Scene
    handle: Handle
    link: Mapping[str, str]
    start: str


@dataclasses.dataclass(frozen=True)
class Welcome:
    """All that the page shows.

    Attributes
    ----------
    grounds
        The first one is shown first.
    texts
        Words of the page.
    lang
        ``en`` or ``ko``.
    """

    grounds: tuple[Ground, ...]
    texts: Mapping[str, str]
    lang: str
