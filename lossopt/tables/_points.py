"""Points that were clicked into a plot; few enough to travel in a link."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.arguments import numbers, switch
from lossopt.arguments import text as checked_text
from lossopt.datasets import Dataset
from lossopt.params import decimal, read_decimal, read_whole

MAX_POINTS = 60
REACH = 3.0
"""Largest coordinate of a point."""
N_CLASSES = 3
Clicked = tuple[float, float, int]
"""A point: x, y and the number of its class."""


def parse_points(text: str) -> tuple[Clicked, ...]:
    """Read points ``x_y_class~x_y_class``.

    Raises
    ------
    ValueError
        If there are more than 60, or one lies outside of the plot.

    Examples
    --------
    >>> parse_points("0.5_-1.25_0~2_3_1")
    ((0.5, -1.25, 0), (2.0, 3.0, 1))
    """
    checked_text("text", text)
    parts = [part for part in text.split("~") if part]
    if len(parts) > MAX_POINTS:
        raise ValueError(text[:100])
    return tuple(_point(*part.split("_")) for part in parts)


def _point(x: str = "", y: str = "", label: str = "", *rest: str) -> Clicked:
    point = read_decimal(x), read_decimal(y), read_whole(label)
    if rest or not (max(abs(point[0]), abs(point[1])) <= REACH and 0 <= point[2] < N_CLASSES):
        raise ValueError("A point lies outside of the plot.")
    return point


def points_text(points: Sequence[Clicked]) -> str:
    """Write points so that `parse_points` reads the same, to the bit.

    >>> points_text([(0.5, -1.25, 0), (2.0, 3.0, 1)])
    '0.5_-1.25_0~2_3_1'
    """
    return "~".join(f"{decimal(x)}_{decimal(y)}_{label}" for x, y, label in points)


def points_dataset(points: Sequence[Clicked], *, classes: bool) -> Dataset:
    """Dataset of clicked points: their classes from both coordinates, or y from x.

    Examples
    --------
    >>> points_dataset([(0.5, -1.25, 0), (2.0, 3.0, 1)], classes=True).task
    'binary'
    """
    if not len(points):
        raise ValueError("points must not be empty.")
    x, y, labels = numbers("points", points, (None, 3)).T
    switch("classes", classes)
    if not classes:
        return Dataset(x, y, "regression", ("x",), "y")
    count = max(2, int(labels.max()) + 1)
    names = tuple("ABC"[:count])
    task = "binary" if count == 2 else "multiclass"
    return Dataset(np.column_stack([x, y]), labels, task, ("x", "y"), "class", names)  # type: ignore[arg-type]
