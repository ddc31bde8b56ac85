"""Nicknames that nobody has to think of."""

from __future__ import annotations

import random
from collections.abc import Container, Mapping, Sequence

Parts = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""First and second words by the code of their language."""


def made_up(parts: Parts, language: str, taken: Container[str]) -> str:
    """A nickname in a language that nobody has yet.

    Parameters
    ----------
    parts : mapping of str to (sequence of str, sequence of str)
        What nicknames are made of.
    language : str
        Of whom it is for; an unknown one counts as the first.
    taken : container of str
        Nicknames that others have.

    Examples
    --------
    >>> made_up({"en": (["Brave"], ["saddle"])}, "en", {"Brave saddle"})
    'Brave saddle 2'
    """
    firsts, seconds = parts.get(language) or next(iter(parts.values()))
    name = f"{random.choice(firsts)} {random.choice(seconds)}"
    number = 1
    while (found := name if number == 1 else f"{name} {number}") in taken:
        number += 1
    return found
