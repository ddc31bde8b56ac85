"""Cells that stand for a missing value."""

from __future__ import annotations

from collections.abc import Collection

ERRORS = {"#n/a", "#div/0!", "#ref!", "#value!", "#null!", "#num!", "#name?"}
"""What spreadsheets write for a formula without a value."""
WORDS = {"na", "n/a", "n.a.", "<na>", "nan", "-nan", "nat", "1.#ind", "1.#qnan", "-1.#ind"}
WORDS |= {"null", r"\n", "#na", "결측", "결측치", *ERRORS}
"""Say that a value is missing, in columns of text, too."""
SIGNS = {"none", "nil", "n.d.", "n/d", "k.a.", "missing", "unknown", "not available"}
SIGNS |= {"-", "–", "—", "--", "---", "?", "??", ".", "..", "...", "…", "*", "(blank)"}
SIGNS |= {"없음", "모름", "미상", "해당없음", "해당 없음"}
"""Say so in columns of numbers; in columns of text they can be labels."""
MISSING = {"", *WORDS, *SIGNS}


def word_is_label(word: str, texts: Collection[str]) -> bool:
    """Whether a word for a missing value is a code like the other texts, as NA beside EU and AS.

    >>> word_is_label("NA", {"EU", "AS", "NA"}), word_is_label("NA", {"male", "female", "NA"})
    (True, False)
    """
    others = [text for text in texts if text and text.lower() not in MISSING]
    return len(others) > 1 and all(
        text.isalpha() and text.isupper() and len(text) == len(word) for text in (word, *others)
    )
