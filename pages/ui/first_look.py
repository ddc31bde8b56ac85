"""What a page begins with before Streamlit has arrived: its stages as pictures, or words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from lossopt.lessons import LESSONS
from lossopt.links.settings import KEPT
from lossopt.optimizers import OPTIMIZERS
from pages.ui.frame.prose import sections
from pages.ui.frame.seen import SEEN
from pages.ui.frame.words import Words
from pages.ui.lessons.gallery import still
from pages.ui.optimizers import OPENING
from pages.ui.optimizers.card_text import title_of
from pages.ui.stage.first_frame import first_frame

Settings = Mapping[str, str]
CARDS = 10
"""Of the gallery: as many as a first screen shows."""


def first_look(page: str, query: Settings, words: Words) -> str:
    """Inside of the still picture of a page, as HTML.

    Parameters
    ----------
    page : str
        Key of `pages.ui.frame.frame.SCRIPTS`.
    query : Mapping of str to str
        Settings of the link.
    words : Words
    """
    settings = {name: text for name, text in query.items() if name not in KEPT}
    told = WORDS.get(page)
    if told and not (page == "lessons" and settings):
        return told(settings, words)
    if "present" in query or not _stands_where_it_is_drawn(page, settings):
        return _said(words(f"menu.{page}"), "")
    first = first_frame(dict(query)) if page == "lab" else ""
    drawn = [first] if first else [draw() for draw in SEEN.of(page, settings)]
    pictures = "".join(f"<div>{svg}</div>" for svg in drawn[:2])
    return pictures or _said(words(f"menu.{page}"), "")


def _stands_where_it_is_drawn(page: str, settings: Settings) -> bool:
    """Whether the place of the stages is known: elsewhere it depends on what stands above them."""
    if page == "compare":
        return settings.get("mode", "" if settings else "story") == "story"
    return page != "network"


def _glossary(_: Settings, words: Words) -> str:
    return _said(words("menu.glossary"), words("glossary.intro"))


def _article(_: Settings, words: Words) -> str:
    return _said(words("article.title"), words("article.intro"))


def _card(settings: Settings, words: Words) -> str:
    """Name and idea of the chosen optimizer; the other parts of the page begin with settings."""
    name = settings.get("optimizer", OPENING)
    if "part" in settings or name not in OPTIMIZERS:
        return ""
    idea = sections(words.language, f"optimizers/{name}").get("", "")
    return _said(f"{title_of(words, name)} · {OPTIMIZERS[name].year}", idea)


def _gallery(_: Settings, words: Words) -> str:
    cards = [f"<i>{still(LESSONS[name]())}</i>" for name in list(LESSONS)[:CARDS]]
    head = _said(words("lessons.gallery.title"), words("lessons.gallery.how"))
    return f"{head}<nav>{''.join(cards)}</nav>"


WORDS: dict[str, Callable[[Settings, Words], str]] = {
    "glossary": _glossary,
    "article": _article,
    "optimizers": _card,
    "lessons": _gallery,
}
"""Pages that begin with words; lessons do as long as none is chosen."""


def _said(title: str, text: str) -> str:
    """A title, and a paragraph without the signs of Markdown."""
    plain = re.sub(r"[`$*]|\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return f"<section><h2>{html.escape(title)}</h2><p>{html.escape(plain)}</p></section>"
