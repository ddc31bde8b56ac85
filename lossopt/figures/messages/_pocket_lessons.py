"""What the pocket edition is told of lessons: first what is asked, then what the runs say."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lossopt.figures.messages._lessons import Ruler, Spot
from lossopt.figures.messages._overlays import Line
from lossopt.figures.messages._scene import Scene
from lossopt.figures.messages._tuner import Choice


@dataclasses.dataclass(frozen=True)
class PocketLessons:
    """The page of the lessons in a language.

    Attributes
    ----------
    lang, texts
        As in `Pocket`.
    lessons
        In their order.
    """

    lang: str
    texts: Mapping[str, Mapping[str, str]]
    lessons: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True)
class PocketAdvice:
    """Where to go on after a lesson.

    Attributes
    ----------
    label, href
        In words, and the address below the edition; left out where only the app has it.
    """

    label: str
    href: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketLesson:
    """A lesson before its answer.

    Attributes
    ----------
    id, title
        Name in links and in words.
    html
        The question.
    unit
        What the number is, as HTML; empty where one chooses.
    choices
        Answers to choose from, in HTML.
    low, high
        Lowest and highest number that can be an answer.
    ruler, spots
        As in `Question`.
    ghosts
        Paths to the places that can be predicted, by the ids of the spots.
    scene
        What may be seen.
    free
        Names of the settings that can be changed in the app, by their names in links.
    sheets
        Worksheets without and with answers.
    """

    id: str
    title: str
    html: str
    unit: str
    choices: tuple[Choice, ...]
    low: float
    high: float
    ruler: Ruler | None
    spots: tuple[Spot, ...]
    ghosts: Mapping[str, Line]
    scene: Scene
    free: Mapping[str, str]
    sheets: tuple[str, str]


@dataclasses.dataclass(frozen=True)
class PocketGuess:
    """How a prediction becomes a run: the last one of the scene.

    Attributes
    ----------
    setting
        Hyperparameter that takes the number.
    detail
        What is said of the run, with ``{guess}`` for the number.
    below
        Numbers from here on are no runs.
    """

    setting: str
    detail: str
    below: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketAnswer:
    """A lesson after its answer.

    Attributes
    ----------
    answer
        As text in links: a number or the id of a choice.
    tolerance
        A number counts as met when it differs by a factor of at most 1 + tolerance.
    slowly
        As in `Question`.
    verdicts
        What is said to every choice, as HTML.
    measured, why
        As HTML.
    advice
        Where to go on.
    scene
        All runs.
    guess
        Of the run of a prediction, where it can be one.
    """

    answer: str
    tolerance: float
    slowly: float
    verdicts: Mapping[str, str]
    measured: str
    why: str
    advice: tuple[PocketAdvice, ...]
    scene: Scene
    guess: PocketGuess | None = None
