"""Words that a person reads: those of the library."""

from lossopt.words import (
    ASSETS,
    BETWEEN,
    JOINER,
    LANGUAGES,
    Words,
    as_code,
    bound,
    catalog,
    language_of,
    text_of,
)

__all__ = [
    "ASSETS",
    "BETWEEN",
    "JOINER",
    "LANGUAGES",
    "Words",
    "as_code",
    "bound",
    "catalog",
    "language_of",
    "text_of",
]
