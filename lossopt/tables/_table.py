"""A table, and what it proposes to learn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from lossopt.arguments import number, one_of, switch, whole, wholes
from lossopt.tables._columns import Column
from lossopt.tables._features import MAX_TEXTS, width_of
from lossopt.tables._row_names import counts_rows, names_rows, perhaps_numbers_rows
from lossopt.tables._split import TASKS, Split, Task, split
from lossopt.tables._told import DataError, DataNote, listed

MAX_CLASSES = 20
FEW = 10
"""Whole numbers with at most so many values are proposed as classes."""
MAX_FEATURES = 20


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
    header : bool
        Whether the first line holds names.
    has_names : bool
        Whether the columns have names, from the first line or a comment above it.
    unnamed : frozenset of int
        Columns that have no name although others do.
    """

    columns: tuple[Column, ...]
    notes: tuple[DataNote, ...]
    digest: str
    header: bool = True
    has_names: bool = True
    unnamed: frozenset[int] = frozenset()

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.columns[0].texts)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def learnable(self) -> tuple[int, ...]:
        """Numbers of the columns that can be learned from."""
        return self._where(lambda k: self._is_usable(k, MAX_TEXTS))

    @property
    def targets(self) -> tuple[int, ...]:
        """Numbers of the columns that can be predicted."""
        return self._where(lambda k: self._is_usable(k, MAX_CLASSES))

    @cached_property
    def row_names(self) -> tuple[int, ...]:
        """Numbers of the columns that name or number the rows, surely or perhaps."""
        return tuple(sorted({*self._sure_row_names, *self._perhaps_row_names}))

    @cached_property
    def _sure_row_names(self) -> tuple[int, ...]:
        first = {0} & self.unnamed if len(self.unnamed) < len(self.columns) else set()
        return self._where(lambda k: names_rows(self.columns[k], is_unnamed=k in first))

    @cached_property
    def _perhaps_row_names(self) -> tuple[int, ...]:
        return self._where(
            lambda k: (
                k not in self._sure_row_names
                and perhaps_numbers_rows(self.columns[k], is_first=k == 0, has_name=self.has_names)
            )
        )

    def proposed_target(self) -> int:
        """Last column that can be predicted from others and is no row name, date or mixture.

        Raises
        ------
        DataError
            If there is none, or no other column to predict it from.
        """
        sound = [k for k in self.targets if k not in self.row_names and self._repeats(k)]
        sound.sort(key=lambda k: (self._doubts(k), -k))
        able = [k for k in sound if self.proposed_features(k)]
        if able:
            return next((k for k in able if self._differs(k, self.proposed_features(k))), able[0])
        if sound and set(self.row_names) & set(self.learnable):
            return sound[0]
        mixed = next((note for note in self.notes if note.code == "mixed"), None)
        if mixed:
            raise DataError("mixed", **mixed.values)
        numeric = any(column.numbers is not None for column in self.columns)
        raise DataError("no_target" if numeric else "no_numbers")

    def proposed_features(
        self, target: int, *, fill: bool = False, weights: int | None = None
    ) -> tuple[int, ...]:
        """Columns of numbers that tell something, at most 20; no weights of samples.

        Row names, constants and dates are left out, and so are columns with so many missing
        values that fewer than half of the rows would be left. Where no number is left, columns of
        text with few values are proposed, then dates.
        """
        used = (target, weights)
        others = [k for k in self.learnable if k not in used and self.columns[k].n_values]
        plain = [k for k in others if not self._reason(k)]
        if plain:
            whole = self._without_holes(target, plain, fill=fill)
            return tuple(whole[:MAX_FEATURES])
        texts = [k for k in others if self._reason(k) == "choices"]
        if texts := self._without_holes(target, texts, fill=fill):
            widths = np.cumsum([width_of(self.columns[k]) for k in texts])
            return tuple(texts[: max(1, int((widths <= MAX_FEATURES).sum()))])
        perhaps = [k for k in self._perhaps_row_names if k in others]
        dates = [k for k in others if self.columns[k].kind == "date"]
        constants = [k for k in others if self._reason(k) == "constants"]
        rest = perhaps or dates or constants
        return tuple(self._without_holes(target, rest, fill=fill)[:MAX_FEATURES])

    def proposed_task(self, target: int) -> Task:
        """Classification for text and for few whole numbers, else regression."""
        column = self.columns[target]
        if column.numbers is None:
            return "classification"
        known = column.numbers[~column.missing]
        few = 2 <= column.n_values <= min(FEW, max(2, len(known) // 5))
        whole = column.kind == "number" and (known == np.round(known)).all()
        return "classification" if few and whole else "regression"

    def can_fill(self, target: int, features: Sequence[int], *, weights: int | None = None) -> bool:
        """Whether filling changes anything: a row in use has a hole, or holes forbid a column."""
        known = np.ones(self.n_rows, bool)
        for k in (target, weights):
            known &= True if k is None else ~self.columns[k].missing
        plain, filled = (
            self.proposed_features(target, fill=fill, weights=weights) for fill in (False, True)
        )
        holes = (self.columns[k].missing & known for k in features)
        return plain != filled or any(each.any() for each in holes)

    def left_out(
        self,
        target: int,
        features: Sequence[int],
        *,
        fill: bool = False,
        weights: int | None = None,
    ) -> tuple[DataNote, ...]:
        """Why columns are not proposed, and which of those in use may be row numbers."""
        usual = self.proposed_features(target, fill=fill, weights=weights)
        others = [k for k in range(len(self.columns)) if k not in (target, weights)]
        rest = [k for k in others if k not in (*features, *usual)]
        plain = [k for k in others if not self._reason(k)]
        whole = set(self._without_holes(target, plain, fill=fill))
        groups: dict[str, list[str]] = {}
        for k in rest:
            reason = self._reason(k) or ("surplus" if k in whole else "holes")
            groups.setdefault(reason, []).append(self.columns[k].name)
        used = (*features, target)
        perhaps = [k for k in used if k in self.row_names or counts_rows(self.columns[k])]
        return (
            *(DataNote(reason, names=listed(names)) for reason, names in groups.items()),
            *(DataNote("counts_rows", name=self.columns[k].name) for k in perhaps),
        )

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
        weights: int | None = None,
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
        weights : int, optional
            Number of the column that says how much each sample counts, from 0 up. A row without a
            weight is left out.

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
        if weights is not None:
            weights = whole("weights", weights, 0, len(self.columns) - 1)
        if not features:
            rows = [self.columns[k].name for k in self.row_names if k != target]
            only = rows and not self.proposed_features(target)
            code = "only_row_names" if only else "no_features"
            raise DataError(code, name=self.columns[target].name, names=listed(rows))
        if weights is not None and weights in (target, *features):
            raise DataError("weights_twice", name=self.columns[weights].name)
        if target in features:
            raise DataError("target_is_feature", name=self.columns[target].name)
        if len(set(features)) < len(features):
            twice = next(k for k in features if features.count(k) > 1)
            raise DataError("feature_twice", name=self.columns[twice].name)
        if len(features) > MAX_FEATURES:
            raise DataError("many_features", limit=MAX_FEATURES)
        return split(
            self.columns[target],
            [self.columns[k] for k in features],
            None if weights is None else self.columns[weights],
            task=task or self.proposed_task(target),
            fill=fill,
            standardize=standardize,
            standardize_target=standardize_target,
            test_share=test_share,
            seed=seed,
            max_classes=MAX_CLASSES,
        )

    def _where(self, test: Callable[[int], bool]) -> tuple[int, ...]:
        return tuple(filter(test, range(len(self.columns))))

    def _is_usable(self, k: int, limit: int) -> bool:
        column = self.columns[k]
        return column.numbers is not None or 2 <= column.n_values <= limit

    def _differs(self, target: int, features: Sequence[int]) -> bool:
        """Whether the rows without a missing value hold different targets."""
        column = self.columns[target]
        rows = ~np.logical_or.reduce([self.columns[k].missing for k in (target, *features)])
        left = column.part(np.flatnonzero(rows)).n_values
        return left >= min(2, column.n_values)

    def _repeats(self, k: int) -> bool:
        """Whether texts come more than once, so that they can be classes; numbers need not."""
        column = self.columns[k]
        return column.numbers is not None or 2 * column.n_values <= column.n_known + 1

    def _doubts(self, k: int) -> int:
        """How little a column looks like what a person wants to predict."""
        column = self.columns[k]
        if k in self.row_names:
            return 4
        if column.kind == "date" or column.n_values < 2:
            return 3
        if 2 * column.n_known < self.n_rows or column.is_mixed:
            return 2
        return int(counts_rows(column))

    def _reason(self, k: int) -> str:
        """Why a column by itself is not proposed to learn from; empty where nothing is against."""
        column = self.columns[k]
        if not column.n_values:
            return "empty_columns"
        if k in self.row_names:
            return "row_names"
        if column.n_values == 1:
            return "constants" if 2 * column.n_known >= self.n_rows else "holes"
        if column.kind == "text":
            few = column.n_values <= MAX_TEXTS and self._repeats(k) and not column.is_mixed
            return "choices" if few else "texts"
        return "dates" if column.kind == "date" else ""

    def _without_holes(self, target: int, features: Sequence[int], *, fill: bool) -> list[int]:
        """The fullest columns that leave half of the rows, or half of each if holes are filled."""
        known = ~self.columns[target].missing
        holes = {k: int((known & self.columns[k].missing).sum()) for k in features}
        rows, kept = known, []
        for k in sorted(features, key=holes.__getitem__):
            left = (known if fill else rows) & ~self.columns[k].missing
            if 2 * left.sum() >= known.sum():
                rows = left
                kept.append(k)
        return sorted(kept) or sorted(features, key=holes.__getitem__)[:1]
