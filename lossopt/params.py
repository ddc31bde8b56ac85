"""Hyperparameters: dataclass fields that know their label, range and scale."""

from __future__ import annotations

import dataclasses
from abc import ABC
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]
Number = float | Array
"""A hyperparameter: one number, or a column ``(n_runs, 1)`` with one number per run."""


@dataclasses.dataclass(frozen=True)
class Param:
    """What a control needs to know about one field of a spec.

    Attributes
    ----------
    name, label : str
        Field name and the words a person reads (English; the key of its translation is the name).
    default : float, int, bool or str
    low, high : float
        Range that a control offers.
    log : bool
        Whether the control is logarithmic.
    limits : tuple of float
        Smallest and largest accepted value.
    choices : tuple of str
        Accepted values of a text field.
    """

    name: str
    label: str
    default: Any
    low: float
    high: float
    log: bool
    limits: tuple[float, float]
    choices: tuple[str, ...]

    def refusal(self, value: Any) -> str | None:
        """Why `value` cannot be used, as a sentence, or None when it can.

        >>> Param("delta", "delta", 1.0, 0.1, 10.0, True, (0.1, 10.0), ()).refusal(-1.0)
        'delta must lie between 0.1 and 10, but is -1.'
        """
        if self.choices:
            if value in self.choices:
                return None
            return f"{self.name} must be one of {', '.join(self.choices)}, but is {value!r}."
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else f"{self.name} must be true or false."
        try:
            numbers = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            return f"{self.name} must be a number, but is {value!r}."
        low, high = self.limits
        outside = numbers[~((numbers >= low) & (numbers <= high))]
        if outside.size:
            first = outside.flat[0]
            return f"{self.name} must lie between {low:g} and {high:g}, but is {first:g}."
        if isinstance(self.default, int) and np.any(numbers != np.round(numbers)):
            return f"{self.name} must be a whole number, but is {value}."
        return None


def param(
    default: Any,
    label: str,
    low: float = 0.0,
    high: float = 1.0,
    *,
    log: bool = False,
    limits: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a field of a spec together with its label, range and scale.

    Parameters
    ----------
    default : float, int, bool or str
        Default value; its type is the type of the field.
    label : str
        Words for the control, in English.
    low, high : float
        Range that a control offers.
    log : bool
        Logarithmic control.
    limits : tuple of float, optional
        Accepted range, when it is wider than the control's.
    choices : tuple of str
        Accepted values of a text field.
    """
    described = {
        "label": label,
        "low": low,
        "high": high,
        "log": log,
        "limits": limits or (low, high),
        "choices": choices,
    }
    return dataclasses.field(default=default, metadata=described)


def learning_rate(default: float) -> Any:
    """Declare a learning rate: logarithmic, and any number from 0 up is accepted."""
    return param(default, "learning rate", 1e-5, 10.0, log=True, limits=(0.0, 1e308))


@dataclasses.dataclass(frozen=True)
class Spec(ABC):
    """What a person chooses: a frozen dataclass whose fields are declared by `param`.

    Attributes
    ----------
    name : str
        The thing's usual English name.
    year : int
        Year of the first publication; sorting by it gives the teaching order.
    """

    name: ClassVar[str]
    year: ClassVar[int] = 0

    def __post_init__(self) -> None:
        for field in params_of(type(self)):
            refusal = field.refusal(getattr(self, field.name))
            if refusal:
                raise ValueError(f"{self.name}: {refusal}")

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        """Place in menus and tables."""
        return (cls.year, cls.__module__)


def params_of(spec: type[Spec] | Spec) -> tuple[Param, ...]:
    """List the declared fields of a spec.

    >>> from lossopt.losses.huber import Huber
    >>> [field.name for field in params_of(Huber)]
    ['delta']
    """
    return tuple(
        Param(name=field.name, default=field.default, **field.metadata)
        for field in dataclasses.fields(spec)
        if "label" in field.metadata
    )
