"""From a CSV file straight to a dataset."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from lossopt.arguments import one_of, switch, text, texts
from lossopt.datasets import Dataset
from lossopt.tables._reading import MAX_ROWS, read_table
from lossopt.tables._split import TASKS, Task
from lossopt.tables._table import Table
from lossopt.tables._told import DataError


def read_csv(
    source: bytes | str | Path,
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    header: bool | None = None,
    task: Task | None = None,
    fill: bool = False,
    standardize: bool = False,
    max_rows: int = MAX_ROWS,
    seed: int = 0,
) -> Dataset:
    r"""Make a dataset of a CSV file.

    UTF-8, UTF-16, CP949 and Latin-1; commas, semicolons, tabs or bars between the cells; decimal
    points or commas, thousands marks, currencies and percent; with or without a line of names,
    comments and titles above it. What is guessed, changed or left out on the way is told in the
    `notes` of the dataset.

    Parameters
    ----------
    source : bytes, str or Path
        Content of a file, or where it is; at most 5 MB.
    target : str, optional
        Name of the column to predict; by default the last one that can be.
    features : list of str, optional
        Columns to predict it from; by default the columns of numbers that do not number the rows,
        hold more than one value, and leave at least half of the rows. A column of text becomes
        one feature of 0 and 1 for each of its at most 20 values (one feature where there are two),
        a column of dates its days.
    header : bool, optional
        Whether the first line holds names; judged by the cells below it when not given.
    task : str, optional
        ``"regression"`` or ``"classification"``; proposed from the target when not given.
    fill : bool
        Whether missing features become the mean of their column; else their rows are left out.
    standardize : bool
        Whether features get mean 0 and standard deviation 1.
    max_rows : int
        Of more rows that many are drawn with the `seed`.
    seed : int

    Returns
    -------
    Dataset
        With `notes`, a tuple of sentences.

    Raises
    ------
    DataError
        If there is no such dataset in the file.
    ValueError
        If an argument is of another kind.

    Examples
    --------
    >>> data = read_csv(b"height,weight,kind\n1,2,cat\n2,3,dog\n4,5,cat\n")
    >>> data.task, data.class_names, data.X.tolist()
    ('binary', ('cat', 'dog'), [[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]])
    >>> read_csv(b"id,size,price\n7,1,2\n9,,3\n12,4,5\n").notes[0]
    'id: names or numbers of the rows, left out. They can be chosen.'
    """
    named = None if features is None else texts("features", features)
    if target is not None:
        text("target", target)
    if task is not None:
        one_of("task", task, TASKS)
    table = read_table(source, header=header, max_rows=max_rows, seed=seed)
    goal = table.proposed_target() if target is None else _place(table, target)
    notes = table.notes
    if named is None:
        chosen = table.proposed_features(goal, fill=switch("fill", fill))
        notes += table.left_out(goal, chosen, fill=fill)
    else:
        chosen = tuple(_place(table, name) for name in named)
    split = table.split(goal, chosen, task=task, fill=fill, standardize=standardize)
    return dataclasses.replace(split.train, notes=tuple(map(str, (*notes, *split.notes))))


def _place(table: Table, name: str) -> int:
    if name not in table.names:
        raise DataError("no_column", name=name)
    return table.names.index(name)
