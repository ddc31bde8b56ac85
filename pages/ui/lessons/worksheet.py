"""A worksheet of a lesson: one printable page of HTML that needs nothing else."""

from __future__ import annotations

import html
from string import Template

from lossopt.figures.sketch import loss_sketch
from lossopt.lessons import Lesson
from pages.ui.frame.prose import as_html, entries
from pages.ui.frame.result_cache import kept
from pages.ui.frame.words import ASSETS, Words
from pages.ui.lessons.parts import LessonText, looks_of


@kept(128)
def worksheet(language: str, solved: bool, lesson: Lesson) -> str:
    """Worksheet as an HTML document, with or without answers."""
    text = LessonText(Words(language), lesson)
    words = {name: html.escape(said) for name, said in text.words.section("worksheet").items()}
    page = Template((ASSETS / "worksheet.html").read_text("utf-8"))
    return page.substitute(
        words,
        language=language,
        app=html.escape(text.words("app.name")),
        title=html.escape(text.title),
        question=as_html(text["question"]),
        choices=_choices(text, solved),
        sketched=words["drawn" if solved else "draw"],
        sketch=_sketch(text, solved),
        answers=_answers(text, words) if solved else _lines(words),
        tasks=as_html("\n".join(f"- {task}" for task in entries(text["next"]))),
    )


def _choices(text: LessonText, solved: bool) -> str:
    """Boxes to tick, or a line to write a number on."""
    if not text.lesson.choices:
        return as_html(text["unit"]).replace("</p>", " <span class='blank'></span></p>")
    boxes = [
        f"<li>{'☑' if solved and name == text.found.answer else '☐'} {html.escape(label)}</li>"
        for name, label in text.labels.items()
    ]
    return f"<ul class='boxes'>{''.join(boxes)}</ul>"


def _sketch(text: LessonText, solved: bool) -> str:
    setup = text.lesson.setup()
    named = zip(text.names(setup), setup.entries, strict=True)
    names = [f"{name} · {setup.detail(entry)}" for name, entry in named]
    return loss_sketch(
        setup.descents(),
        names,
        looks_of(setup),
        linear=setup.linear,
        drawn=solved,
        labels=(text.words("worksheet.steps"), text.words("worksheet.loss")),
    )


def _answers(text: LessonText, words: dict[str, str]) -> str:
    found = text.found
    both = {"answer": text.answer(found.answer), "theory": text.answer(found.theory)}
    measured = as_html(text.words("lessons.measured", **both))
    return f"<h2>{words['answer']}</h2>{measured}{as_html(text['why'])}"


def _lines(words: dict[str, str]) -> str:
    """Room to write."""
    empty = "<div class='line'></div>"
    return f"<h2>{words['saw']}</h2>{empty}{empty}<h2>{words['because']}</h2>{empty}{empty}{empty}"
