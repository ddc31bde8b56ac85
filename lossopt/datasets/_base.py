"""What a dataset is: the spec a person chooses, and the arrays that come of it."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from lossopt.arguments import hides_numbers, one_of, shown, text, texts
from lossopt.losses._base import Task
from lossopt.params import Array, Spec, decimal

TASKS: tuple[Task, ...] = ("regression", "binary", "multiclass")


@dataclasses.dataclass(frozen=True, eq=False)
class Dataset:
    """Samples to learn from.

    Attributes
    ----------
    X : array (n_samples, n_features)
    y : array (n_samples,)
        Numbers for regression; class numbers 0 … K−1 otherwise. Other labels, for example 2019 and
        2020, are numbered by ``values, y = np.unique(y, return_inverse=True)`` and named by
        `class_names`.
    task : str
        ``"regression"``, ``"binary"`` or ``"multiclass"``; proposed when not given: from the number
        of `class_names`, else from `y`, where whole numbers 0 … K−1 with 2 classes are binary, with
        3 to 20 multiclass.
    feature_names : tuple of str
        One for each column of X; x1, x2, … by default.
    target_name : str
    class_names : tuple of str
        Empty for regression; else one for each class, also of those without a sample. By default
        the class numbers, and then every class must have a sample.
    notes : tuple of str
        What was guessed, changed or left out where the samples come from.

    Raises
    ------
    ValueError
        If there is no sample, a shape does not fit, a number is not finite, a class number has no
        name, or names are too few, too many or the same.

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
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        X, y = _array("X", self.X), _array("y", self.y)
        X = X[:, None] if X.ndim == 1 else X
        if X.ndim != 2 or y.shape != X.shape[:1] or X.size == 0:
            raise ValueError(
                "A dataset needs X shaped (n_samples, n_features) and y shaped (n_samples,) with "
                f"at least one sample, but X is {X.shape} and y is {y.shape}."
            )
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("A dataset must not hold NaN or infinite numbers.")
        named = _different("class_names", texts("class_names", self.class_names))
        task = _proposed_task(y, named) if self.task is None else one_of("task", self.task, TASKS)
        usual = tuple(f"x{k + 1}" for k in range(X.shape[1]))
        features = texts("feature_names", self.feature_names)
        if features:
            features = _different("feature_names", texts("feature_names", features, X.shape[1]))
        values = {
            "X": X,
            "y": y,
            "task": task,
            "class_names": _class_names(y, task, named),
            "feature_names": features or usual,
            "target_name": text("target_name", self.target_name),
            "notes": texts("notes", self.notes),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def n_samples(self) -> int:
        """Number of samples n."""
        return int(self.X.shape[0])


def _array(name: str, given: object) -> Array:
    """Samples as float64; texts are no numbers, even if they look like some."""
    try:
        raw = np.array(given, ndmin=1)
        real = raw.dtype.kind in "biuf" or (
            raw.dtype == object and all(isinstance(it, int | float | np.number) for it in raw.flat)
        )
        if real and not hides_numbers(given):
            return raw.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(f"{name} must hold numbers in rows of one length, but is {shown(given)}.")


def _different(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise ValueError(f"{name} must differ from one another, but are {shown(list(names))}.")
    return names


def _proposed_task(y: Array, class_names: tuple[str, ...]) -> Task:
    if class_names:
        return "binary" if len(class_names) == 2 else "multiclass"
    labels = np.unique(y)
    if not np.array_equal(labels, np.arange(labels.size)) or not 2 <= labels.size <= 20:
        return "regression"
    return "binary" if labels.size == 2 else "multiclass"


def _class_names(y: Array, task: Task, named: tuple[str, ...]) -> tuple[str, ...]:
    """Names of all classes, where `y` holds class numbers 0 … K − 1 of these."""
    if task == "regression":
        if named:
            raise ValueError("class_names belong to classes, but the task is regression.")
        return ()
    labels = np.unique(y)
    if (labels < 0).any() or (labels != np.round(labels)).any():
        raise ValueError(f"Class numbers must be whole numbers from 0 up, but y holds {_few(y)}.")
    count = len(named) or (2 if task == "binary" else max(2, labels.size))
    if count != 2 if task == "binary" else count < 2:
        wanted = "2 classes" if task == "binary" else "2 classes or more"
        raise ValueError(f"A {task} dataset has {wanted}, but class_names holds {count}.")
    if labels[-1] >= count:
        if named:
            raise ValueError(f"class_names holds {count} names, but y holds {_few(y)}.")
        raise ValueError(
            f"Class numbers must be 0 … K − 1, but y holds {_few(y)}. Number the classes and keep "
            "their names: names, y = np.unique(y, return_inverse=True), then "
            "class_names=[str(name) for name in names]."
        )
    return named or tuple(str(k) for k in range(count))


def _few(y: Array) -> str:
    """Some of the different values of y."""
    values = [decimal(value) for value in np.unique(y)[:6]]
    return ", ".join(values[:5]) + (", …" if len(values) > 5 else "")


FAR_SEED = 5000
"""From the seed of some samples to that of as many others: half of all seeds."""


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

    def unseen(self) -> Dataset | None:
        """As many other samples, drawn in the same way; None where no seed draws them.

        Examples
        --------
        >>> import lossopt as lo
        >>> moons = lo.DATASETS["moons"](n_samples=30)
        >>> moons.unseen().X.shape, bool((moons.unseen().X == moons.make().X).any())
        ((30, 2), False)
        >>> lo.DATASETS["iris"]().unseen() is None
        True
        """
        seed = getattr(self, "seed", None)
        if seed is None:
            return None
        other = {"seed": (seed + FAR_SEED) % (2 * FAR_SEED)}
        return dataclasses.replace(self, **other).make()

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        """Regression first, synthetic before real, then by year and name."""
        return (TASKS.index(cls.task), bool(cls.source), cls.year, cls.__module__)
