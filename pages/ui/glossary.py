"""The glossary: every term in one sentence, by topic or by name, to be searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import parse_qsl

import streamlit as st

from lossopt.links.settings import Opening
from pages.ui.controls.controls import Controls
from pages.ui.frame.frame import PAGES, carried
from pages.ui.frame.link import Link
from pages.ui.frame.prose import as_math
from pages.ui.frame.terms import facts
from pages.ui.frame.words import BETWEEN, LANGUAGES, Words, as_code, catalog

ORDERS = ("topic", "name")
LONGEST = 60
"""Characters of what is sought."""


@cache
def related() -> dict[str, tuple[str, ...]]:
    """Related terms of every term: a relation goes both ways."""
    pairs = [(one, other) for pair in facts()["related"] for one, other in (pair, pair[::-1])]
    terms = [term for topic in facts()["topics"].values() for term in topic]
    return {term: tuple(it for it in terms if (term, it) in pairs) for term in terms}


@st.fragment
def glossary(words: Words) -> None:
    """Draw the terms that are sought, all of them at first."""
    controls = Controls(Link("glossary", Opening()), words)
    notices = st.container()
    st.markdown(f"## {words('menu.glossary')}")
    st.markdown(words("glossary.intro"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="glossary controls"):
        with st.container(width=260):
            sought = controls.text("find", words("glossary.find"), "", str.strip, length=LONGEST)
        order = controls.tabs(
            "order",
            words("glossary.order"),
            ORDERS,
            lambda each: words(f"glossary.by.{each}"),
            label_visibility="collapsed",
            width="content",
        )
    found = [term for term in related() if is_meant(term, sought, words.language)]
    if not found:
        st.info(words("glossary.nothing", sought=as_code(sought)), icon=":material/search:")
    if order == "name":
        _terms(words, by_name(words, found), found)
    else:
        _topics(words, found)
    controls.finish(notices)


def _topics(words: Words, found: list[str]) -> None:
    for topic, terms in facts()["topics"].items():
        if here := [term for term in terms if term in found]:
            st.markdown(f"## {words(f'glossary.topic.{topic}')}")
            _terms(words, here, found, topic)


def _terms(words: Words, terms: list[str], found: list[str], topic: str = "all") -> None:
    with st.container(key=f"terms {topic}"):
        for term in terms:
            with st.container(gap="small"):
                _term(words, term, found)


def _term(words: Words, term: str, found: list[str]) -> None:
    """Name, also in the other language, its sentence, and what leads on from it."""
    st.subheader(name_of(words, term), anchor=term)
    if others := all_names(words, term):
        st.caption(BETWEEN.join(others))
    text = as_math(words(f"glossary.term.{term}.text"))
    near = [f"[{name_of(words, it)}](#{it})" for it in related()[term] if it in found]
    st.markdown(f"{text}\n\n{words('glossary.related')} {BETWEEN.join(near)}" if near else text)
    if term in facts()["seen"]:
        page, _, query = facts()["seen"][term].partition("?")
        settings = dict(parse_qsl(query))
        st.page_link(
            PAGES[page],
            label=words("glossary.seen", place=place_of(words, page, settings)),
            icon=":material/open_in_new:",
            query_params={**carried(), **settings},
        )


def name_of(words: Words, term: str) -> str:
    """What a term is called."""
    return words(f"glossary.term.{term}.name")


def all_names(words: Words, term: str) -> list[str]:
    """What it is called in the other languages, where that differs."""
    names = [name_of(Words(each), term) for each in LANGUAGES]
    return [name for name in names if name != name_of(words, term)]


def by_name(words: Words, terms: Iterable[str]) -> list[str]:
    """Terms in the order of their names."""
    return sorted(terms, key=lambda term: plain(name_of(words, term)))


def place_of(words: Words, page: str, settings: Mapping[str, str]) -> str:
    """What a page is called at which a term is seen at work."""
    is_lesson = page == "lessons" and "lesson" in settings
    return words.item("lesson", settings["lesson"]) if is_lesson else words(f"menu.{page}")


def plain(text: str) -> str:
    """Text as it is compared: without case, spaces, hyphens and kinds of letters.

    >>> plain("Cross-Entropy") == plain("cross entropy"), plain("교차 엔트로피")
    (True, '교차엔트로피')
    """
    return re.sub(r"[\s\-‐–]", "", unicodedata.normalize("NFKC", text).casefold())


def is_meant(term: str, sought: str, language: str) -> bool:
    """Whether what is sought stands in a term's sentence, or in its name in any language."""
    return any(plain(sought) in text for text in said(term, language))


@cache
def said(term: str, language: str) -> tuple[str, ...]:
    """Where a term is sought, as it is compared: its names in any language, and its sentence."""
    names = (catalog(each)[f"glossary.term.{term}.name"] for each in LANGUAGES)
    return tuple(map(plain, (*names, catalog(language)[f"glossary.term.{term}.text"])))
