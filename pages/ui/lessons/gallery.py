"""All lessons as cards, each with a picture of its scene."""

from __future__ import annotations

from urllib.parse import urlencode

from lossopt.figures.messages import Card, Gallery, Opened
from lossopt.lessons import LESSONS, Lesson
from pages.ui.controls.controls import Controls
from pages.ui.frame.component import component, heard
from pages.ui.frame.link import Link
from pages.ui.frame.result_cache import kept
from pages.ui.frame.words import Words
from pages.ui.lessons.parts import looks_of, race_of
from pages.ui.stage.still import still_of

KEY = "gallery of lessons"
FINEST = 28
"""Points a side of the grid of a small picture."""


def gallery(controls: Controls) -> None:
    """Draw the cards of all lessons; which were done the browser knows."""
    shown = gallery_message(controls.words)
    component("lessons", {"gallery": shown}, key=KEY, on_open_change=lambda: _open(controls.link))


def gallery_message(words: Words) -> Gallery:
    """All lessons, each with its picture."""
    return Gallery(
        tuple(_card(words, name, place) for place, name in enumerate(LESSONS, start=1)),
        words.section("lessons.gallery"),
    )


def _open(link: Link) -> None:
    opened = heard(Opened, "open", KEY)
    if opened and opened.lesson in LESSONS:
        link.put("lesson", opened.lesson)


def _card(words: Words, name: str, place: int) -> Card:
    lesson = LESSONS[name]()
    level = words(f"lessons.level.{lesson.level}")
    return Card(
        name,
        f"{place}. {words.item('lesson', name)}",
        words("lessons.about", level=level, minutes=str(lesson.minutes)),
        still(lesson),
        f"?{urlencode({'lesson': name, 'lang': words.language})}",
    )


@kept(64, shared=True)
def still(lesson: Lesson) -> str:
    """Draw what may be seen of a lesson before its answer."""
    setup = lesson.opening()
    return still_of(race_of(setup), setup.objective, looks_of(setup), finest=FINEST)
