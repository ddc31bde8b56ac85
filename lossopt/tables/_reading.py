"""From text to columns: the sign between cells, names, rows that do not fit, kinds of cells."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from itertools import compress, islice
from pathlib import Path

import numpy as np

from lossopt.arguments import kind_of, whole
from lossopt.tables._columns import column, is_number
from lossopt.tables._decoding import decode
from lossopt.tables._table import Table
from lossopt.tables._told import DataError, DataNote

MAX_MEGABYTES = 5
MAX_BYTES = MAX_MEGABYTES * 1_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_NAME = 60
MAX_HEAD = 1000
"""Letters of a name that are looked at."""
SEPARATORS = "\t;|, "
"""In the order in which they are tried: decimal commas make a comma look like one, too."""
PROBED = 100
SURE = 0.9


def read_table(source: bytes | str | Path, *, max_rows: int = MAX_ROWS, seed: int = 0) -> Table:
    r"""Read a CSV file, whatever its encoding and the sign between its cells.

    Parameters
    ----------
    source : bytes, str or Path
        Content of a file, or where it is; at most 5 MB.
    max_rows : int
        Of more rows that many are drawn, in their order, with a fixed `seed`.
    seed : int

    Returns
    -------
    Table

    Raises
    ------
    DataError
        If there is no table in it.

    Examples
    --------
    >>> table = read_table(b"height;weight\n1,75;70\n1,80;81\n")
    >>> [column.name for column in table.columns], table.columns[0].numbers
    (['height', 'weight'], array([1.75, 1.8 ]))
    """
    kind_of("source", source, bytes, str, Path)
    whole("max_rows", max_rows, 1)
    whole("seed", seed, 0)
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > MAX_BYTES:
        raise DataError("too_large", size=f"{size / 1e6:.1f}", limit=MAX_MEGABYTES)
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    text = decode(data)
    try:
        separator = _separator(text)
        head, rows, notes = _rows(text, separator, max_rows, seed)
    except csv.Error:
        raise DataError("quotes") from None
    names = _names(head, notes)
    cells = zip(*rows, strict=True)
    columns = tuple(
        column(name, found, separator, notes) for name, found in zip(names, cells, strict=True)
    )
    return Table(columns, tuple(notes), hashlib.sha256(data).hexdigest()[:12])


def _separator(text: str) -> str:
    """First sign that cuts almost all lines into the same number of cells, else the steadiest."""
    probe = "\n".join(text.split("\n", PROBED)[:PROBED])
    best = (0.0, ",")
    for sign in SEPARATORS:
        counts = Counter(map(len, _reader(probe, sign)))
        width, rows = counts.most_common(1)[0] if counts else (0, 0)
        if width < 2:
            continue
        share = rows / counts.total()
        if share >= SURE:
            return sign
        best = max(best, (share, sign))
    return best[1]


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    """Rows that are not empty."""
    lines = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    return filter(None, lines)


def _rows(
    text: str, separator: str, max_rows: int, seed: int
) -> tuple[list[str], list[list[str]], list[DataNote]]:
    """First row, where it holds names, and the other rows, all of one length."""
    notes: list[DataNote] = []
    head = next(filter(any, _reader(text[: MAX_HEAD * MAX_COLUMNS], separator)), None)
    if head is None:
        raise DataError("empty")
    if len(head) > MAX_COLUMNS:
        raise DataError("too_many_columns", count=len(head), limit=MAX_COLUMNS)
    named = not all(is_number(cell) for cell in head if cell.strip())
    rows = _drawn(text, separator, named, max_rows, seed, notes)
    if not rows:
        raise DataError("header_only")
    width = len(head)
    rows = [row if any(row[width:]) else row[:width] for row in rows]
    if named and Counter(map(len, rows)).most_common(1)[0][0] == width + 1:
        head, width = ["", *head], width + 1  # R writes no name above the row names
    fitting = [row for row in rows if len(row) == width]
    if 2 * len(fitting) < len(rows):
        raise DataError("ragged")
    if len(fitting) < len(rows):
        notes.append(DataNote("ragged", count=len(rows) - len(fitting)))
    if not named:
        notes.append(DataNote("no_header"))
    return head if named else [""] * width, fitting, notes


def _drawn(
    text: str, separator: str, named: bool, max_rows: int, seed: int, notes: list[DataNote]
) -> list[list[str]]:
    """All rows below the names with anything in them, or a sample of them in their order.

    Where no cell is quoted every line is a row, and only the lines of the sample are cut to cells.
    """
    total = text.count("\n") + 1
    if total <= max_rows:
        rows = list(filter(any, _reader(text, separator)))
        return rows[named:]
    if '"' in text:
        total = sum(1 for _ in _reader(text, separator)) - named
        chosen = _sample(total, max_rows, seed)
        rows = list(compress(islice(_reader(text, separator), int(named), None), chosen))
    else:
        lines = list(filter(str.strip, text.split("\n")))[named:]
        total = len(lines)
        drawn = compress(lines, _sample(total, max_rows, seed))
        rows = list(_reader("\n".join(drawn), separator))
    if total > max_rows:
        notes.append(DataNote("sampled", total=total, limit=max_rows))
    return list(filter(any, rows))


def _sample(total: int, count: int, seed: int) -> list[bool]:
    """Which of all rows are drawn."""
    chosen = np.zeros(total, dtype=bool)
    places = np.random.default_rng(seed).choice(total, min(count, total), replace=False)
    chosen[places] = True
    return chosen.tolist()


def _names(head: list[str], notes: list[DataNote]) -> list[str]:
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
