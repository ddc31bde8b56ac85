"""Texts that people write: plain, short, and of signs that are seen."""

from __future__ import annotations

import unicodedata

from classroom.refusals import RefusedError

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Signs of control, of direction, and those that are none."""
STACKED = 2
"""Marks on one letter."""


def plain(text: object, most: int, name: str = "text", lines: bool = False) -> str:
    """A text as it is kept: composed, without gaps at its ends or more than one between words.

    Parameters
    ----------
    text : object
        What was sent.
    most : int
        Number of characters that it may have.
    name : str
        What it is, in the code of the refusal.
    lines : bool
        Whether it may have several lines.

    Raises
    ------
    RefusedError
        If it is no text, is empty or too long, or holds what is not seen.

    Examples
    --------
    >>> plain("  Brave   saddle ", 24)
    'Brave saddle'
    """
    if not isinstance(text, str):
        raise RefusedError("malformed")
    if len(text) > 4 * most:
        raise RefusedError(f"{name}_long")
    composed = unicodedata.normalize("NFC", text)
    parts = composed.split("\n") if lines else [composed]
    clean = "\n".join(" ".join(part.split()) for part in parts).strip()
    if not clean:
        raise RefusedError(f"{name}_empty")
    if len(clean) > most:
        raise RefusedError(f"{name}_long")
    signs = set(clean) - {"\n"}
    if _stacked(clean) or any(unicodedata.category(sign) in UNSEEN for sign in signs):
        raise RefusedError(f"{name}_signs")
    return clean


def _stacked(text: str) -> bool:
    """Whether more marks stand on a letter than any language writes."""
    height = 0
    for sign in text:
        height = height + 1 if unicodedata.combining(sign) else 0
        if height > STACKED:
            return True
    return False
