"""From columns to datasets: what is learned from, what is predicted, which rows are used."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lossopt.datasets import Dataset
from lossopt.params import Array, IntArray, decimal
from lossopt.tables._columns import Column
from lossopt.tables._features import features_of, shortened
from lossopt.tables._told import DataError, DataNote

Task = Literal["regression", "classification"]
TASKS: tuple[Task, ...] = ("regression", "classification")


@dataclasses.dataclass(frozen=True, eq=False)
class Split:
    """Datasets to learn from and to test on.

    Attributes
    ----------
    train : Dataset
    test : Dataset or None
    notes : tuple of DataNote
    weights : array (n_samples,) or None
        Of the samples to learn from; None where all count the same.
    """

    train: Dataset
    test: Dataset | None
    notes: tuple[DataNote, ...]
    weights: Array | None = None


def split(
    target: Column,
    features: Sequence[Column],
    weights: Column | None = None,
    *,
    task: Task,
    fill: bool,
    standardize: bool,
    standardize_target: bool,
    test_share: float,
    seed: int,
    max_classes: int,
) -> Split:
    """Datasets that predict one column from others; see `Table.split`."""
    notes: list[DataNote] = []
    X, names = features_of(features, notes)
    known = ~target.missing
    if weights is not None:
        known &= ~weights.missing
    if fill:
        X = _filled(X, known, notes)
    rows = np.flatnonzero(known & ~np.isnan(X).any(axis=1))
    if not len(rows):
        raise DataError("no_rows")
    if len(rows) < len(known):
        notes.append(DataNote("dropped", count=len(known) - len(rows), total=len(known)))
    y, classes = _target(target, rows, task, max_classes, notes)
    X, target_name = X[rows], target.name
    train, test = _parts(len(rows), test_share, seed)
    same = np.ptp(X[train], axis=0) == 0.0
    notes += [DataNote("constant", name=names[k]) for k in np.flatnonzero(same)]
    if standardize:
        X = _standardized(X, train)
        names = tuple(f"{name} (standardized)" for name in names)
    if standardize_target and not classes:
        y = _standardized(y[:, None], train)[:, 0]
        target_name += " (standardized)"
    kind: Literal["regression", "binary", "multiclass"] = "regression"
    if classes:
        kind = "binary" if len(classes) == 2 else "multiclass"

    def dataset(part: IntArray) -> Dataset:
        return Dataset(X[part], y[part], kind, names, target_name, classes)

    counts = None if weights is None else _weights(weights, rows[train])
    return Split(dataset(train), dataset(test) if len(test) else None, tuple(notes), counts)


def _weights(column: Column, rows: IntArray) -> Array:
    """Weights of these samples."""
    if column.numbers is None or column.kind != "number":
        raise DataError("weights_text", name=column.name)
    lowest = float(np.nanmin(column.numbers))
    if lowest < 0.0:
        raise DataError("weights_negative", name=column.name, value=decimal(lowest))
    weights = column.numbers[rows]
    if not weights.any():
        raise DataError("weights_zero", name=column.name)
    return weights


def _target(
    column: Column, rows: IntArray, task: Task, max_classes: int, notes: list[DataNote]
) -> tuple[Array, tuple[str, ...]]:
    """What is predicted in these rows, and the names of its classes; no names for regression."""
    if task == "regression":
        if column.numbers is None:
            raise DataError("not_numbers", name=column.name)
        if column.kind == "date":
            notes.append(DataNote("days", name=column.name, example=column.first_day))
        return column.numbers[rows], ()
    known = column.part(rows)
    if known.n_values < 2:
        raise DataError("one_class", name=column.name)
    if known.n_values > max_classes:
        raise DataError("many_classes", name=column.name, count=known.n_values, limit=max_classes)
    if known.numbers is not None:
        y = np.searchsorted(known.known, known.numbers)
    else:
        places = {text: k for k, text in enumerate(known.values)}
        y = np.array([places[text] for text in known.texts])
    return y.astype(np.float64), shortened(known.values)


def _filled(X: Array, rows: NDArray[np.bool_], notes: list[DataNote]) -> Array:
    holes = np.isnan(X)
    known = ~holes
    means = np.where(holes, 0.0, X).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    count = int(holes[rows].sum())
    if count:
        notes.append(DataNote("filled", count=count))
    return np.where(holes & known.any(axis=0), means, X)


def _parts(n_rows: int, test_share: float, seed: int) -> tuple[IntArray, IntArray]:
    n_test = min(round(n_rows * test_share), n_rows - 1)
    order = np.random.default_rng(seed).permutation(n_rows)
    return np.sort(order[n_test:]), np.sort(order[:n_test])


def _standardized(values: Array, train: IntArray) -> Array:
    """Values in standard deviations from the mean, both of the training rows."""
    known = values[train]
    mean, spread = known.mean(axis=0), known.std(axis=0)
    spread = np.where((spread > 0.0) & (np.ptp(known, axis=0) > 0.0), spread, 1.0)
    return np.asarray((values - mean) / spread)
