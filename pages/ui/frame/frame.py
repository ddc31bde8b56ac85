"""The frame of every page: set-up, menu, language and footer. First call of every script."""

from __future__ import annotations

import streamlit as st

from lossopt.links.settings import CARRIED
from pages.ui.frame.component import component
from pages.ui.frame.link import arrive
from pages.ui.frame.memory import CONTROLS
from pages.ui.frame.words import ASSETS, LANGUAGES, Words, language_of

PAGES = {
    "lab": "home.py",
    "losses": "pages/losses.py",
    "batches": "pages/batches.py",
    "optimizers": "pages/optimizers.py",
    "network": "pages/network.py",
    "compare": "pages/compare.py",
    "lessons": "pages/lessons.py",
    "article": "pages/article.py",
}
"""Menu, in order: key of the name, script."""
GLOSSARY = "pages/glossary.py"
"""Reached from the footer of every page."""
SCRIPTS = {**PAGES, "glossary": GLOSSARY}
"""All pages."""


def frame(page: str) -> Words:
    """Set the page up and draw its head.

    Parameters
    ----------
    page : str
        Key of `PAGES`.

    Returns
    -------
    Words
        The texts of the reader's language.
    """
    arrive()
    words = Words(language_of(st.query_params.get("lang"), st.context.locale or ""))
    st.set_page_config(
        page_title=f"{words(f'menu.{page}')} · {words('app.name')}",
        page_icon=str(ASSETS / "logo.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(ASSETS / "page.css")
    if is_bare():
        st.html(ASSETS / "bare.css")
        st.html(f"<h1>{words('app.name')}</h1>")
        return words
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.html(f"<h1>{words('app.name')}</h1>", width="content")
        with st.container(horizontal=True, key="menu"):
            for name, script in PAGES.items():
                label = words(f"menu.{name}")
                st.page_link(script, label=label, query_params=carried(), disabled=name == page)
        _language_switch(words)
    return words


def is_bare() -> bool:
    """Whether the page stands in another one, without menus around what it shows."""
    return st.query_params.get("bare") == "1"


def carried() -> dict[str, str]:
    """What goes along from page to page."""
    return {name: st.query_params[name] for name in CARRIED if name in st.query_params}


def _language_switch(words: Words) -> None:
    CONTROLS.keep("language", words.language)
    st.segmented_control(
        words("app.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.get,
        key="language",
        label_visibility="collapsed",
        on_change=_speak,
        width="content",
    )


def _speak() -> None:
    if chosen := CONTROLS.of("language"):
        st.query_params["lang"] = chosen


def footer(words: Words, *, links: bool = True) -> None:
    """Draw the last line of every page; on the page that it leads to, its link rests.

    What leads to the glossary from anywhere on the page is explained on the spot.
    """
    if not is_bare():
        _last_line(words, links)
    component("glossary", {"lang": words.language}, key="terms")


def _last_line(words: Words, links: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="footer"):
        st.caption(words("app.footer"), width="content")
        st.page_link(
            GLOSSARY, label=words("menu.glossary"), query_params=carried(), disabled=not links
        )
