"""What a teacher needs: presenter mode, links for a class, worksheets, a plan for the hour."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from lossopt.lessons import Lesson
from lossopt.params import params_of
from lossopt.registry import id_of
from pages.ui.frame.frame import PAGES
from pages.ui.frame.prose import sections
from pages.ui.frame.words import Words
from pages.ui.lessons.parts import LessonText
from pages.ui.lessons.worksheet import worksheet


def teacher_tools(text: LessonText) -> None:
    """Draw the teacher's tools for a lesson."""
    words, lesson = text.words, text.lesson
    with st.container(key="teacher"), st.expander(words("lessons.teacher")):
        left, right = st.columns(2, gap="large")
        with left:
            _presenter(words, lesson)
            _class_link(words, lesson)
            _worksheets(words, lesson)
        with right:
            st.markdown(sections(words.language, "lessons/_plan")["plan"])


def _settings(words: Words, lesson: Lesson) -> dict[str, str]:
    """Settings of a link to this lesson."""
    return {"lang": words.language, "lesson": id_of(lesson)}


def _presenter(words: Words, lesson: Lesson) -> None:
    st.page_link(
        PAGES["lessons"],
        label=words("lessons.present"),
        icon=":material/present_to_all:",
        query_params={**_settings(words, lesson), "present": "1"},
    )
    st.caption(words("lessons.present_keys"))


def _class_link(words: Words, lesson: Lesson) -> None:
    """Address that opens the lesson with some of its controls fixed and hidden."""
    place = id_of(lesson)
    labels = {
        field.name: words.name("field", field.name, field.label) for field in params_of(lesson)
    }
    fixed = st.pills(
        words("lessons.fix"),
        list(labels),
        format_func=labels.get,
        selection_mode="multi",
        key=f"fixed in {place}",
    )
    hidden = "-".join(f"try.{place}.{name}" for name in fixed) or "none"
    query = urlencode({**_settings(words, lesson), "fix": hidden})
    address = (st.context.url or "").partition("?")[0]
    st.code(f"{address}?{query}", language=None, wrap_lines=True)


def _worksheets(words: Words, lesson: Lesson) -> None:
    st.markdown(words("lessons.worksheets"))
    with st.container(horizontal=True):
        for solved, kind in ((False, "blank"), (True, "solved")):
            st.download_button(
                words(f"lessons.sheet_{kind}"),
                worksheet(words.language, solved, lesson),
                file_name=f"{id_of(lesson)}-{words.language}-{kind}.html",
                mime="text/html",
                icon=":material/download:",
                on_click="ignore",
                key=f"{id_of(lesson)} {kind}",
            )
    st.caption(words("lessons.print_hint"))
