"""Datasets shipped as CSV with their source and license."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.params import Array, param

DATA = Path(__file__).parent / "data"


@cache
def read_table(file: str) -> dict[str, tuple[str, ...]]:
    """Columns of a shipped CSV file as text, by their names in the first row.

    Examples
    --------
    >>> list(read_table("engel.csv"))
    ['income (francs)', 'food expenditure (francs)']
    """
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        names, *rows = csv.reader(lines)
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def standardized(X: Array) -> Array:
    """(X − mean)/std of each column; a constant column becomes 0.

    Examples
    --------
    >>> standardized(np.array([[1.0, 7.0], [3.0, 7.0]]))
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    centered = np.where(np.ptp(X, axis=0) > 0.0, X - X.mean(axis=0), 0.0)
    spread = centered.std(axis=0)
    return np.asarray(centered / np.where(spread > 0.0, spread, 1.0))


@dataclasses.dataclass(frozen=True)
class ShippedDataset(DatasetSpec):
    """A table that comes with the library.

    Standardizing gives every feature mean 0 and standard deviation 1, which makes the valleys of
    the surface round; without it the features keep their units.
    """

    standardize: bool = param(True, "standardize features")

    def classes(self, file: str, features: Sequence[str], label: str, *kept: str) -> Dataset:
        """Dataset that tells the `kept` values of the column `label` apart, in that order."""
        table = read_table(file)
        rows = [row for row, name in enumerate(table[label]) if name in kept]
        y = np.array([kept.index(table[label][row]) for row in rows], dtype=np.float64)
        X, names = self._features(_numbers(table, features)[rows], features)
        return Dataset(X, y, self.task, names, label, kept)

    def regression(
        self, file: str, features: Sequence[str], target: str, unit: str, size: float
    ) -> Dataset:
        """Dataset that predicts the column `target` in a `unit` of `size` units of the file."""
        table = read_table(file)
        X, names = self._features(_numbers(table, features), features)
        y = _numbers(table, [target])[:, 0] / size
        return Dataset(X, y, self.task, names, f"{_without_unit(target)} ({unit})")

    def _features(self, X: Array, names: Sequence[str]) -> tuple[Array, tuple[str, ...]]:
        if not self.standardize:
            return X, tuple(names)
        return standardized(X), tuple(f"{_without_unit(name)} (standardized)" for name in names)


def _numbers(table: dict[str, tuple[str, ...]], names: Sequence[str]) -> Array:
    return np.array([table[name] for name in names], dtype=np.float64).T


def _without_unit(name: str) -> str:
    return name.partition(" (")[0]
