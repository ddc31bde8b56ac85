"""Where a table begins in a text, and which sign stands between its cells."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lossopt.tables._numbers import is_number
from lossopt.tables._told import DataNote

SEPARATORS = "\t;|, "
"""In the order in which they are tried: decimal commas make a comma look like one, too."""
PROBED = 100
SURE = 0.9
TOLD = re.compile(r"\ufeff?\s*[\"']?sep=(?P<sign>.)[\"']?[;,\t ]*(?:\n|$)", re.IGNORECASE)
"""First line of a file that tells spreadsheets its separator."""
COMMENT = "#"


@dataclasses.dataclass(frozen=True)
class Layout:
    """A text from the first line of its table on.

    Attributes
    ----------
    text : str
    separator : str
    comment : str
        The last comment line above the table, without its sign: perhaps the names.
    """

    text: str
    separator: str
    comment: str


def layout_of(text: str, notes: list[DataNote]) -> Layout:
    """Skip what is no table at the top: a told separator, comments, titles."""
    skipped: list[str] = []
    told = TOLD.match(text)
    if told:
        skipped.append(told[0].strip())
        text = text[told.end() :]
    text, comments = _without_comments(text)
    is_told = told is not None and _cuts(text, told["sign"])
    separator = told["sign"] if told and is_told else _separator(text)
    text, titles = _without_titles(text, separator)
    skipped += comments + titles
    if skipped:
        notes.append(DataNote("skipped", count=len(skipped), example=skipped[0][:60].strip()))
    return Layout(text, separator, comments[-1].lstrip(COMMENT).strip() if comments else "")


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """Rows that are not empty."""
    lines = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    return filter(None, lines)


def is_padded(row: Sequence[str], width: int) -> bool:
    """Whether only the first cell of a wide row is filled, as spreadsheets write titles."""
    return width > 1 and bool(row) and bool(row[0].strip()) and not any(row[1:])


def _cuts(text: str, sign: str) -> bool:
    """Whether a sign that a file tells can stand between cells, and does in its first line."""
    usable = sign in SEPARATORS or not (sign.isalnum() or sign in "\"'.-+\\")
    return usable and sign in text.lstrip().split("\n", 1)[0]


def _without_comments(text: str) -> tuple[str, list[str]]:
    lines = text.split("\n", PROBED)[:PROBED]
    comments: list[str] = []
    place = 0
    for line in lines:
        if line.strip() and not line.lstrip().startswith(COMMENT):
            break
        comments.append(line)
        place += len(line) + 1
    rest = text[place:]
    told = [line.strip() for line in comments if line.strip()]
    first = next(iter(rest.split("\n", 1)), "")
    if not rest.strip() or not told or first.lstrip().startswith(COMMENT):
        return text, []
    return rest, told


def _separator(text: str) -> str:
    """First sign that cuts almost all lines into the same number of cells, else the steadiest.

    Lines before the first one of that width, as titles are, do not count.
    """
    probe = "\n".join(text.split("\n", PROBED)[:PROBED])
    widths = {sign: [len(row) for row in rows_of(probe, sign)] for sign in SEPARATORS}
    best = (0.0, ",")
    for sign, found in widths.items():
        width, share = _steady(found, Counter(found).most_common(1)[0][0] if found else 0)
        if width > 1 and share >= SURE:
            return sign
        best = max(best, (share if width > 1 else 0.0, sign))
    if best[0] == 0.0:
        for sign, found in widths.items():
            width, share = _steady(found, found[-1] if found else 0)
            if width > 1 and share >= SURE and len(found) - found.index(width) > 1:
                return sign
    return best[1]


def _steady(widths: list[int], width: int) -> tuple[int, float]:
    """A width, and the share of rows that have it from the first such row on."""
    if width not in widths:
        return 0, 0.0
    below = widths[widths.index(width) :]
    return width, below.count(width) / len(below)


def _without_titles(text: str, separator: str) -> tuple[str, list[str]]:
    """Text from the first row on that is as wide as the table."""
    probe = "\n".join(text.split("\n", PROBED)[:PROBED])
    reader = csv.reader(io.StringIO(probe), delimiter=separator, skipinitialspace=True)
    rows, ends = [], [0]
    for row in reader:
        rows.append(row)
        ends.append(reader.line_num)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return text, []
    width = widths.most_common(1)[0][0]
    first = next((k for k in range(len(rows)) if _begins(rows, k, width)), 0)
    below = [row for row in rows[first:] if row]
    if 2 * sum(len(row) == width for row in below) <= len(below):
        return text, []
    titles = [separator.join(row).strip() for row in rows[:first] if any(row)]
    return (text.split("\n", ends[first])[-1] if titles else text), titles


def _begins(rows: list[list[str]], k: int, width: int) -> bool:
    """Whether the table can begin at row `k`: with names, or with its first sample."""
    row = rows[k]
    if not any(row):
        return False
    padded = is_padded(row, width)
    lower = (each for each in rows[k + 1 :] if any(each))
    below = next((each for each in lower if not (padded and is_padded(each, width))), [])
    if len(row) == width - 1 and len(below) == width and width > 2:
        return True  # R writes no name above the row names
    if len(row) > width and not any(row[width:]):
        return len(below) == width and _are_texts(row[:width])
    if len(row) != width:
        return False
    named = len(below) == width and _are_texts(below)
    return not (padded and not is_number(row[0]) and named)


def _are_texts(row: Sequence[str]) -> bool:
    return all(cell and not is_number(cell) for cell in row)
