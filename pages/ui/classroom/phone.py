"""The page of a student: a document without Streamlit, which joins a class and answers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from starlette.routing import Route

from pages.ui.frame.files import root
from pages.ui.frame.own_page import own_page, page_route
from pages.ui.frame.words import LANGUAGES, Words

PAGE = Path(__file__).with_name("phone.html")
WRITTEN = (
    *("join", "code", "enter", "scan", "away", "nickname", "rename", "rename_label"),
    *("leave", "save", "cancel", "wait", "privacy"),
)
"""Words that stand in the document itself."""
SHEETS = ("stage/stage.css", "tuner/tuner.css", "lessons/lessons.css", "classroom/results.css")


@lru_cache(len(LANGUAGES))
def phone(language: str) -> str:
    """Write the page in a language."""
    words = Words(language)
    texts = words.section("phone")
    told = {
        "lang": language,
        "texts": texts,
        "refusals": words.section("classroom.refusals"),
        "results": words.section("desk.results"),
    }
    return own_page(
        PAGE,
        words,
        title="phone.title",
        folder="classroom",
        name="phone",
        told=told,
        sheets=SHEETS,
        far=0,  # a whole class comes at once, and every request costs the server
        HOME=f"{root()}/?lang={language}",
        **{name.upper(): texts[name] for name in WRITTEN},
    )


def phone_page() -> Route:
    """Route to the page."""
    return page_route("/class", phone)
