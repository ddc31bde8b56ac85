"""Samples as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io

import numpy as np

from lossopt.arguments import kind_of, numbers
from lossopt.datasets import Dataset
from lossopt.params import Array


def harmless(text: str) -> str:
    """Text of a cell that a spreadsheet does not take for a formula.

    Examples
    --------
    >>> harmless("=cmd|' /C calc'!A0"), harmless("-1.5"), harmless("age")
    ("'=cmd|' /C calc'!A0", "'-1.5", 'age')
    """
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def one_line(text: str) -> str:
    r"""Name of a column that stays in the first line of the file.

    Examples
    --------
    >>> one_line("height\n(cm)")
    'height (cm)'
    """
    return " ".join(text.split())


def dataset_csv(data: Dataset, weights: Array | None = None) -> str:
    r"""Features, target and weight of samples, one row per sample, exact to the last bit.

    Examples
    --------
    >>> dataset_csv(Dataset([[0.5], [1.0]], [1.0, 3.0], feature_names=("=A1",)))
    "'=A1,y\n0.5,1.0\n1.0,3.0\n"
    """
    kind_of("data", data, Dataset)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names, columns = [*data.feature_names, data.target_name], [data.X, data.y]
    if weights is not None:
        checked = numbers("weights", weights, (data.n_samples,), 0.0)
        names, columns = [*names, "weight"], [*columns, checked]
    writer.writerow([harmless(one_line(name)) for name in names])
    writer.writerows(np.column_stack(columns).tolist())
    return file.getvalue()
