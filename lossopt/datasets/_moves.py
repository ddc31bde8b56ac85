"""Samples that a person has moved by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from lossopt.arguments import number, whole
from lossopt.datasets._base import Dataset

Move = tuple[int, float, float]
"""Number of a sample, and its new place in the picture: across and up."""


def move_points(data: Dataset, moves: Sequence[Move]) -> Dataset:
    """Put samples elsewhere in the picture of the data.

    With one feature, up is the target; a class is then the nearest of 0 and 1. With more, the
    picture shows the first two features.

    Parameters
    ----------
    data : Dataset
    moves : list of (index, x, y)
        Of a sample that is moved twice the last place counts.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If there is no such sample.

    Examples
    --------
    >>> data = Dataset([[1.0], [2.0]], [0.5, 1.5])
    >>> move_points(data, [(1, 3.0, -4.0)]).y
    array([ 0.5, -4. ])
    """
    X, y = data.X.copy(), data.y.copy()
    for index, x_there, y_there in moves:
        across, up = number("x", x_there), number("y", y_there)
        if not 0 <= whole("index", index) < data.n_samples:
            raise ValueError(f"There is no sample {index} among {data.n_samples}.")
        X[index, 0] = across
        if X.shape[1] > 1:
            X[index, 1] = up
        else:
            y[index] = up if data.task == "regression" else float(up > 0.5)
    return dataclasses.replace(data, X=X, y=y)
