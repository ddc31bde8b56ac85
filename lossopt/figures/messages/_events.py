"""What a browser tells."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal


@dataclasses.dataclass(frozen=True)
class Start:
    """The event ``start``: another start was chosen.

    Attributes
    ----------
    x, y
        Place on the plane.
    params
        Its params, where the browser has run the race from there.
    """

    x: float
    y: float
    params: tuple[float, ...] | None = None


@dataclasses.dataclass(frozen=True)
class Point:
    """The event ``point``: a data point was dragged.

    Attributes
    ----------
    index
        Of the sample.
    x, y
        Where it is now.
    """

    index: int
    x: float
    y: float


@dataclasses.dataclass(frozen=True)
class Cell:
    """The event ``cell`` of a map: a cell was chosen.

    Attributes
    ----------
    column, row
        From the left and from below.
    """

    column: int
    row: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tuned:
    """The event ``tuned``: settings were chosen, and rest.

    Attributes
    ----------
    number
        Grows from one to the next; who has heard it says so.
    changes
        Every value that was chosen and is not answered yet, by the whole name of the setting.
    ran
        Whether the stage runs all of them by itself.
    """

    number: int
    changes: Mapping[str, str]
    ran: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Lineup(Tuned):
    """The event ``lineup``: somebody joins or leaves, and settings are as `Tuned` says.

    Attributes
    ----------
    act
        What happens.
    id
        Of a choice that is added, or of the contestant.
    """

    act: Literal["add", "copy", "remove"]
    id: str
