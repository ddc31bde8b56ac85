"""Columns that name or number the rows: they tell nothing about what is predicted."""

from __future__ import annotations

import re

import numpy as np

from lossopt.params import Array
from lossopt.tables._columns import Column

IDENTIFIERS = {"id", "ids", "uid", "uuid", "guid", "rownames", "rowname", "아이디"}
"""Name a row or a group of rows even where they repeat."""
COUNTERS = {
    *("case", "caseno", "casenum", "idcase", "idx", "index", "no", "nr", "obs", "obsno"),
    *("observation", "participant", "patient", "person", "pid", "rec", "recno", "record"),
    *("respondent", "row", "rowno", "rownum", "rownumber", "sample", "seq", "seqn", "seqno"),
    *("sequence", "serial", "serialno", "slno", "sno", "student", "subj", "subject", "unnamed"),
    *("unnamed0", "순번", "연번", "학번", "사번", "account", "counter", "customer", "employee"),
    *("entry", "invoice", "key", "line", "member", "ticket", "user", "#", "№"),
}
ENDINGS = {"no", "nr", "num"}
"""Name a row where every row has a whole number of its own: such names, or such last words."""
TIMES = (
    *("age", "date", "day", "hour", "lag", "minute", "month", "period", "quarter", "second"),
    *("step", "time", "wave", "week", "year", "yr", "년", "월", "일", "주", "시간"),
)
"""Parts of the names of what may count upwards without numbering the rows."""
FEW_ROWS, FEW_LETTERS = 10, 3
"""Fewer rows than that are counted by chance; shorter names, as x1, are those of features."""
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[가-힣]+")


def names_rows(column: Column, *, is_unnamed: bool) -> bool:
    """Whether the name of a column says that it names or numbers the rows.

    Parameters
    ----------
    column : Column
    is_unnamed : bool
        Whether it is the first column and has no name although others do, as R and pandas write
        row names.
    """
    if column.kind == "text":
        return is_unnamed
    known = _whole(column)
    if known is None:
        return False
    words = [word.lower() for word in WORD.findall(column.name)] or [""]
    if _bare(column.name) in IDENTIFIERS or "id" in (words[0], words[-1]):
        return True
    alone = column.n_values == len(known)
    counts = _bare(column.name) in COUNTERS or words[-1] in ENDINGS or words[-1].endswith("번호")
    return alone and (is_unnamed or counts)


def perhaps_numbers_rows(column: Column, *, is_first: bool, has_name: bool) -> bool:
    """Whether a column could number the rows although its name does not say so.

    It is called X, as R calls row names without a name, and every row has a whole number of its
    own; or it holds each of 1 … n, or 0 … n − 1, once, and its name says no time. Without names
    the first column does so if it counts upwards.
    """
    known = _whole(column)
    if known is None or column.n_values < len(column.texts):
        return False
    if not has_name:
        return is_first and len(known) > 2 and bool((np.diff(known) == 1.0).all())
    if column.name == "X":
        return True
    name = column.name.lower()
    if len(name) < FEW_LETTERS or any(part in name for part in TIMES):
        return False
    return counts_rows(column)


def counts_rows(column: Column) -> bool:
    """Whether a column of many rows holds each of 1 … n, or 0 … n − 1, once."""
    known = _whole(column)
    if known is None or not FEW_ROWS <= len(known) == len(column.texts):
        return False
    ordered = np.sort(known)
    return bool(ordered[0] in (0.0, 1.0) and (np.diff(ordered) == 1.0).all())


def _whole(column: Column) -> Array | None:
    """Known numbers of a column of whole numbers, else None."""
    if column.kind != "number" or column.numbers is None or column.n_known < 2:
        return None
    known = column.numbers[~column.missing]
    return known if (known == np.round(known)).all() else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower() or name.strip()
