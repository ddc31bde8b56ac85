"""Whether the first line of a table holds names, and what the columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lossopt.tables._dates import is_date
from lossopt.tables._missing import MISSING
from lossopt.tables._numbers import NOTATIONS, is_number
from lossopt.tables._told import DataNote

PROBED = 200
SURE = 0.9
MAX_NAME = 60
YEARS = (1800.0, 2100.0)
TOTALS = {"total", "totals", "grand total", "sum", "mean", "average", "avg", "median"}
TOTALS |= {"합계", "총계", "총합", "소계", "계", "평균"}
SURELY = 2
"""Votes of a text above numbers, and of a number they count on from; other signs are one vote."""
Row = Sequence[str]


def holds_names(head: Row, rows: Sequence[Row], quoted: bool = False) -> bool:
    """Whether the first line holds names, judged by the cells below it.

    A text above numbers is a name, a number above numbers is none, and neither is a text that
    stands below once more or a code among codes. Numbers that are quoted, years or counted are
    names if those below are not like that.

    Parameters
    ----------
    head : list of str
    rows : list of list of str
        Some of the rows below.
    quoted : bool
        Whether numbers are quoted in the first line and not below.

    Examples
    --------
    >>> holds_names(["5.1", "3.5", "setosa"], [["4.9", "3.0", "setosa"], ["6.2", "2.9", "other"]])
    False
    >>> holds_names(["land", "1990", "1991"], [["Korea", "5.1", "6.2"], ["Peru", "2.5", "2.2"]])
    True
    """
    head = [cell.strip() for cell in head]
    cells = [[row[k].strip() for row in rows if k < len(row)] for k in range(len(head))]
    kinds = [_kind(found) for found in cells]
    above = [k for k, kind in enumerate(kinds) if kind == "number" and is_number(head[k])]
    counted = quoted or _are_names([head[k] for k in above], [cells[k] for k in above])
    votes = sum(_vote(head[k], kinds[k], cells[k], counted) for k in range(len(head)) if head[k])
    if votes:
        return votes > 0
    return not any(is_number(cell) or is_date(cell) for cell in head)


def has_number_names(head: Row) -> bool:
    """Whether a number is among the names."""
    return any(is_number(cell) for cell in head)


def are_quoted(line: str, below: str) -> bool:
    """Whether numbers are quoted in a line and not in those below it.

    >>> are_quoted('"a","1990"', '"b",5'), are_quoted('"a","1990"', '"b","5"')
    (True, False)
    """
    return _has_quoted_number(line) and not _has_quoted_number(below)


def names_of(head: Row, notes: list[DataNote]) -> list[str]:
    """Names of the columns, each once; a column without one is called x and its number."""
    names: list[str] = []
    renamed = False
    for k, cell in enumerate(head, start=1):
        shown = "".join(sign if sign.isprintable() else " " for sign in cell[: 4 * MAX_NAME])
        name = wanted = " ".join(shown.split())[:MAX_NAME] or f"x{k}"
        number = 1
        while name in names:
            number += 1
            name, renamed = f"{wanted} ({number})", True
        names.append(name)
    if renamed:
        notes.append(DataNote("renamed"))
    return names


def is_line_of_units(rows: Sequence[Row]) -> bool:
    """Whether the first row holds units: text and no number where numbers stand below it."""
    if len(rows) < 3:
        return False
    below = range(min(map(len, rows[:PROBED])))
    kinds = {k: _kind([row[k].strip() for row in rows[1:PROBED]]) for k in below}
    cells = [rows[0][k].strip() for k, kind in kinds.items() if kind == "number"]
    return any(cell.lower() not in MISSING and not is_number(cell) for cell in cells) and not any(
        map(is_number, cells)
    )


def is_line_of_totals(rows: Sequence[Row]) -> bool:
    """Whether the last row is no sample, but adds up those above it.

    Its first cell says so, and stands nowhere above.

    >>> is_line_of_totals([["Seoul", "1"], ["Busan", "2"], ["Total", "3"]])
    True
    """
    if len(rows) < 3:
        return False
    place, word = next(
        ((k, cell.strip()) for k, cell in enumerate(rows[-1]) if cell.strip()), (0, "")
    )
    above = (row[place].strip() for row in rows[:-1])
    return word.lower().rstrip(":") in TOTALS and word not in above


def _kind(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell.lower() not in MISSING]
    if not filled:
        return "empty"
    for kind, test in (("number", is_number), ("date", is_date)):
        if sum(map(test, filled)) >= SURE * len(filled):
            return kind
    return "text"


def _vote(cell: str, kind: str, below: Sequence[str], counted: bool) -> int:
    """For names above zero, for a sample below it."""
    if kind == "number":
        if is_number(cell):
            return 1 if counted else -SURELY if _counts_on(cell, below) else -1
        return 0 if cell.lower() in MISSING else SURELY
    if kind == "date":
        return -1 if is_date(cell) else SURELY
    if kind == "text":
        if cell in below or _is_code_like(cell, below):
            return -1
        repeated = Counter(below)
        return int(len(below) > 3 and 2 * len(repeated) <= len(below))
    return 0


def _are_names(head: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether numbers are years or counted 1, 2, 3, and the cells below them are not."""
    numbers = [_value(cell) for cell in head]
    steps = {b - a for a, b in pairwise(numbers)}
    if len(numbers) < 2 or not all(map(_is_whole, numbers)):
        return False
    values = [_value(cell) for cells in below for cell in cells if is_number(cell)]
    if min(steps) > 0.0 and all(YEARS[0] <= number <= YEARS[1] for number in numbers):
        alike = sum(YEARS[0] <= value <= YEARS[1] and _is_whole(value) for value in values)
        return 4 * alike <= len(values)
    whole = sum(map(_is_whole, values))
    return len(numbers) > 2 and steps in ({1.0}, {5.0}, {10.0}) and 4 * whole <= len(values)


def _counts_on(head: str, below: Sequence[str]) -> bool:
    """Whether the cells go on from the first line in equal steps."""
    values = [_value(cell) for cell in (head, *below[:PROBED])]
    steps = {after - before for before, after in pairwise(values)}
    return len(values) > 3 and len(steps) == 1 and steps != {0.0}


def _is_code_like(head: str, below: Sequence[str]) -> bool:
    """Whether the first cell is a code, such as #7F3B08 or 10.0.0.1, and all others are built so.

    A code holds a digit, and a sign between or before its letters and digits.
    """
    form = _form(head)
    coded = any(sign.isdigit() for sign in head) and any(sign not in "x " for sign in form)
    return coded and len(below) > 2 and all(_form(cell) == form for cell in below)


def _form(cell: str) -> str:
    """Signs of a cell, with an x for each run of letters and digits."""
    return re.sub(r"\w+", "x", cell)


def _value(cell: str) -> float:
    values = (notation.value(cell.strip().strip("+")) for notation in NOTATIONS)
    return next((value for value in values if value is not None), 0.5)


def _is_whole(value: float) -> bool:
    return abs(value) < 1e15 and value == round(value)


def _has_quoted_number(text: str) -> bool:
    return any(is_number(part) for part in text.split('"')[1::2])
