"""What the page of lessons is told: the gallery, and a question to be answered by pointing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Card:
    """A lesson in the gallery.

    Attributes
    ----------
    id, title, about
        Name in links, name in words, and level and minutes in words.
    still
        Its scene as an ``<svg>``.
    href
        Link to it.
    """

    id: str
    title: str
    about: str
    still: str
    href: str


@dataclasses.dataclass(frozen=True)
class Gallery:
    """All lessons.

    Attributes
    ----------
    cards, texts
    """

    cards: tuple[Card, ...]
    texts: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Ruler:
    """A scale on which a number is pointed at.

    Attributes
    ----------
    low, high, log, whole
        Its ends, and which numbers it has.
    marks
        Numbers that the question speaks of.
    unit
        What the number is.
    below, above
        What happens on either side of it, where it is a limit.
    """

    low: float
    high: float
    log: bool
    whole: bool
    marks: tuple[float, ...]
    unit: str
    below: str = ""
    above: str = ""


@dataclasses.dataclass(frozen=True)
class Spot:
    """An answer that is a place on the plane.

    Attributes
    ----------
    id, x, y
    """

    id: str
    x: float
    y: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Question:
    """What a reader predicts.

    Attributes
    ----------
    lesson
        Its name in links.
    ruler, spots
        Where one points: at a number, or at a place on the plane.
    guess, answer
        As texts; empty as long as they are not there.
    stage
        Name of the stage that plays the answer.
    slowly
        Step around which it plays slowly.
    texts
        Words of the page.
    """

    lesson: str
    ruler: Ruler | None
    spots: tuple[Spot, ...]
    guess: str
    answer: str
    stage: str
    slowly: float
    texts: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Guess:
    """The event ``guess``: something was pointed at.

    Attributes
    ----------
    value
        A number as text, or the id of a spot.
    """

    value: str


@dataclasses.dataclass(frozen=True)
class Opened:
    """The event ``open``: a lesson of the gallery was chosen.

    Attributes
    ----------
    lesson
        Its name in links.
    """

    lesson: str
