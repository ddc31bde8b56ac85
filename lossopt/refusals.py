"""Sentences that a student understands about what a person gave: errors and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Told:
    """A sentence as a code and its values, so that it can be translated.

    Parameters
    ----------
    code : str
        A key of `sentences`.
    **values : object
        What the sentence's placeholders stand for.

    Attributes
    ----------
    kind : str
        Name of the class in a catalog of translations.
    sentences : Mapping of str to str
        English sentence of every code.
    """

    kind: ClassVar[str]
    sentences: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values

    def __str__(self) -> str:
        return self.sentences[self.code].format(**self.values)


class RefusalError(Told, ValueError):
    """An error about what a person gave."""
