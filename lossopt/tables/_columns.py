"""Columns of a table: numbers in any notation, dates, or text."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lossopt.params import Array, IntArray, decimal
from lossopt.tables._dates import are_days, dates_of
from lossopt.tables._missing import MISSING, SIGNS, WORDS, word_is_label
from lossopt.tables._numbers import (
    LARGEST,
    PLAIN,
    SAME,
    Notation,
    Reading,
    decimal_mark,
    reading_of,
)
from lossopt.tables._told import DataNote, listed

SURE = 0.9
"""Share of the filled cells that must be numbers for the others to be mistakes."""
EXACT = 2.0**53
"""From here on floats skip whole numbers."""
MIXED = 0.5
"""Share of numbers from which on a column of text is told to be half of numbers."""
Kind = Literal["number", "date", "text"]


@dataclasses.dataclass(frozen=True, eq=False)
class Column:
    """One column.

    Attributes
    ----------
    name : str
    kind : str
        ``"number"``, ``"date"`` or ``"text"``.
    numbers : array (n_rows,) or None
        NaN where missing; days from the first date for dates; None for text.
    texts : tuple of str
        Cells as written, without blanks around them; empty where the value of a text is missing.
    first_day : str
        The first date.
    is_mixed : bool
        Whether a column of text holds many numbers.
    """

    name: str
    kind: Kind
    numbers: Array | None
    texts: tuple[str, ...]
    first_day: str = ""
    is_mixed: bool = False

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """Rows without a value, ``(n_rows,)``."""
        if self.numbers is not None:
            return np.isnan(self.numbers)
        return np.array([not text for text in self.texts])

    @cached_property
    def n_known(self) -> int:
        """Number of rows with a value."""
        return int((~self.missing).sum())

    @cached_property
    def known(self) -> Array | list[str]:
        """Different values in order: numbers, or texts."""
        if self.numbers is not None:
            return np.unique(self.numbers[~self.missing])
        return sorted({text for text in self.texts if text})

    @property
    def n_values(self) -> int:
        """Number of different values."""
        return len(self.known)

    @property
    def values(self) -> tuple[str, ...]:
        """Different values, in order, as texts that tell them apart."""
        if self.numbers is None:
            return tuple(map(str, self.known))
        return tuple(decimal(float(value)) for value in self.known)

    def part(self, rows: IntArray) -> Column:
        """The column in these rows only."""
        numbers = None if self.numbers is None else self.numbers[rows]
        texts = tuple(self.texts[row] for row in rows.tolist())
        return dataclasses.replace(self, numbers=numbers, texts=texts)


def columns_of(
    names: Sequence[str], cells: Sequence[Sequence[str]], separator: str, notes: list[DataNote]
) -> tuple[Column, ...]:
    """Columns of these cells; what is no number in a column of numbers counts as missing."""
    readings = [reading_of(tuple(map(str.strip, found))) for found in cells]
    mark = decimal_mark(readings)
    columns = tuple(
        _numbers(name, reading, mark, separator, notes)
        or _dates(name, reading, notes)
        or _texts(name, reading, notes)
        for name, reading in zip(names, readings, strict=True)
    )
    _tell_of_markers(columns, readings, notes)
    return columns


def _numbers(
    name: str, reading: Reading, mark: str, separator: str, notes: list[DataNote]
) -> Column | None:
    """Column of numbers, if almost all cells are."""
    told: list[DataNote] = []
    if _are_too_long(reading) or (reading.plain is not None and are_days(reading.texts)):
        return None
    if reading.plain is not None and not reading.dots:
        return Column(name, "number", reading.plain, reading.texts)
    notation = _notation(name, reading, mark, separator, told)
    if reading.plain is not None:
        numbers = _regrouped(reading, notation)
        if notation.group and not told:
            example = reading.dots[0]
            value = decimal(float(example.replace(".", "")))
            told.append(DataNote("marks", name=name, example=example, value=value))
        notes += told
        return Column(name, "number", numbers, reading.texts)
    figures: dict[str, float | None] = {text: _infinity(text) for text in reading.counts}
    figures |= {text: notation.value(bare) for text, bare in reading.bare.items()}
    filled = [text for text in reading.counts if text.lower() not in MISSING]
    unreadable = [text for text in filled if figures[text] is None]
    total, mistakes = (sum(reading.counts[t] for t in texts) for texts in (filled, unreadable))
    if not filled or mistakes > (1.0 - SURE) * total:
        return None
    infinite = [text for text in filled if not abs(figures[text] or 0.0) <= LARGEST]
    gone = unreadable + [text for text in reading.counts if text.lower() in SIGNS]
    if gone:
        count = sum(reading.counts[text] for text in gone)
        told.append(DataNote("unreadable", name=name, count=count, example=gone[0][:30]))
    if infinite:
        count = sum(reading.counts[text] for text in infinite)
        told.append(DataNote("infinite", name=name, count=count))
    values = {
        text: math.nan if value is None or abs(value) > LARGEST else value
        for text, value in figures.items()
    }
    if not any(note.code == "ambiguous" for note in told):
        told += _how_written(name, reading, notation, values)
    notes += told
    return Column(name, "number", np.array([values[text] for text in reading.texts]), reading.texts)


def _are_too_long(reading: Reading) -> bool:
    """Whether whole numbers that differ become the same float, as long numbers of things do."""
    if reading.plain is None or (np.abs(reading.plain) < EXACT).all():
        return False
    whole = {text for text in reading.texts if text.lstrip("+-").isdecimal()}
    return len(set(map(float, whole))) < len(set(map(int, whole)))


def _infinity(text: str) -> float | None:
    return math.inf if text.lower().lstrip("+-") in ("inf", "infinity") else None


def _regrouped(reading: Reading, notation: Notation) -> Array:
    """Numbers of a column whose points may be thousands marks."""
    if notation.group != ".":
        return np.asarray(reading.plain)
    return np.array([float(text.replace(".", "")) for text in reading.texts])


def _notation(
    name: str, reading: Reading, mark: str, separator: str, notes: list[DataNote]
) -> Notation:
    """Notation of a column: its own evidence, then the other columns', then the separator's."""
    dotted = reading.plain is not None
    fitting = [PLAIN, Notation(",", ".")] if dotted else reading.notations
    best = {sign: next((each for each in fitting if each.decimal == sign), None) for sign in ".,"}
    one, other = best["."], best[","]
    if one is None or other is None:
        return one or other or PLAIN
    bare = {text: text for text in reading.dots} if dotted else reading.bare
    doubtful = next((t for t, b in bare.items() if one.value(b) != other.value(b)), None)
    if doubtful is None:
        return one
    longer = any(text.isdigit() and len(text) > 3 for text in (reading.bare or reading.texts))
    if mark:
        chosen = mark
    elif dotted:
        chosen = "."
    else:
        chosen = "," if separator == ";" or longer else "."
    first, second = (one, other) if chosen == "." else (other, one)
    if not mark and not (dotted and separator != ";"):
        values = [each.value(bare[doubtful]) for each in (first, second)]
        shown = [decimal(value) if value is not None else "–" for value in values]
        notes.append(
            DataNote("ambiguous", name=name, example=doubtful, value=shown[0], other=shown[1])
        )
    return first


def _how_written(
    name: str, reading: Reading, notation: Notation, values: dict[str, float]
) -> list[DataNote]:
    """Note on a unit or thousands marks, with an example."""
    marked = reading.unit or notation.group
    plain = {text: text.translate(SAME) + text for text in reading.bare if marked}
    shown = (t for t, both in plain.items() if marked in both and not math.isnan(values[t]))
    example = next(shown, None)
    if example is None:
        return []
    value = decimal(values[example])
    if reading.unit:
        return [DataNote("unit", name=name, unit=reading.unit, example=example, value=value)]
    return [DataNote("marks", name=name, example=example, value=value)]


def _dates(name: str, reading: Reading, notes: list[DataNote]) -> Column | None:
    """Column of dates, if almost all cells are; in days from the first one."""
    counts = reading.counts or Counter(reading.texts)
    filled = {text: n for text, n in counts.items() if text.lower() not in MISSING}
    if not filled:
        return None
    dates = dates_of(filled)
    if sum(filled[text] for text in dates.days) < SURE * sum(filled.values()):
        return None
    first = min(dates.days, key=dates.days.__getitem__)
    start = dates.days[first]
    days = [dates.days.get(text, math.nan) - start for text in reading.texts]
    wrong = [text for text in filled if text not in dates.days]
    if wrong:
        count = sum(filled[text] for text in wrong)
        notes.append(DataNote("unreadable", name=name, count=count, example=wrong[0][:30]))
    if dates.doubtful:
        value = dates.iso(dates.doubtful)
        notes.append(DataNote("day_first", name=name, example=dates.doubtful, value=value))
    return Column(name, "date", np.array(days), reading.texts, first_day=first)


def _texts(name: str, reading: Reading, notes: list[DataNote]) -> Column:
    """Column of text; words that say that a value is missing make it so."""
    gone = {
        text
        for text in reading.counts
        if text.lower() in WORDS and not word_is_label(text, reading.counts)
    }
    texts = tuple("" if text in gone else text for text in reading.texts) if gone else reading.texts
    filled = sum(n for text, n in reading.counts.items() if text.lower() not in MISSING)
    pattern = reading.notations[0].pattern
    read = {text for text, bare in reading.bare.items() if pattern.fullmatch(bare)}
    numbers = sum(reading.counts[text] for text in read)
    mixed = numbers > 0 and numbers >= MIXED * filled
    if mixed:
        others = (t for t in reading.counts if t.lower() not in MISSING)
        example = next(text for text in others if text not in read)[:30]
        notes.append(DataNote("mixed", name=name, count=numbers, total=filled, example=example))
    if alike := _differ_in_capitals(texts):
        notes.append(DataNote("capitals", name=name, example=alike[0][:30], other=alike[1][:30]))
    return Column(name, "text", None, texts, is_mixed=mixed)


def _differ_in_capitals(texts: Sequence[str]) -> tuple[str, str] | None:
    """Two of few texts that are the same but for capital letters: classes that nobody meant."""
    found: dict[str, str] = {}
    different = sorted(set(texts) - {""})
    for text in different if 2 * len(different) <= len(texts) else ():
        if (first := found.setdefault(text.casefold(), text)) != text:
            return first, text
    return None


def _tell_of_markers(
    columns: Sequence[Column], readings: Sequence[Reading], notes: list[DataNote]
) -> None:
    """Say which words count as missing in columns of text, and which signs are labels there."""
    words: Counter[str] = Counter()
    where: dict[str, list[str]] = {}
    signs: dict[str, list[str]] = {}
    for column, reading in zip(columns, readings, strict=True):
        if column.kind != "text":
            continue
        left = set(column.texts)
        for text in reading.counts:
            if text and text not in left:
                words[text] += reading.counts[text]
                where.setdefault(text, []).append(column.name)
            elif text and text.lower() in MISSING:
                signs.setdefault(text, []).append(column.name)
    for text, names in where.items():
        notes.append(
            DataNote("words_missing", example=text, count=words[text], names=listed(names))
        )
    notes += [
        DataNote("sign_labels", example=text, names=listed(names)) for text, names in signs.items()
    ]
