"""Terms of the glossary where they stand: underlined, and explained on the spot."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Any

from pages.ui.frame.words import ASSETS, Words

KEPT = re.compile(
    r"(\$[^$]*\$|`[^`]*`|\{[^}]*\}|\[[^\]]*\]\([^)]*\)|\*\*[^*]*\*\*|^#.*$|^\|.*$)", re.MULTILINE
)
"""Parts of a text in which nothing is underlined: formulas, code, what is filled in, links, what is
bold, tables."""


@cache
def facts() -> dict[str, Any]:
    """Topics with their terms, what is related, and where a term is seen at work."""
    return tomllib.loads((ASSETS / "glossary.toml").read_text("utf-8"))


class Terms:
    """The terms of one page: each is underlined once, where it stands first.

    Parameters
    ----------
    words : Words
    glossary : str, optional
        Address of the glossary; that of the app by default.
    """

    def __init__(self, words: Words, glossary: str | None = None) -> None:
        self._words = words
        self._glossary = f"glossary?lang={words.language}" if glossary is None else glossary
        self._used: set[str] = set()

    def linked(self, markdown: str) -> str:
        """A text whose terms lead to the glossary, and are explained there."""
        parts = KEPT.split(markdown)
        for term, pattern in patterns(self._words.language):
            places = range(0, len(parts), 2)
            found = next(
                (k for k in places if term not in self._used and pattern.search(parts[k])), None
            )
            if found is not None:
                parts[found : found + 1] = self._cut(parts[found], term, pattern)
        return "".join(parts)

    def _cut(self, text: str, term: str, pattern: re.Pattern[str]) -> list[str]:
        """What stands before a term, its link, and what stands behind it."""
        match = pattern.search(text)
        assert match
        self._used.add(term)
        # An underscore would be read as a sign of Markdown.
        anchor = term.replace("_", "%5F")
        link = f"[{match[0]}]({self._glossary}#{anchor})"
        return [text[: match.start()], link, text[match.end() :]]


def linked(words: Words, markdown: str) -> str:
    """A text that stands alone, with its terms underlined."""
    return Terms(words).linked(markdown)


@lru_cache(512)
def noted(language: str, text: str) -> str:
    """A note of the stage with its terms marked, each once: ``[gradient](#gradient)``.

    The reader's page gives them their address.
    """
    return Terms(Words(language), "").linked(text)


@cache
def patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How every term that is underlined is found in a text, the longest names first."""
    words = Words(language)
    terms = [term for topic in facts()["topics"].values() for term in topic]
    names = {
        term: spelled(words(f"glossary.term.{term}.name"))
        for term in terms
        if term not in facts()["everyday"]
    }
    longest = sorted(names, key=lambda term: -len(names[term]))
    return tuple((term, _pattern(names[term])) for term in longest)


def spelled(name: str) -> str:
    """Name of a term as it stands in a text: without its sign and its abbreviation.

    >>> spelled("learning rate η"), spelled("mean squared error (MSE)"), spelled("Hessian")
    ('learning rate', 'mean squared error', 'Hessian')
    """
    return re.sub(r"\s*\(.*\)| \S$", "", name)


def _pattern(name: str) -> re.Pattern[str]:
    """A whole word and its plural; in Korean a particle may follow."""
    if name.isascii():
        return re.compile(rf"(?<![\w-]){re.escape(name)}(?:s|es)?(?![\w-])", re.IGNORECASE)
    return re.compile(rf"(?<!\w){re.escape(name)}")
