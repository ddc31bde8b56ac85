"""From a file to a table: its rows, its names, its columns."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from itertools import compress, islice
from pathlib import Path

import numpy as np

from lossopt.arguments import kind_of, switch, whole
from lossopt.tables._columns import columns_of
from lossopt.tables._decoding import CONTROL, decode
from lossopt.tables._header import (
    PROBED,
    are_quoted,
    has_number_names,
    holds_names,
    is_line_of_totals,
    is_line_of_units,
    names_of,
)
from lossopt.tables._layout import Layout, layout_of, rows_of
from lossopt.tables._table import Table
from lossopt.tables._told import DataError, DataNote

MAX_MEGABYTES = 5
MAX_BYTES = MAX_MEGABYTES * 1_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_HEAD = 1000
"""Letters of a name that are looked at."""


def read_table(
    source: bytes | str | Path,
    *,
    header: bool | None = None,
    max_rows: int = MAX_ROWS,
    seed: int = 0,
) -> Table:
    r"""Read a CSV file, whatever its encoding and the sign between its cells.

    Parameters
    ----------
    source : bytes, str or Path
        Content of a file, or where it is; at most 5 MB.
    header : bool, optional
        Whether the first line holds names; judged by the cells below it when not given.
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
    if header is not None:
        header = switch("header", header)
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > MAX_BYTES:
        raise DataError("too_large", size=f"{size / 1e6:.1f}", limit=MAX_MEGABYTES)
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    notes: list[DataNote] = []
    text, count = CONTROL.subn("", decode(data))
    if count:
        notes.append(DataNote("control", count=count))
    try:
        layout = layout_of(text, notes)
        head, named, first, rows = _rows(layout, header, max_rows, seed, notes)
    except csv.Error:
        raise DataError("quotes") from None
    names = names_of(head, notes)
    cells = list(zip(*rows, strict=True))
    while len(names) > 1 and not head[len(names) - 1] and not any(cells[-1]):
        names.pop()  # signs at the ends of the lines, and nothing behind them
        cells.pop()
    columns = columns_of(names, cells, layout.separator, notes)
    unnamed = frozenset(k for k in range(len(names)) if named and not head[k].strip())
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Table(columns, tuple(notes), digest, first, named, unnamed)


def _rows(
    layout: Layout, header: bool | None, max_rows: int, seed: int, notes: list[DataNote]
) -> tuple[list[str], bool, bool, list[list[str]]]:
    """Names, whether there are any, whether in the first line, and the rows, of one length."""
    text, separator = layout.text, layout.separator
    head = next(filter(any, rows_of(text[: MAX_HEAD * MAX_COLUMNS], separator)), None)
    if head is None:
        raise DataError("empty")
    if len(head) > MAX_COLUMNS:
        raise DataError("too_many_columns", count=len(head), limit=MAX_COLUMNS)
    named = _holds_names(layout, head) if header is None else header
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
    units = fitting[:1] if named and is_line_of_units(fitting) else []
    totals = fitting[-1:] if is_line_of_totals(fitting) else []
    for row in units + totals:
        example = separator.join(row)[:60].strip()
        notes.append(DataNote("skipped", count=1, example=example))
    fitting = fitting[len(units) : len(fitting) - len(totals)]
    if not named:
        names = _names_elsewhere(layout, width)
        if names:
            notes.append(DataNote("commented_names", example=layout.comment[:60]))
        elif header is None:
            notes.append(DataNote("no_header"))
        return names or [""] * width, bool(names), False, fitting
    if header is None and has_number_names(head):
        example = next(filter(has_number_names, ([cell] for cell in head)))[0].strip()
        notes.append(DataNote("number_names", example=example[:30]))
    return head, True, True, fitting


def _holds_names(layout: Layout, head: list[str]) -> bool:
    lines = layout.text.lstrip("\n").split("\n", PROBED + 1)[: PROBED + 1]
    below = "\n".join(lines[1:])
    rows = [row for row in rows_of(below, layout.separator) if any(row)]
    shifted = Counter(map(len, rows)).most_common(1)[0][0] == len(head) + 1 if rows else False
    rows = [row[shifted:] for row in rows if len(row) >= len(head)]
    return holds_names(head, rows, are_quoted(lines[0], below))


def _names_elsewhere(layout: Layout, width: int) -> list[str]:
    """Names from the comment above a table without a line of names, or none."""
    for separator in (layout.separator, ","):
        names = next(rows_of(layout.comment, separator), []) if layout.comment else []
        if len(names) == width and holds_names(names, []):
            return names
    return []


def _drawn(
    text: str, separator: str, named: bool, max_rows: int, seed: int, notes: list[DataNote]
) -> list[list[str]]:
    """All rows below the names with anything in them, or a sample of them in their order.

    Where no cell is quoted every line is a row, and only the lines of the sample are cut to cells.
    """
    total = text.count("\n") + 1
    if total <= max_rows:
        rows = list(filter(any, rows_of(text, separator)))
        return rows[named:]
    if '"' in text:
        total = sum(1 for _ in rows_of(text, separator)) - named
        chosen = _sample(total, max_rows, seed)
        rows = list(compress(islice(rows_of(text, separator), int(named), None), chosen))
    else:
        lines = list(filter(str.strip, text.split("\n")))[named:]
        total = len(lines)
        drawn = compress(lines, _sample(total, max_rows, seed))
        rows = list(rows_of("\n".join(drawn), separator))
    if total > max_rows:
        notes.append(DataNote("sampled", total=total, limit=max_rows))
    return list(filter(any, rows))


def _sample(total: int, count: int, seed: int) -> list[bool]:
    """Which of all rows are drawn."""
    chosen = np.zeros(total, dtype=bool)
    places = np.random.default_rng(seed).choice(total, min(count, total), replace=False)
    chosen[places] = True
    return chosen.tolist()
