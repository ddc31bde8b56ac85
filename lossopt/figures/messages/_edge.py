"""Where messages become JSON, and what a browser tells becomes a message."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
PLAIN = (str, int, float, type(None))
MOST = 1000
"""Entries of a mapping that a browser may send."""


def as_json(message: Any) -> Any:
    """Plain dicts and lists; what has its default is left out.

    >>> from lossopt.figures.messages import Choice, Extras
    >>> as_json(Choice("adam", "Adam"))
    {'id': 'adam', 'label': 'Adam'}
    >>> as_json(Extras(play=1))
    {'play': 1}
    """
    if isinstance(message, PLAIN):
        return message
    if dataclasses.is_dataclass(message) and not isinstance(message, type):
        found = [(name, getattr(message, name), usual) for name, usual in _fields_of(type(message))]
        return {name: as_json(value) for name, value, usual in found if value != usual}
    if isinstance(message, Mapping):
        return {name: as_json(value) for name, value in message.items()}
    if isinstance(message, list | tuple):
        return [as_json(value) for value in message]
    return message


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Names and defaults: the same for every message of a kind."""
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def read(kind: type[Kind], told: object) -> Kind | None:
    """What a browser told, None where it is not of this kind: anybody can send anything.

    >>> from lossopt.figures.messages import Start
    >>> read(Start, {"x": 1, "y": 2.5, "z": "ignored"})
    Start(x=1.0, y=2.5, params=None)
    >>> read(Start, {"x": 1}), read(Start, {"x": float("nan"), "y": 0.0}), read(Start, "x")
    (None, None, None)
    """
    if not isinstance(told, Mapping):
        return None
    values = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if told.get(field.name) is None and field.default is not dataclasses.MISSING:
            continue
        value = _read(get_type_hints(kind)[field.name], told.get(field.name))
        if value is None:
            return None
        values[field.name] = value
    return kind(**values)


def _read(hint: Any, value: object) -> object:
    """A value of a plain type, several numbers or texts by name; None for any other."""
    if hint == tuple[float, ...] | None:
        numbers = [_read(float, each) for each in value] if isinstance(value, list) else [None]
        return None if None in numbers else tuple(numbers)
    if hint == Mapping[str, str]:
        return _texts(value)
    if get_origin(hint) is Literal:
        return value if value in get_args(hint) else None
    if hint in (str, bool):
        return value if isinstance(value, hint) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if hint is int:
        return int(value) if number.is_integer() else None
    return number if math.isfinite(number) else None


def _texts(value: object) -> Mapping[str, str] | None:
    if not isinstance(value, Mapping) or len(value) > MOST:
        return None
    return value if all(isinstance(text, str) for text in value.values()) else None
