"""What a dataset is: the spec a person chooses, and the arrays that come of it."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from lossopt.losses._base import Task
from lossopt.params import Array, Spec


@dataclasses.dataclass(frozen=True, eq=False)
class Dataset:
    """Samples to learn from.

    Attributes
    ----------
    X : array (n_samples, n_features)
    y : array (n_samples,)
        Numbers for regression; class numbers 0 … K−1 otherwise.
    task : str
        ``"regression"``, ``"binary"`` or ``"multiclass"``; proposed from `y` when not given:
        whole numbers 0 … K−1 with 2 classes are binary, with 3 to 20 multiclass.
    feature_names : tuple of str
    target_name : str
    class_names : tuple of str
        Empty for regression.

    Raises
    ------
    ValueError
        If there is no sample, a shape does not fit, or a number is not finite.

    Examples
    --------
    >>> Dataset(np.array([[1.0], [2.0]]), np.array([0.5, 1.5])).task
    'regression'
    """

    X: Array
    y: Array
    task: Task | None = None
    feature_names: tuple[str, ...] = ()
    target_name: str = "y"
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        X = np.array(self.X, dtype=np.float64, ndmin=1)
        X = X[:, None] if X.ndim == 1 else X
        y = np.array(self.y, dtype=np.float64, ndmin=1)
        if X.ndim != 2 or y.shape != X.shape[:1] or X.size == 0:
            raise ValueError(
                "A dataset needs X shaped (n_samples, n_features) and y shaped (n_samples,) with "
                f"at least one sample, but X is {X.shape} and y is {y.shape}."
            )
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("A dataset must not hold NaN or infinite numbers.")
        task = self.task or _proposed_task(y)
        if task == "regression":
            class_names = self.class_names
        else:
            n_classes = max(int(y.max()) + 1, 2, len(self.class_names))
            if (y < 0).any() or (y != np.round(y)).any():
                raise ValueError("Class numbers must be whole numbers from 0 up.")
            if task == "binary" and n_classes > 2:
                raise ValueError("A binary dataset has the classes 0 and 1 only.")
            class_names = self.class_names or tuple(str(k) for k in range(n_classes))
        names = self.feature_names or tuple(f"x{k + 1}" for k in range(X.shape[1]))
        values = {"X": X, "y": y, "task": task, "class_names": class_names, "feature_names": names}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def n_samples(self) -> int:
        """Number of samples n."""
        return int(self.X.shape[0])


def _proposed_task(y: Array) -> Task:
    labels = np.unique(y)
    if not np.array_equal(labels, np.arange(labels.size)) or not 2 <= labels.size <= 20:
        return "regression"
    return "binary" if labels.size == 2 else "multiclass"


@dataclasses.dataclass(frozen=True)
class DatasetSpec(Spec):
    """A dataset that a person can choose: synthetic with size, noise and seed, or shipped.

    Attributes
    ----------
    task : str
        Which losses and models fit.
    source, license : str
        Where shipped data comes from; empty for synthetic data.
    """

    task: ClassVar[Task]
    source: ClassVar[str] = ""
    license: ClassVar[str] = ""

    @abstractmethod
    def make(self) -> Dataset:
        """Samples; the same spec always gives the same samples."""

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        """Regression first, synthetic before real, then by year and name."""
        tasks = ("regression", "binary", "multiclass")
        return (tasks.index(cls.task), bool(cls.source), cls.year, cls.__module__)
