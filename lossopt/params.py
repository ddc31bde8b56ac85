"""Hyperparameters: dataclass fields that know their label, range and scale."""

from __future__ import annotations

import dataclasses
from abc import ABC
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from lossopt.arguments import number, numbers, one_of, shown, switch, text, whole
from lossopt.borders import Guarded, array, is_symbol

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]
T = TypeVar("T")
LONGEST = 40
"""Letters of a number in a link; the shortest decimal of a float has at most 24."""
Number = float | Array
"""A hyperparameter: one number, or a column ``(n_runs, 1)`` with one number per run."""


def points(values: Any, n_params: int, name: str = "params") -> Array:
    """Params vectors as float64; what answers NumPy's functions in its own way stays itself.

    Parameters
    ----------
    values : array (..., n_params)
    n_params : int
    name : str
        What a refusal calls them.

    Raises
    ------
    ValueError
        If these are no params vectors.

    Examples
    --------
    >>> points([1, 2], 2)
    array([1., 2.])
    >>> points([1, 2], 3)
    Traceback (most recent call last):
    ValueError: params must hold 3 numbers along the last axis, but is [1, 2].
    """
    found = array(name, values)
    if found.shape[-1:] != (n_params,) and not is_symbol(found):
        raise ValueError(
            f"{name} must hold {n_params} numbers along the last axis, but is {shown(values)}."
        )
    return cast(Array, found)


def point(values: Any, n_params: int) -> Array:
    """One params vector, ``(n_params,)``, as float64; see `points`.

    Examples
    --------
    >>> point([[1, 2]], 2)
    Traceback (most recent call last):
    ValueError: params must be one vector of 2 numbers, but is [[1, 2]].
    """
    found = points(values, n_params)
    if np.ndim(found) != 1:
        raise ValueError(
            f"params must be one vector of {n_params} numbers, but is {shown(values)}."
        )
    return found


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
            value = read_whole(text)
        elif isinstance(self.default, float):
            value = read_decimal(text)
        return self.checked(value)

    def text(self, value: Any) -> str:
        """Write a value so that `parse` reads it back.

        >>> Param("delta", "delta", 1.0, 0.1, 1.0, True, (0.1, 1.0), ()).text(0.1 + 0.2)
        '0.30000000000000004'
        """
        if isinstance(value, bool):
            return "1" if value else "0"
        return str(value) if isinstance(value, int | str) else decimal(value)

    def checked(self, value: Any, *, columns: bool = False) -> Any:
        """Return the value as this field keeps it: a plain float, int, bool or str, or a column.

        Parameters
        ----------
        value : object
            NumPy's numbers become Python's, a whole number in a field of real ones a float.
        columns : bool
            Whether a real number may be a column ``(n_runs, 1)`` with one number per run.

        Raises
        ------
        ValueError
            If the field does not accept it: a wrong type, a word that is no choice, or a number
            outside of the limits or not finite.

        Examples
        --------
        >>> delta = Param("delta", "delta", 1.0, 0.1, 10.0, True, (0.1, 10.0), ())
        >>> delta.checked(np.float32(0.5)), delta.checked(2)
        (0.5, 2.0)
        >>> delta.checked(-1.0)
        Traceback (most recent call last):
        ValueError: delta must lie between 0.1 and 10, but is -1.0.
        """
        low, high = self.limits
        if self.choices:
            return one_of(self.name, value, self.choices)
        if isinstance(self.default, bool):
            return switch(self.name, value)
        if isinstance(self.default, int):
            return whole(self.name, value, low, high)
        if not isinstance(self.default, float):
            return text(self.name, value)
        if columns and isinstance(value, np.ndarray) and value.ndim:
            return numbers(self.name, value, (None, 1), low, high)
        return number(self.name, value, low, high)


def decimal(value: float) -> str:
    """Write the shortest decimal that reads back as the same float, to the bit.

    Examples
    --------
    >>> [decimal(value) for value in (300.0, 0.1 + 0.2, -0.0, 1e22, 5e-324)]
    ['300', '0.30000000000000004', '-0', '1e22', '5e-324']
    """
    return repr(float(value)).removesuffix(".0").replace("e+", "e")


def read_decimal(text: str) -> float:
    """Number written by `decimal`, or by hand.

    Raises
    ------
    ValueError
        If the text is no number, or too long for one: it is never cut.

    >>> read_decimal("1e22")
    1e+22
    """
    return _read(text, float, "number")


def read_whole(text: str) -> int:
    """Whole number of a link.

    Raises
    ------
    ValueError
        If the text is no whole number, or too long for one: it is never cut.

    >>> read_whole("12")
    12
    """
    return _read(text, int, "whole number")


def _read(text: str, kind: Callable[[str], T], what: str) -> T:
    if isinstance(text, str) and len(text) <= LONGEST and "_" not in text:
        try:
            return kind(text)
        except ValueError:
            pass
    raise ValueError(f"{shown(text)} is no {what}.")


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
    return param(float(default), "learning rate", 1e-5, 10.0, log=True, limits=(0.0, 1e308))


@dataclasses.dataclass(frozen=True)
class Spec(Guarded, ABC):
    """What a person chooses: a frozen dataclass whose fields are declared by `param`.

    Attributes
    ----------
    name : str
        The thing's usual English name.
    year : int
        Year of the first publication; sorting by it gives the teaching order.
    takes_columns : bool
        Whether a real number may be a column ``(n_runs, 1)`` with one number per run.

    Raises
    ------
    ValueError
        If a field is given what it does not accept.
    """

    name: ClassVar[str]
    year: ClassVar[int] = 0
    takes_columns: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for field in params_of(type(self)):
            given = getattr(self, field.name)
            try:
                kept = field.checked(given, columns=self.takes_columns)
            except ValueError as refusal:
                raise ValueError(f"{self.name}: {refusal}") from None
            if kept is not given:
                object.__setattr__(self, field.name, kept)

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
    return _params(spec if isinstance(spec, type) else type(spec))


@cache
def _params(spec: type[Spec]) -> tuple[Param, ...]:
    return tuple(
        Param(name=field.name, default=field.default, **field.metadata)
        for field in dataclasses.fields(spec)
        if "label" in field.metadata
    )
