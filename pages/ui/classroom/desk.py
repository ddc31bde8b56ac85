"""The teacher's desk: a document without Streamlit, which asks a class and shows what it thinks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from starlette.routing import Route

from lossopt.figures.player import PLOTLY
from pages.ui.frame.files import address, root
from pages.ui.frame.own_page import own_page, page_route
from pages.ui.frame.words import LANGUAGES, Words

PAGE = Path(__file__).with_name("desk.html")
SHEETS = ("stage/stage.css", "classroom/results.css")


@lru_cache(len(LANGUAGES))
def desk(language: str) -> str:
    """Write the page in a language."""
    words = Words(language)
    texts = words.section("desk")
    told = {
        "lang": language,
        "plotly": f"{address()}/vendor/{PLOTLY}",
        "texts": texts,
        "results": words.section("desk.results"),
        "refusals": words.section("classroom.refusals") | words.section("desk.refusals"),
        "stage": words.section("stage"),
    }
    return own_page(
        PAGE,
        words,
        title="desk.title",
        folder="classroom",
        name="desk",
        told=told,
        meta='<meta name="referrer" content="no-referrer">\n',
        sheets=SHEETS,
        HOME=f"{root()}/?lang={language}",
        CLASS=f"{root()}/class",
    )


def desk_page() -> Route:
    """Route to the page."""
    return page_route("/class/desk", desk)
