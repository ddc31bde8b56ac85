"""Cells of one column: numbers in any notation, or text."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lossopt.params import Array, decimal
from lossopt.tables._told import DataNote

MISSING = {"", "na", "n/a", "#n/a", "nan", "null", "none", "-", "–", "?", ".", "결측", "없음"}
LARGEST = 1e100
SURE = 0.9
"""Share of the filled cells that must be numbers for the others to be mistakes."""
DECIMAL_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d*),\d+(?:[eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")


@dataclasses.dataclass(frozen=True, eq=False)
class Column:
    """One column.

    Attributes
    ----------
    name : str
    numbers : array (n_rows,) or None
        NaN where missing; None for a column of text.
    texts : tuple of str
        Cells as written, without blanks around them.
    """

    name: str
    numbers: Array | None
    texts: tuple[str, ...]

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Rows without a value, ``(n_rows,)``."""
        if self.numbers is not None:
            return np.isnan(self.numbers)
        return np.array([text.lower() in MISSING for text in self.texts])

    @property
    def values(self) -> tuple[str, ...]:
        """Different values, in order, as texts."""
        if self.numbers is not None:
            found = np.unique(self.numbers[~np.isnan(self.numbers)])
            return tuple(map(decimal, found))
        return tuple(sorted({text for text in self.texts if text.lower() not in MISSING}))


def column(
    name: str, cells: Sequence[str], separator: str, notes: list[DataNote] | None = None
) -> Column:
    """Column of these cells; what is no number in a column of numbers counts as missing."""
    texts = tuple(map(str.strip, cells))
    clean = _clean_numbers(texts)
    if clean is not None:
        return Column(name, clean, texts)
    counts = Counter(texts)
    read = _notation(counts.keys(), separator)
    numbers = {text: read(text) for text in counts}
    filled = [text for text in counts if text.lower() not in MISSING]
    unreadable = [text for text in filled if numbers[text] is None]
    mistakes = sum(counts[text] for text in unreadable)
    if not filled or mistakes > (1.0 - SURE) * sum(counts[text] for text in filled):
        return Column(name, None, texts)
    infinite = [text for text in filled if not abs(numbers[text] or 0.0) <= LARGEST]
    if notes is not None and mistakes:
        example = unreadable[0][:30]
        notes.append(DataNote("unreadable", name=name, count=mistakes, example=example))
    if notes is not None and infinite:
        count = sum(counts[text] for text in infinite)
        notes.append(DataNote("infinite", name=name, count=count))
    values = {
        text: value if value is not None and abs(value) <= LARGEST else math.nan
        for text, value in numbers.items()
    }
    return Column(name, np.array([values[text] for text in texts]), texts)


def _clean_numbers(texts: tuple[str, ...]) -> Array | None:
    """Numbers of cells that all are plain finite numbers, else None: the usual, fast way."""
    try:
        numbers = np.array(texts, dtype=np.float64)
    except ValueError:
        return None
    return numbers if (np.abs(numbers) <= LARGEST).all() else None


def is_number(cell: str) -> bool:
    """Whether a cell holds a number in any notation."""
    cell = cell.strip()
    return _plain(cell) is not None or bool(DECIMAL_COMMA.fullmatch(cell))


def _plain(text: str) -> float | None:
    if not text or text[-1].isalpha() or "_" in text:
        return math.inf if text.lower().lstrip("+-") in ("inf", "infinity") else None
    try:
        return float(text)
    except ValueError:
        return None


def _notation(texts: Iterable[str], separator: str) -> Callable[[str], float | None]:
    """How the numbers of a column are written: 1.5 or 1,5 or 1,000.5."""
    commas = [text for text in texts if "," in text]
    decimal = sum(bool(DECIMAL_COMMA.fullmatch(text)) for text in commas)
    thousands = sum(bool(THOUSANDS.fullmatch(text)) for text in commas)
    if commas and thousands == len(commas) and (separator == "," or thousands > decimal):
        return lambda text: _plain(text.replace(",", ""))
    if decimal > (1.0 - SURE) * len(commas):
        return lambda text: _plain(text.replace(".", "").replace(",", ".") if "," in text else text)
    return _plain
