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
    minor : bool
        Whether a control may be folded away at first.
    """

    name: str
    label: str
    default: Any
    low: float
    high: float
    log: bool
    limits: tuple[float, float]
    choices: tuple[str, ...]
    minor: bool = False

    def ticks(self, *extra: float) -> tuple[float, ...]:
        """Values that a logarithmic control offers, with `extra` sorted in.

        >>> Param("delta", "delta", 1.0, 0.1, 1.0, True, (0.1, 1.0), ()).ticks(0.33)[:6]
        (0.1, 0.12, 0.15, 0.2, 0.25, 0.3)
        """
        mantissas = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
        first, last = (int(np.floor(np.log10(end) + 1e-9)) for end in (self.low, self.high))
        grid = [float(f"{m}e{power}") for power in range(first, last + 1) for m in mantissas]
        if isinstance(self.default, int):
            grid = [float(round(value)) for value in grid]
        inside = {value for value in grid if self.low <= value <= self.high}
        return tuple(sorted({self.low, self.high, float(self.default), *inside, *extra}))

    def slider(self, value: float) -> tuple[Any, Any, Any, str]:
        """Range, step and number format of a linear control that can show `value`.

        >>> Param("momentum", "momentum", 0.9, 0.0, 0.999, False, (0.0, 1.0), ()).slider(0.9)
        (0.0, 0.999, 0.001, '%.3f')
        """
        low, high = min(self.low, value), max(self.high, value)
        if isinstance(self.default, int):
            return int(low), int(high), 1, "%d"
        digits = int(np.clip(np.ceil(-np.log10(max(high - low, 1e-12))) + 2, 0, 8))
        decimals = max(digits, len(f"{self.high:.10g}".partition(".")[2]))
        return float(low), float(high), 10.0**-decimals, f"%.{decimals}f"

    def parse(self, text: str) -> Any:
        """Value written as `text`, for example in a link.

        Raises
        ------
        ValueError
            If the text is no value that this field accepts.

        >>> Param("delta", "delta", 1.0, 0.1, 1.0, True, (0.1, 1.0), ()).parse("0.5")
        0.5
        """
        value: Any = text
        if isinstance(self.default, bool):
            value = {"1": True, "0": False}.get(text, text)
        elif isinstance(self.default, int):
            value = int(text[:20])
        elif isinstance(self.default, float):
            value = float(text[:40])
        refusal = self.refusal(value)
        if refusal:
            raise ValueError(refusal)
        return value

    def text(self, value: Any) -> str:
        """Write a value so that `parse` reads it back.

        >>> Param("delta", "delta", 1.0, 0.1, 1.0, True, (0.1, 1.0), ()).text(0.25)
        '0.25'
        """
        if isinstance(value, bool):
            return "1" if value else "0"
        return str(value) if isinstance(value, int | str) else f"{value:.12g}"

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
    minor: bool = False,
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
    minor : bool
        Whether the control may be folded away at first.
    """
    described = {
        "label": label,
        "low": low,
        "high": high,
        "log": log,
        "limits": limits or (low, high),
        "choices": choices,
        "minor": minor,
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
