"""The lessons of the pocket edition: what is asked, what the runs say, and the worksheets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from lossopt.entries import Entry
from lossopt.figures.messages import (
    Choice,
    Gallery,
    Live,
    PocketAdvice,
    PocketAnswer,
    PocketGuess,
    PocketLesson,
    PocketLessons,
    Region,
    Scene,
)
from lossopt.landscapes.surfaces import Box
from lossopt.lessons import LESSONS, Lesson, Setup
from lossopt.links.explanations import about_problem, plane_note
from lossopt.links.picture import side_of
from lossopt.links.race import ground_of
from lossopt.links.scenes import scene_of
from lossopt.links.settings import Settings
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import params_of
from pages.ui.frame.prose import as_math, as_page, entries
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import Words
from pages.ui.lessons.gallery import gallery_message
from pages.ui.lessons.page import LARGEST, contestants_of, measured, verdict_text
from pages.ui.lessons.parts import LessonText, race_of
from pages.ui.lessons.question import answer_text, ghost, ruler_of, spots_of
from pages.ui.lessons.worksheet import worksheet
from pages.ui.pocket.glossary import ADDRESSES
from pages.ui.runs.cache import picture
from pages.ui.stage.explanations import limit_of
from pages.ui.stage.race_stage import explained

TEXTS = ("pocket", "lessons", "app", "menu", "notice")
GLOSSARY = "../glossary/"
TRIED = 0.123
"""A prediction by which the setting that it becomes is found."""
KINDS = ("blank", "solved")
"""Worksheets without and with answers."""


def lessons_message(language: str) -> PocketLessons:
    """What all lessons have in common."""
    words = Words(language)
    return PocketLessons(
        language,
        {part: words.section(part) for part in TEXTS},
        tuple(Choice(card.id, card.title) for card in gallery_in(language).cards),
    )


def gallery_in(language: str) -> Gallery:
    """The cards of all lessons in a language."""
    return gallery_message(Words(language))


def lesson_message(language: str, name: str) -> PocketLesson:
    """What is asked and what may be seen.

    Parameters
    ----------
    language : str
    name : str
        A key of `LESSONS`.
    """
    text = _text(language, name)
    words, lesson, setup = text.words, text.lesson, text.lesson.opening()
    low, high = lesson.possible
    return PocketLesson(
        id=name,
        title=text.title,
        html=as_page(_terms(words).linked(as_math(text["question"]))),
        unit="" if lesson.choices else as_page(as_math(text["unit"])),
        choices=tuple(Choice(key, as_page(as_math(said))) for key, said in text.labels.items())
        if lesson.choices
        else (),
        low=low,
        high=min(high, LARGEST),
        ruler=ruler_of(text),
        spots=spots_of(lesson),
        ghosts={spot: ghost(text, setup, spot)[0] for spot in lesson.spots()},
        scene=_scene(text, setup),
        free={
            f"try.{name}.{field.name}": words.name("field", field.name, field.label)
            for field in params_of(lesson)
        },
        sheets=(sheet_name(language, name, KINDS[0]), sheet_name(language, name, KINDS[1])),
    )


def answer_message(language: str, name: str) -> PocketAnswer:
    """What the runs say, and why.

    Parameters
    ----------
    language : str
    name : str
        A key of `LESSONS`.
    """
    text = _text(language, name)
    lesson, found, setup = text.lesson, text.found, text.lesson.setup()
    own = None if lesson.choices else lesson.tried(TRIED)
    if own:
        setup = dataclasses.replace(setup, entries=(*setup.entries, own))
    advice = zip(lesson.try_next, entries(text["next"]), strict=True)
    return PocketAnswer(
        answer=answer_text(found.answer),
        tolerance=lesson.tolerance,
        slowly=found.decides,
        verdicts={choice: as_page(verdict_text(text, choice)) for choice in lesson.choices},
        measured=as_page(measured(text)),
        why=as_page(_terms(text.words).linked(as_math(text["why"]))),
        advice=tuple(_advice(language, address, label) for address, label in advice),
        scene=_scene(text, setup, with_guess=own is not None),
        guess=_guess(lesson, setup, own) if own else None,
    )


def worksheets(language: str, name: str) -> Iterator[tuple[str, str]]:
    """Printable pages by the names of their files."""
    for kind in KINDS:
        yield (
            sheet_name(language, name, kind),
            worksheet(language, kind == "solved", LESSONS[name]()),
        )


def sheet_name(language: str, name: str, kind: str) -> str:
    return f"{name}-{language}-{kind}.html"


def _text(language: str, name: str) -> LessonText:
    return LessonText(Words(language), LESSONS[name]())


def _terms(words: Words) -> Terms:
    return Terms(words, f"{GLOSSARY}?lang={words.language}")


def _advice(language: str, address: str, label: str) -> PocketAdvice:
    page, _, query = address.partition("?")
    settings = {"lang": language, **dict(parse_qsl(query))}
    is_here = page in ADDRESSES
    return PocketAdvice(label, f"../{ADDRESSES[page]}?{urlencode(settings)}" if is_here else None)


def _scene(text: LessonText, setup: Setup, *, with_guess: bool = False) -> Scene:
    """What the stage plays; where the browser makes all runs, it makes the surface, too."""
    words, goal, race = text.words, setup.objective, race_of(setup)
    shown = picture(race, goal, contestants_of(text, setup, with_guess=with_guess))
    options = view_options(Settings({}))
    if setup.linear:
        options = dataclasses.replace(options, scale="linear")
    plain = scene_of(
        words,
        shown.scene,
        options,
        note=plane_note(words, goal, race, shown.share),
        messages=tuple(about_problem(words, goal)),
        limits=tuple(limit_of(words, goal, entry) for entry in race.entries),
    )
    scene = explained(words, plain)
    live = scene.live
    if live is None or scene.surface is None or not race.keeps_its_ground or None in live.runs:
        return scene
    _, bounds = ground_of(race, goal)
    return dataclasses.replace(scene, surface=None, live=_with_region(live, bounds, goal))


def _with_region(live: Live, bounds: Box, goal: Objective) -> Live:
    (left, right), (bottom, top) = bounds
    region = Region((left, right), (bottom, top), side_of(goal), goal.minimum)
    return dataclasses.replace(live, region=region)


def _guess(lesson: Lesson, setup: Setup, own: Entry) -> PocketGuess:
    rule = own.optimizer
    (setting,) = [field.name for field in params_of(rule) if getattr(rule, field.name) == TRIED]
    high = lesson.possible[1]
    return PocketGuess(
        setting,
        setup.detail(own).replace(short(TRIED), "{guess}"),
        None if lesson.tried(high) else high,
    )
