"""Refusals: errors about what a person gave, with a sentence that a student understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class RefusalError(ValueError):
    """An error with a code and the values of its sentence, so that it can be translated.

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

    kind: ClassVar[str] = "refusal"
    sentences: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(self.sentences[code].format(**values))
        self.code, self.values = code, values
