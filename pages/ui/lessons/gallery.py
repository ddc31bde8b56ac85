"""All lessons as cards, each with a picture of its scene."""

from __future__ import annotations

from urllib.parse import urlencode

from lossopt.figures.first_picture import first_picture
from lossopt.figures.messages import Card, Gallery, Opened
from lossopt.lessons import LESSONS, Lesson
from pages.ui.controls.controls import Controls
from pages.ui.frame.component import component, heard
from pages.ui.frame.link import Link
from pages.ui.frame.result_cache import kept
from pages.ui.frame.words import Words
from pages.ui.lessons.parts import looks_of, race_of
from pages.ui.runs.cache import surface
from pages.ui.runs.race import plane_of, runs_of

KEY = "gallery of lessons"
FINEST = 28
"""Points a side of the grid of a small picture."""


def gallery(controls: Controls) -> None:
    """Draw the cards of all lessons; which were done the browser knows."""
    words = controls.words
    shown = Gallery(
        tuple(_card(words, name, place) for place, name in enumerate(LESSONS, start=1)),
        words.section("lessons.gallery"),
    )
    component("lessons", {"gallery": shown}, key=KEY, on_open_change=lambda: _open(controls.link))


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
    race = race_of(setup)
    runs = runs_of(race, setup.objective)
    plane, bounds = plane_of(race, setup.objective, runs)
    paths = [plane.project(run.iterates) for run in runs]
    grid = surface(plane, bounds, setup.objective)
    return first_picture(grid, paths, looks_of(setup), finest=FINEST)
