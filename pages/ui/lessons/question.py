"""Predicting by pointing: at a number on a ruler, or at a place on the map."""

from __future__ import annotations

from collections.abc import Callable

from lossopt.figures.messages import Guess, Line, Question, Ruler, Spot
from lossopt.figures.packing import pack
from lossopt.figures.palette import PREDICTED
from lossopt.lessons import Lesson, Setup
from lossopt.params import decimal
from lossopt.registry import id_of
from pages.ui.frame.component import component, heard
from pages.ui.frame.prose import named_entries
from pages.ui.lessons.parts import Answer, LessonText, start_of


def point_at(
    text: LessonText,
    guess: Answer | None,
    *,
    revealed: bool,
    stage: str,
    on_guess: Callable[[str], None],
) -> None:
    """Draw what a reader points at, and after the answer what was predicted beside it.

    Parameters
    ----------
    guess : float, str or None
        What was predicted so far.
    revealed : bool
        Whether the answer may be seen.
    stage : str
        Name of the stage that plays the answer.
    on_guess : callable
        Told what was pointed at, as text.
    """
    lesson, found, place = text.lesson, text.found, id_of(text.lesson)
    key = f"question of {place}"
    asked = Question(
        lesson=place,
        ruler=ruler_of(text),
        spots=spots_of(lesson),
        guess=answer_text(guess),
        answer=answer_text(found.answer) if revealed else "",
        stage=stage,
        slowly=found.decides,
        texts=text.words.section("lessons.point"),
    )

    def tell() -> None:
        if told := heard(Guess, "guess", key):
            on_guess(told.value)

    component("lessons", {"question": asked}, key=key, on_guess_change=tell)


def ruler_of(text: LessonText) -> Ruler | None:
    """Scale on which a number is pointed at."""
    span = text.lesson.span
    if span is None:
        return None
    sides = named_entries(text.section("sides"))
    return Ruler(**vars(span), unit=text["unit"].replace("`", ""), **sides)


def spots_of(lesson: Lesson) -> tuple[Spot, ...]:
    """Answers that are places on the plane."""
    return tuple(Spot(name, *at) for name, at in lesson.spots().items())


def answer_text(answer: Answer | None) -> str:
    """A prediction or an answer as it stands in links; empty for none."""
    if answer is None:
        return ""
    return answer if isinstance(answer, str) else decimal(answer)


def ghost(text: LessonText, setup: Setup, guess: Answer | None) -> tuple[Line, ...]:
    """A path to the place on the map that was predicted."""
    place = text.lesson.spots().get(str(guess))
    if place is None:
        return ()
    line = pack([place, start_of(setup)])
    name = text.words("lessons.your_guess")
    return (Line(color=PREDICTED, dash=(7, 6), closed=False, xy=line, label=name),)
