"""The glossary of the pocket edition."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import parse_qsl, urlencode

from lossopt.figures.messages import Choice, PocketGlossary, PocketTerm, PocketTopic
from pages.ui.frame.prose import as_math, as_page
from pages.ui.frame.terms import facts
from pages.ui.frame.words import BETWEEN, Words
from pages.ui.glossary import LONGEST, ORDERS, all_names, by_name, name_of, place_of, related, said

TEXTS = ("pocket", "glossary", "app", "menu", "notice")
ADDRESSES = {"lab": "", "lessons": "lessons/", "optimizers": "optimizers/"}
"""Pages below the edition, by their names in the app."""


def glossary_message(language: str, here: Container[str] = ADDRESSES) -> PocketGlossary:
    """All terms in a language.

    Parameters
    ----------
    language : str
    here : container of str
        Pages of the app that the edition has.
    """
    words = Words(language)
    texts = words.section("glossary")
    return PocketGlossary(
        lang=language,
        texts={part: words.section(part) for part in TEXTS if part != "glossary"}
        | {"glossary": {key: text for key, text in texts.items() if not key.startswith("term.")}},
        orders=tuple(Choice(order, words(f"glossary.by.{order}")) for order in ORDERS),
        topics=tuple(
            PocketTopic(words(f"glossary.topic.{topic}"), tuple(terms))
            for topic, terms in facts()["topics"].items()
        ),
        terms=tuple(_term(words, term, here) for term in by_name(words, related())),
        longest=LONGEST,
    )


def _term(words: Words, term: str, here: Container[str]) -> PocketTerm:
    page, _, query = facts()["seen"].get(term, "").partition("?")
    settings = {"lang": words.language, **dict(parse_qsl(query))}
    is_here = page in here and page in ADDRESSES
    return PocketTerm(
        id=term,
        name=name_of(words, term),
        others=BETWEEN.join(all_names(words, term)),
        html=as_page(as_math(words(f"glossary.term.{term}.text"))),
        sought="\n".join(said(term, words.language)),
        related=related()[term],
        seen=f"../{ADDRESSES[page]}?{urlencode(settings)}" if is_here else None,
        place=place_of(words, page, settings) if is_here else None,
    )
