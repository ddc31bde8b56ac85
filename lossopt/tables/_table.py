"""A table, what it proposes to learn, and the dataset that is made of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

import numpy as np

from lossopt.arguments import number, one_of, switch, whole, wholes
from lossopt.datasets import Dataset
from lossopt.params import Array, IntArray
from lossopt.tables._columns import Column
from lossopt.tables._told import DataError, DataNote

MAX_CLASSES = 20
FEW = 10
"""Whole numbers with at most so many values are proposed as classes."""
MAX_FEATURES = 20
LETTERS = 40
"""Of a class name."""
ROW_NAMES = {"id", "index", "no", "nr", "row", "rownames", "unnamed: 0", "번호", "순번"}
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
    """

    train: Dataset
    test: Dataset | None
    notes: tuple[DataNote, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length.

    Attributes
    ----------
    columns : tuple of Column
    notes : tuple of DataNote
        What was changed or left out while reading.
    digest : str
        Tells one file from another.
    """

    columns: tuple[Column, ...]
    notes: tuple[DataNote, ...]
    digest: str

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.columns[0].texts)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def numeric(self) -> tuple[int, ...]:
        """Numbers of the columns that can be learned from."""
        return tuple(k for k, column in enumerate(self.columns) if column.numbers is not None)

    @property
    def targets(self) -> tuple[int, ...]:
        """Numbers of the columns that can be predicted."""
        return tuple(
            k
            for k, column in enumerate(self.columns)
            if column.numbers is not None or 2 <= len(column.values) <= MAX_CLASSES
        )

    def proposed_target(self) -> int:
        """Last column that can be predicted and is no row number.

        Raises
        ------
        DataError
            If there is none, or no other column to predict it from.
        """
        usable = [k for k in self.targets if not self._is_row_number(k)] or list(self.targets)
        if not usable:
            raise DataError("no_numbers" if not self.numeric else "no_target")
        target = usable[-1]
        if not set(self.numeric) - {target}:
            others = [k for k in usable if set(self.numeric) - {k}]
            if not others:
                raise DataError("no_target" if self.numeric else "no_numbers")
            target = others[-1]
        return target

    def proposed_features(self, target: int) -> tuple[int, ...]:
        """All columns of numbers that are not constant and no row numbers, at most 20."""
        others = [k for k in self.numeric if k != target]
        telling = [
            k for k in others if len(self.columns[k].values) > 1 and not self._is_row_number(k)
        ]
        return tuple((telling or others)[:MAX_FEATURES])

    def proposed_task(self, target: int) -> Task:
        """Classification for text and for few whole numbers, else regression."""
        column = self.columns[target]
        if column.numbers is None:
            return "classification"
        known = column.numbers[~np.isnan(column.numbers)]
        few = 2 <= len(column.values) <= min(FEW, max(2, len(known) // 5))
        return "classification" if few and (known == np.round(known)).all() else "regression"

    def _is_row_number(self, k: int) -> bool:
        column = self.columns[k]
        named = column.name.lower() in ROW_NAMES or (k == 0 and column.name == "x1")
        if column.numbers is None or not named or self.n_rows < 3:
            return False
        return bool((np.diff(column.numbers) == 1.0).all())

    def split(
        self,
        target: int,
        features: Sequence[int],
        *,
        task: Task | None = None,
        fill: bool = False,
        standardize: bool = False,
        standardize_target: bool = False,
        test_share: float = 0.0,
        seed: int = 0,
    ) -> Split:
        """Datasets that predict one column from others.

        Parameters
        ----------
        target : int
            Number of the column to predict.
        features : list of int
            Numbers of the columns to predict it from.
        task : str, optional
            ``"regression"`` or ``"classification"``; proposed from the column when not given.
        fill : bool
            Whether missing features become the mean of their column; else their rows are left out.
            A row without a target is always left out.
        standardize, standardize_target : bool
            Whether features (a regression target) get mean 0 and standard deviation 1, measured
            on the training rows.
        test_share : float
            Share of the rows to keep for testing, drawn with the seed.
        seed : int

        Returns
        -------
        Split

        Raises
        ------
        DataError
            If the columns cannot be used in this way.
        """
        if task is not None:
            one_of("task", task, TASKS)
        fill, standardize = switch("fill", fill), switch("standardize", standardize)
        standardize_target = switch("standardize_target", standardize_target)
        test_share, seed = number("test_share", test_share, 0.0, 1.0), whole("seed", seed, 0)
        target = whole("target", target, 0, len(self.columns) - 1)
        features = wholes("features", features, 0, len(self.columns) - 1)
        if not features:
            raise DataError("no_numbers")
        if target in features:
            raise DataError("target_is_feature", name=self.columns[target].name)
        if len(set(features)) < len(features):
            twice = next(k for k in features if features.count(k) > 1)
            raise DataError("feature_twice", name=self.columns[twice].name)
        if len(features) > MAX_FEATURES:
            raise DataError("many_features", limit=MAX_FEATURES)
        notes: list[DataNote] = []
        X = self._features(features)
        known = ~self.columns[target].missing
        if fill:
            X = _filled(X, known, notes)
        rows = np.flatnonzero(known & ~np.isnan(X).any(axis=1))
        if not len(rows):
            raise DataError("no_rows")
        if len(rows) < self.n_rows:
            notes.append(DataNote("dropped", count=self.n_rows - len(rows)))
        regression = (task or self.proposed_task(target)) == "regression"
        y, classes = self._regression(target) if regression else self._classes(target)
        X, y = X[rows], y[rows]
        train, test = _parts(len(rows), test_share, seed)
        notes += self._constant(features, X[train])
        names = tuple(self.columns[k].name for k in features)
        target_name = self.columns[target].name
        if standardize:
            X = _standardized(X, train)
            names = tuple(f"{name} (standardized)" for name in names)
        if standardize_target and regression:
            y = _standardized(y[:, None], train)[:, 0]
            target_name += " (standardized)"
        kind: Literal["regression", "binary", "multiclass"] = "regression"
        if not regression:
            kind = "binary" if len(classes) == 2 else "multiclass"

        def dataset(part: IntArray) -> Dataset:
            return Dataset(X[part], y[part], kind, names, target_name, classes)

        return Split(dataset(train), dataset(test) if len(test) else None, tuple(notes))

    def _features(self, features: Sequence[int]) -> Array:
        for k in features:
            if self.columns[k].numbers is None:
                raise DataError("not_numbers", name=self.columns[k].name)
        return np.column_stack([self.columns[k].numbers for k in features])  # type: ignore[misc]

    def _regression(self, target: int) -> tuple[Array, tuple[str, ...]]:
        column = self.columns[target]
        if column.numbers is None:
            raise DataError("not_numbers", name=column.name)
        return column.numbers, ()

    def _classes(self, target: int) -> tuple[Array, tuple[str, ...]]:
        column = self.columns[target]
        values = column.values
        if len(values) < 2:
            raise DataError("one_class", name=column.name)
        if len(values) > MAX_CLASSES:
            raise DataError("many_classes", name=column.name, count=len(values), limit=MAX_CLASSES)
        if column.numbers is not None:
            found = np.unique(column.numbers[~np.isnan(column.numbers)])
            y = np.searchsorted(found, column.numbers).astype(np.float64)
        else:
            places = {text: float(k) for k, text in enumerate(values)}
            y = np.array([places.get(text, np.nan) for text in column.texts])
        return y, _short(values)

    def _constant(self, features: Sequence[int], X: Array) -> list[DataNote]:
        same = np.ptp(X, axis=0) == 0.0
        return [
            DataNote("constant", name=self.columns[k].name)
            for k, constant in zip(features, same, strict=True)
            if constant
        ]


def _short(names: Sequence[str]) -> tuple[str, ...]:
    """Names of at most 40 letters that stay different."""
    short: list[str] = []
    for k, name in enumerate(names, start=1):
        cut = name[:LETTERS]
        short.append(f"{name[: LETTERS - 5]} ({k})" if cut in short else cut)
    return tuple(short)


def _filled(
    X: Array, rows: np.ndarray[tuple[int], np.dtype[np.bool_]], notes: list[DataNote]
) -> Array:
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
