"""Keys: all that a value holds, as text, so that results can be kept by it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

PLAIN = {type(None), bool, int, float, str}
"""Values that ``repr`` writes to the bit."""


def key_of(value: Any) -> str:
    """Write all that a value holds: two values with one key are equal, to the bit.

    Parameters
    ----------
    value : object
        A number, a text, an array, a dataclass such as a spec or an objective, or a list, tuple or
        dict of these.

    Raises
    ------
    TypeError
        If part of the value cannot be seen into.

    Examples
    --------
    >>> from lossopt.losses.huber import Huber
    >>> key_of((Huber(delta=0.5), 3, None))
    '(lossopt.losses.huber.Huber(0.5), 3, None)'
    >>> key_of(np.arange(3.0)) == key_of(np.arange(3))
    False
    """
    kind = type(value)
    if kind in PLAIN:
        return repr(value)
    if isinstance(value, np.generic):
        return f"{value.dtype}({value.item()!r})"
    if isinstance(value, np.ndarray) and value.dtype != object:
        digest = hashlib.sha1(np.ascontiguousarray(value).tobytes(), usedforsecurity=False)
        return f"{value.dtype}{value.shape}#{digest.hexdigest()}"
    if dataclasses.is_dataclass(kind):
        return _OWN.get(value) or _noted(value) if _is_itself(kind) else _written(value)
    if isinstance(value, list | tuple):
        return f"({', '.join(map(key_of, value))})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key_of(k)}: {key_of(v)}' for k, v in value.items())}}}"
    raise TypeError(f"A {kind.__name__} has no key.")


_OWN: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""Keys of what never changes and is equal to itself alone, like a dataset: written once."""


@cache
def _is_itself(kind: type) -> bool:
    made: Any = kind
    return bool(made.__dataclass_params__.frozen and not made.__dataclass_params__.eq)


def _noted(value: Any) -> str:
    found = _OWN[value] = _written(value)
    return found


def _written(value: Any) -> str:
    kind: type = type(value)
    name, fields = _described(kind)
    return f"{name}({', '.join([key_of(getattr(value, field)) for field in fields])})"


@cache
def _described(kind: type) -> tuple[str, tuple[str, ...]]:
    """Full name of a dataclass, and its fields that tell its values apart."""
    fields = tuple(field.name for field in dataclasses.fields(kind) if field.compare)
    return f"{kind.__module__}.{kind.__qualname__}", fields
