"""How the numbers of a column are written: decimal mark, thousands mark, sign, unit.

The marks are those that read most cells of the column. Where two readings are equally good, the
other columns of the table decide, and then the sign between the cells.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from lossopt.params import Array
from lossopt.tables._missing import MISSING

LARGEST = 1e100
LONGEST = 60
"""Letters of the longest cell that can be a number."""
SAME = str.maketrans(
    {
        **dict.fromkeys("−﹣－‐‑‒–", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("’‘´`＇", "'"),
        "．": ".",
        "，": ",",
        "％": "%",
    }
)
"""Typographic signs and the plain ones that they stand for."""
MONEY = r"(?:[A-Z]{0,3}[$¢£¥€₩₹₽₺₪₫฿₦₱＄￡￥￦]|USD|EUR|GBP|JPY|CNY|KRW|CHF|INR|CAD|AUD|원)"
UNIT = r"(?:[°µ]?[^\W\d_][^\W\d_]{0,3}[23²³]?(?:/[^\W\d_]{1,4}[23²³]?)?|°|‰)"
CELL = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-]?) ?(?P<before>{MONEY})? ?(?P<inner>[+-]?)"
    rf"(?P<number>[\d.,' ]*\d[.,]?(?:[eE][+-]?\d+)?)"
    rf"(?:(?P<behind>-)| ?(?P<after>%|{MONEY}|{UNIT}))?(?P<close>\))?"
)


@dataclasses.dataclass(frozen=True)
class Notation:
    """Decimal mark and thousands mark; no thousands mark is an empty text."""

    decimal: str
    group: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a number looks like; a group of thousands never begins with 0."""
        point, group = re.escape(self.decimal), re.escape(self.group)
        whole = r"\d+"
        if group:
            whole += rf"|[1-9]\d{{0,2}}(?:{group}\d{{3}})+"
        if self.group == ",":
            whole += r"|[1-9]\d?(?:,\d{2})+,\d{3}"  # lakh and crore
        return re.compile(rf"[+-]?(?:(?:{whole})(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?")

    def value(self, bare: str) -> float | None:
        """Number of a cell without its unit; None where it is not written like this."""
        if not self.pattern.fullmatch(bare):
            return None
        plain = bare.replace(self.group, "") if self.group else bare
        return float(plain.replace(self.decimal, "."))


PLAIN = Notation(".", "")
NOTATIONS = tuple(
    Notation(decimal, group)
    for group in ("", ",", ".", " ", "'")
    for decimal in ".,"
    if decimal != group
)


@dataclasses.dataclass(frozen=True, eq=False)
class Reading:
    """Cells of a column, as far as they can be understood without the other columns.

    Attributes
    ----------
    texts : tuple of str
    plain : array or None
        Numbers of cells that all are plain finite numbers: the usual, fast way.
    counts : Counter
        How often each text stands there; empty for plain columns.
    bare : dict of str to str
        Texts that can be numbers, without their unit.
    unit : str
        Sign at the numbers that is left out.
    """

    texts: tuple[str, ...]
    plain: Array | None
    counts: Mapping[str, int]
    bare: Mapping[str, str]
    unit: str

    @cached_property
    def notations(self) -> list[Notation]:
        """Notations that read most cells."""
        marked = {text: bare for text, bare in self.bare.items() if not bare.isdigit()}
        read = {
            notation: sum(
                self.counts[text]
                for text, bare in marked.items()
                if notation.pattern.fullmatch(bare)
            )
            for notation in NOTATIONS
        }
        most = max(read.values())
        return [notation for notation in NOTATIONS if read[notation] == most]

    @cached_property
    def dots(self) -> list[str]:
        """Cells of a plain column with a point that may be a thousands mark; else nothing."""
        found = [text for text in self.texts if "." in text] if self.plain is not None else []
        grouped = Notation(",", ".").pattern
        return found if all(grouped.fullmatch(text) for text in found) else []

    @property
    def decimal(self) -> str:
        """Decimal mark that the column proves; empty where it proves none."""
        if self.plain is not None:
            whole = self.plain == np.round(self.plain)
            return "" if whole.all() or self.dots else "."
        if all(bare.isdigit() for bare in self.bare.values()):
            return ""
        marks = {notation.decimal for notation in self.notations}
        return marks.pop() if len(marks) == 1 else ""


def reading_of(texts: tuple[str, ...]) -> Reading:
    """What the cells of a column can be by themselves."""
    try:
        numbers = np.array(texts, dtype=np.float64)
    except ValueError:
        numbers = np.array([math.nan])
    if (np.abs(numbers) <= LARGEST).all() and not any("_" in text for text in texts):
        return Reading(texts, numbers, {}, {}, "")
    counts = Counter(texts)
    parts = {text: found for text in counts if (found := _parts(text))}
    units: Counter[str] = Counter()
    for text, (_, unit) in parts.items():
        units[unit] += counts[text]
    unit = max(units, key=units.__getitem__) if units else ""
    if not unit and re.fullmatch(MONEY, second := max(units, key=bool, default="")):
        unit = second if len(units) == 2 else ""
    with_plain = re.fullmatch(MONEY, unit)
    bare = {
        text: number
        for text, (number, found) in parts.items()
        if found == unit or (with_plain and not found)
    }
    return Reading(texts, None, counts, bare, unit)


def _parts(text: str) -> tuple[str, str] | None:
    """Number and unit of a cell."""
    if not text or len(text) > LONGEST or text.lower() in MISSING:
        return None
    text = text if text.isascii() else text.translate(SAME)
    found = CELL.fullmatch(text)
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    signs = found["sign"] + found["inner"] + (found["behind"] or "") + "-" * bool(found["open"])
    if len(signs) > 1 or (found["before"] and found["after"]):
        return None
    number = found["number"].strip()
    return signs.replace("+", "") + number, found["before"] or found["after"] or ""


def is_number(cell: str) -> bool:
    """Whether a cell holds a number in any notation.

    >>> [is_number(cell) for cell in ("1.5", "−0,125", "$1,234.50", "12%", "1 234,5", "a1", "")]
    [True, True, True, True, True, False, False]
    """
    parts = _parts(cell.strip())
    return parts is not None and any(each.pattern.fullmatch(parts[0]) for each in NOTATIONS)


def decimal_mark(readings: Iterable[Reading]) -> str:
    """Decimal mark of most columns that prove one; empty where none does."""
    marks = Counter(mark for reading in readings if (mark := reading.decimal))
    return max(marks, key=marks.__getitem__) if marks else ""
