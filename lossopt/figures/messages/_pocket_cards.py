"""What the pocket edition is told of optimizers and of the glossary."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lossopt.figures.messages._live import LiveRun
from lossopt.figures.messages._pocket import PocketExample, PocketLook
from lossopt.figures.messages._tuner import Choice, Setting
from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True, kw_only=True)
class Relative:
    """One optimizer in the family tree.

    Attributes
    ----------
    id, label
        Name in links and in words.
    year
        Of its publication.
    row, lane
        Its place: rows follow the years, lanes keep the lines apart.
    parents
        Ids; the first one is the closest.
    color
        Of its dot.
    """

    id: str
    label: str
    year: int
    row: int
    lane: int
    parents: tuple[str, ...]
    color: Color


@dataclasses.dataclass(frozen=True)
class PocketPart:
    """A part of a page that one can choose.

    Attributes
    ----------
    id, label
        Name in links and in words.
    html
        What it says.
    """

    id: str
    label: str
    html: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketCards:
    """The page of the optimizers in a language.

    Attributes
    ----------
    lang, texts
        As in `Pocket`.
    members, usual
        Of the family tree; the one to begin with.
    parts
        Of a card, the first one to begin with.
    schedules, usual_schedule
        Of the libraries, with what is to be known of each; the one to begin with.
    surfaces
        For the anatomy of a step, the first one to begin with.
    length
        How many steps are taken apart.
    where
        What buttons do that show a difference, as HTML.
    """

    lang: str
    texts: Mapping[str, Mapping[str, str]]
    members: tuple[Relative, ...]
    usual: str
    parts: tuple[Choice, ...]
    schedules: tuple[PocketPart, ...]
    usual_schedule: str
    surfaces: tuple[Choice, ...]
    length: Setting
    where: str


@dataclasses.dataclass(frozen=True)
class PocketLine:
    """One line of an update.

    Attributes
    ----------
    text
        As in `Sentence`.
    width
        How many numbers either param has in it, the result last.
    arrow
        Name of the arrow that shows the negative of the result; none if empty.
    """

    text: str
    width: int
    arrow: str


@dataclasses.dataclass(frozen=True)
class PocketArrow:
    """How an arrow of the anatomy looks.

    Attributes
    ----------
    color, dash, label
        As in `Arrow`.
    """

    color: Color
    dash: tuple[int, ...]
    label: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketAnatomy:
    """How a browser takes the steps of a rule apart.

    Attributes
    ----------
    text
        Source of a module: see `lossopt.programs.AnatomyScript`.
    settings
        Names of the hyperparameters that it takes; all others are at their defaults.
    lines
        Of the update.
    arrows
        By their names, in the order in which they are drawn.
    reach
        Length of an arrow that only shows a direction, as a share of the picture.
    """

    text: str
    settings: tuple[str, ...]
    lines: tuple[PocketLine, ...]
    arrows: Mapping[str, PocketArrow]
    reach: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketCard:
    """One optimizer in a language.

    Attributes
    ----------
    id, label
        Name in links and in words.
    card
        What there is to say, as HTML.
    look
        Of its run.
    settings
        Hyperparameters, at the values that suit a small surface.
    anatomy
        Of its step, where it has one that a browser can take apart.
    """

    id: str
    label: str
    card: str
    look: PocketLook
    settings: tuple[Setting, ...]
    anatomy: PocketAnatomy | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketPath:
    """The path of some libraries.

    Attributes
    ----------
    id, label, detail
        One of them, and what is said of all.
    look
        Of the path.
    run
        How a browser takes it.
    """

    id: str
    label: str
    detail: str
    look: PocketLook
    run: LiveRun


@dataclasses.dataclass(frozen=True)
class PocketPaths:
    """All paths of an optimizer.

    Attributes
    ----------
    text
        Source of a module that descends whatever it is handed: see
        `lossopt.programs.script_for_any`.
    paths
        In the order of the libraries.
    """

    text: str
    paths: tuple[PocketPath, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketLibraries:
    """One optimizer in the libraries, in a language.

    Attributes
    ----------
    lead, html
        How many paths there are, and how they differ.
    paths
        Those that a browser runs, if it runs all.
    differences
        Settings of the link under which a difference shows most.
    known, ends
        Libraries that have it, and the two to begin with.
    moving
        What to set to take the path of one in another, as HTML, by the ids of both.
    """

    lead: str
    html: str
    paths: PocketPaths | None
    differences: tuple[PocketExample, ...]
    known: tuple[Choice, ...]
    ends: tuple[str, ...]
    moving: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketTerm:
    """A term of the glossary.

    Attributes
    ----------
    id, name
        Name in links and in words.
    others
        Its names in other languages.
    html
        Its sentence.
    sought
        All in which it is found, as it is compared.
    related
        Ids of terms that lead on.
    seen, place
        Address of a page that shows it at work, below the edition, and what that is called.
    """

    id: str
    name: str
    others: str
    html: str
    sought: str
    related: tuple[str, ...]
    seen: str | None = None
    place: str | None = None


@dataclasses.dataclass(frozen=True)
class PocketTopic:
    """A topic of the glossary.

    Attributes
    ----------
    name
        In words.
    terms
        Ids, as they build on each other.
    """

    name: str
    terms: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketGlossary:
    """The glossary in a language.

    Attributes
    ----------
    lang, texts
        As in `Pocket`.
    orders
        How terms can be ordered, the usual one first.
    topics
        In their order.
    terms
        By name.
    longest
        Characters of what is sought.
    """

    lang: str
    texts: Mapping[str, Mapping[str, str]]
    orders: tuple[Choice, ...]
    topics: tuple[PocketTopic, ...]
    terms: tuple[PocketTerm, ...]
    longest: int
