"""The page of lessons: a question, a prepared stage, a prediction, then what the runs say."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl

import streamlit as st

from lossopt.figures.messages import Extras
from lossopt.figures.scene import Contestant
from lossopt.lessons import LESSONS, Lesson, Setup, judge
from lossopt.links.settings import Opening, flag, one_of
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.params import read_decimal
from lossopt.registry import id_of
from pages.ui.classroom.door import class_door
from pages.ui.controls.controls import Controls
from pages.ui.frame.frame import PAGES
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, keep_default
from pages.ui.frame.prose import as_math, entries
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import Words
from pages.ui.lessons.gallery import gallery
from pages.ui.lessons.parts import Answer, LessonText, looks_of, race_of
from pages.ui.lessons.question import answer_text, ghost, point_at
from pages.ui.lessons.teacher import teacher_tools
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import remember_view

LARGEST = 1e12
"""Numbers above this are no predictions."""
FIRST = next(iter(LESSONS))
"""The lesson of links that leave it out."""


class Door(Opening):
    """The gallery for an address that says nothing; a link that says anything has a lesson."""

    def left_out_by(self, link: dict[str, str]) -> dict[str, str]:
        """Settings that a link leaves to the page."""
        return {} if not link or "lesson" in link else {"lesson": FIRST}


@st.fragment
def lessons(words: Words) -> None:
    """Draw the chosen lesson; only this part of the page runs again after a change."""
    link = Link("lessons", Door())
    controls = Controls(link, words)
    notices = st.container()
    chosen = _chosen(link)
    if chosen is None:
        with st.container(key="gallery"):
            gallery(controls)
        controls.finish(notices)
        return
    if link.read("lesson", None, str) != chosen:
        link.put("lesson", chosen)
    text = _lesson(controls)
    controls.finish(notices)
    if "fix" not in st.query_params:
        teacher_tools(text)


def _chosen(link: Link) -> str | None:
    """Lesson of the link, None for the gallery; in front of a class a lesson is open."""
    in_class = {"fix", "present"} & set(st.query_params)
    if not in_class and link.read("lesson", None, str) is None:
        return None
    return link.read("lesson", FIRST, one_of(tuple(LESSONS)))


def _lesson(controls: Controls) -> LessonText:
    """Draw the chosen lesson."""
    link, words = controls.link, controls.words
    with st.container(key="lesson"):
        asked = LESSONS[_lesson_menu(controls)]()
        text, terms = LessonText(words, asked), Terms(words)
        left, right = st.columns([2, 3], gap="medium")
        with left, st.container(key="talk"):
            st.markdown(terms.linked(as_math(text["question"])))
            guess = _prediction(link, text)
            shown = asked
            if guess is not None:
                with st.container(key="revealed"):
                    _reveal(link, text, guess)
                    shown = _free_controls(link, text)
        with right:
            _stage(link, text, shown, guess)
        if guess is not None:
            _explain(link, text, terms)
    return text


def _lesson_menu(controls: Controls) -> str:
    """Draw the menu of lessons, and the way back to the gallery."""
    places = {name: place for place, name in enumerate(LESSONS, start=1)}
    with st.container(key="lesson menu", horizontal=True, vertical_alignment="center"):
        if "fix" not in st.query_params:
            st.button(
                controls.words("lessons.all"),
                key=controls.link.key("all lessons"),
                icon=":material/apps:",
                on_click=controls.link.put,
                args=("lesson", None),
            )
        chosen = controls.choice(
            "lesson",
            controls.words("lessons.lesson"),
            tuple(LESSONS),
            "lesson",
            text=lambda item: f"{places[item]}. {controls.words.item('lesson', item)}",
            default="",
        )
        if "fix" not in st.query_params:
            class_door(controls.words, "lesson", lesson=chosen)
        return chosen


def _prediction(link: Link, text: LessonText) -> Answer | None:
    """Ask for a prediction; the prediction once it is to be compared, None before."""
    lesson, place = text.lesson, id_of(text.lesson)
    guess = link.read(f"{place}.guess", None, lambda written: _parse_guess(written, lesson))
    revealed = link.read(f"{place}.revealed", False, flag) and guess is not None
    point_at(
        text,
        guess,
        revealed=revealed,
        stage=_stage_name(lesson, revealed=revealed),
        on_guess=lambda written: _take(link, lesson, written),
    )
    if not revealed:
        ask = _choose if lesson.choices else _type
        guess = ask(link, text, guess)
    link.write(f"{place}.guess", answer_text(guess))
    link.write(f"{place}.revealed", "1" if revealed else "")
    return guess if revealed else None


def _take(link: Link, lesson: Lesson, written: str) -> None:
    """Take over what was pointed at, where it can be an answer."""
    try:
        guess = _parse_guess(written, lesson)
    except ValueError:
        return
    link.put(f"{id_of(lesson)}.guess", answer_text(guess))


def _choose(link: Link, text: LessonText, guess: Answer | None) -> Answer | None:
    """Draw the answers to choose from and the button that reveals the right one."""
    words, place = text.words, id_of(text.lesson)
    key = link.key(f"{place}.guess")
    shown = keep_default(key, guess)
    labels = {name: as_math(label) for name, label in text.labels.items()}
    chosen: Answer | None = st.radio(
        words("lessons.predict"),
        text.lesson.choices,
        None if shown is None else text.lesson.choices.index(str(shown)),
        format_func=labels.get,
        key=key,
    )
    st.button(
        words("lessons.reveal"),
        key=link.key(f"{place} reveal"),
        type="primary",
        disabled=chosen is None,
        help=words("lessons.predict_first") if chosen is None else None,
        on_click=link.put,
        args=(f"{place}.revealed", "1"),
    )
    return chosen


def _type(link: Link, text: LessonText, guess: Answer | None) -> Answer | None:
    """Draw a box for a number and the button that reveals the answer.

    They are one form: a number that is sent when the box is left would let the page run again below
    the finger, and the click would be lost.
    """
    words, place = text.words, id_of(text.lesson)
    low, high = text.lesson.possible
    key = link.key(f"{place}.guess")
    shown = keep_default(key, None if guess is None else float(guess))
    with st.form(link.key(f"{place} form"), border=False):
        typed = st.number_input(
            f"{words('lessons.predict')}: {as_math(text['unit'])}",
            low,
            min(high, LARGEST),
            shown,
            key=key,
            step=None,
            format="%.6g",
            help=words("lessons.between", low=short(low), high=short(high))
            if high < LARGEST
            else words("lessons.at_least", low=short(low)),
        )
        asked = st.form_submit_button(
            words("lessons.reveal"),
            key=link.key(f"{place} reveal"),
            type="primary",
            on_click=_keep_number,
            args=(link, place, key),
        )
    if asked and typed is None and guess is None:
        st.info(words("lessons.predict_first"))
    return guess if typed is None else typed


def _keep_number(link: Link, place: str, key: str) -> None:
    """Compare the number of the box; one that was just pointed at may not have arrived there."""
    number = CONTROLS.of(key)
    if number is not None:
        link.put(f"{place}.guess", answer_text(float(number)))
    link.put(f"{place}.revealed", "1")


def _parse_guess(written: str, lesson: Lesson) -> Answer:
    if lesson.choices and written in lesson.choices:
        return written
    if not lesson.choices:
        number = read_decimal(written)
        low, high = lesson.possible
        if low <= number <= min(high, LARGEST):
            return number
    raise ValueError(written)


def _reveal(link: Link, text: LessonText, guess: Answer) -> None:
    """Say how far the prediction is from what was measured."""
    is_met = judge(text.lesson, guess, text.found.answer).kind in ("close", "right")
    with st.container(key="verdict"):
        (st.success if is_met else st.info)(verdict_text(text, guess))
    st.markdown(measured(text))
    st.button(
        text.words("lessons.again"),
        key=link.key(f"{id_of(text.lesson)} again"),
        type="tertiary",
        icon=":material/replay:",
        on_click=_forget,
        args=(link, id_of(text.lesson)),
    )


def verdict_text(text: LessonText, guess: Answer) -> str:
    """How far a prediction is from what was measured, as Markdown."""
    found = text.found
    verdict = judge(text.lesson, guess, found.answer)
    said = text.words(
        f"lessons.verdict.{verdict.kind}",
        guess=text.answer(guess),
        answer=text.answer(found.answer),
        factor=short(verdict.factor),
        percent=f"{verdict.percent:.0f}",
    )
    return as_math(f"{said} {text.replies[guess]}" if isinstance(guess, str) else said)


def measured(text: LessonText) -> str:
    """What the runs and the closed form say, as Markdown."""
    found = text.found
    both = {"answer": text.answer(found.answer), "theory": text.answer(found.theory)}
    return as_math(text.words("lessons.measured", **both))


def _forget(link: Link, place: str) -> None:
    link.put(f"{place}.revealed", None)
    link.put(f"{place}.guess", None)


def _free_controls(link: Link, text: LessonText) -> Lesson:
    """Let the reader change what the lesson leaves free; what was asked stays as it was."""
    asked = text.lesson
    with st.container(key="panel"):
        st.markdown(text.words("lessons.free"))
        place = f"try.{id_of(asked)}"
        tried = Controls(link, text.words).spec(place, type(asked))
    if tried != asked:
        st.markdown(f"{text.words('lessons.now')} {measured(LessonText(text.words, tried))}")
    return tried


def _stage(link: Link, text: LessonText, lesson: Lesson, guess: Answer | None) -> None:
    setup = lesson.opening() if guess is None else lesson.setup()
    own = lesson.tried(guess) if isinstance(guess, float) else None
    if own:
        setup = dataclasses.replace(setup, entries=(*setup.entries, own))
    key = _stage_name(lesson, revealed=guess is not None)
    options = view_options(link)
    if setup.linear:
        options = dataclasses.replace(options, scale="linear")
    show_race(
        text.words,
        race_of(setup),
        setup.objective,
        contestants_of(text, setup, with_guess=bool(own)),
        key=key,
        options=options,
        extras=Extras(lines=ghost(text, setup, _guessed(link, text) if guess is None else guess)),
        on_options=lambda: remember_view(link, key),
    )


def _stage_name(lesson: Lesson, *, revealed: bool) -> str:
    return f"stage of {id_of(lesson)} {'after' if revealed else 'before'}"


def _guessed(link: Link, text: LessonText) -> Answer | None:
    """What was predicted so far."""
    name = f"{id_of(text.lesson)}.guess"
    return link.read(name, None, lambda written: _parse_guess(written, text.lesson))


def contestants_of(
    text: LessonText, setup: Setup, *, with_guess: bool = False
) -> tuple[Contestant, ...]:
    """Names and looks of the runs on a lesson's stage; the last one may be the reader's guess."""
    names = text.names(setup)
    if with_guess:
        names[-1] = text.words("lessons.your_guess")
    every = zip(map(setup.detail, setup.entries), names, looks_of(setup), strict=True)
    return tuple(
        Contestant(
            f"run {place}",
            f"{name}, {detail}" if names.count(name) > 1 else name,
            "" if names.count(name) > 1 else detail,
            look,
        )
        for place, (detail, name, look) in enumerate(every)
    )


def _explain(link: Link, text: LessonText, terms: Terms) -> None:
    words = text.words
    with st.container(key="lesson why"):
        left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(f"## {words('lessons.why')}")
        st.markdown(terms.linked(as_math(text["why"])))
    with right:
        st.markdown(f"## {words('lessons.try_next')}")
        for address, label in zip(text.lesson.try_next, entries(text["next"]), strict=True):
            _next_link(Controls(link, words), address, label)


def _next_link(controls: Controls, address: str, label: str) -> None:
    page, _, query = address.partition("?")
    settings = dict(parse_qsl(query))
    if page == "lessons":
        st.button(
            label,
            key=controls.link.key(f"next {address}"),
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=controls.link.put,
            args=("lesson", settings["lesson"]),
        )
    else:
        st.page_link(
            PAGES[page],
            label=label,
            icon=":material/open_in_new:",
            query_params={**settings, "lang": controls.words.language},
        )
