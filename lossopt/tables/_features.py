"""What a column becomes to learn from: its numbers, days, or one feature of 0 and 1 per text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.params import Array
from lossopt.tables._columns import Column
from lossopt.tables._told import DataError, DataNote

MAX_TEXTS = 20
"""Different texts of a column that can be learned from."""
MAX_WIDTH = 60
"""Features that the chosen columns may become."""
MAX_SHOWN, MAX_NAME = 40, 110
"""Letters of a value, and of the name of a feature."""


def features_of(columns: Sequence[Column], notes: list[DataNote]) -> tuple[Array, tuple[str, ...]]:
    """Features of these columns, NaN where missing, and their names.

    Text becomes one feature of 0 and 1 for every value; where it has two values, one feature says
    all, as in scikit-learn's ``OneHotEncoder(drop="if_binary")``.

    Returns
    -------
    X : array (n_rows, n_features)
    names : tuple of str

    Raises
    ------
    DataError
        If a column of text has too many values, or there would be too many features.
    """
    width = sum(width_of(column) for column in columns)
    if width > MAX_WIDTH:
        raise DataError("wide", count=width, limit=MAX_WIDTH)
    parts = [_feature(column, notes) for column in columns]
    names = shortened([name for _, told in parts for name in told], MAX_NAME)
    return np.column_stack([X for X, _ in parts]), names


def shortened(names: Sequence[str], letters: int = MAX_SHOWN) -> tuple[str, ...]:
    """Names of at most so many letters that stay different.

    >>> shortened(["abcdefghi", "abcdefghj", "b"], 8)
    ('abcdefgh', 'abc (2)', 'b')
    """
    short: list[str] = []
    for k, name in enumerate(names, start=1):
        cut, number = name[:letters], k
        while cut in short:
            cut, number = f"{name[: letters - 5]} ({number})", number + 1
        short.append(cut)
    return tuple(short)


def width_of(column: Column) -> int:
    """Number of features that a column becomes."""
    if column.kind != "text":
        return 1
    if not 2 <= column.n_values <= MAX_TEXTS:
        count = column.n_values
        raise DataError("many_texts", name=column.name, count=count, limit=MAX_TEXTS)
    return 1 if column.n_values == 2 else column.n_values


def _feature(column: Column, notes: list[DataNote]) -> tuple[Array, list[str]]:
    if column.numbers is not None:
        if column.kind == "date":
            notes.append(DataNote("days", name=column.name, example=column.first_day))
        return column.numbers[:, None], [column.name]
    values = column.values
    shown = list(shortened(values))
    if len(values) == 2:
        notes.append(DataNote("yes_no", name=column.name, value=shown[1], other=shown[0]))
        values, shown = values[1:], shown[1:]
    else:
        notes.append(DataNote("one_hot", name=column.name, count=len(values)))
    X = (np.array(column.texts)[:, None] == np.array(values)).astype(np.float64)
    X[column.missing] = np.nan
    return X, [f"{column.name} = {value}" for value in shown]
