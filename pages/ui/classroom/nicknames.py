"""What nicknames of a class are made of, in each language."""

from __future__ import annotations

from classroom.nicknames import Parts
from pages.ui.frame.words import LANGUAGES, Words


def nicknames() -> Parts:
    """First and second words by language."""
    return {
        language: (
            Words(language)("nicknames.first").split(),
            Words(language)("nicknames.second").split(),
        )
        for language in LANGUAGES
    }
