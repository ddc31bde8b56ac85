"""Checks of what a person gives: a number or a name that cannot be used is refused at once.

Every check returns the value as a plain Python object (or float64 array), so that what is kept,
compared and written down does not depend on the type it came in; or raises a ValueError whose
sentence names the argument, what it must be, and what it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
SHOWN = 60
"""Letters of a wrong value that a sentence repeats."""


def shown(value: object) -> str:
    """How a sentence repeats a wrong value: short, on one line.

    Examples
    --------
    >>> shown("0.1"), shown(2.0), shown(range(2))
    ("'0.1'", '2.0', 'range(0, 2)')
    """
    text = str(value.item() if isinstance(value, np.generic) else value)
    if isinstance(value, str):
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _plain(value: object) -> object:
    """A NumPy scalar, or array without axes, as a Python number; hidden ones and times are none."""
    if isinstance(value, np.longdouble):
        return float(value)
    if isinstance(value, np.timedelta64) or hides_numbers(value):
        return value
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value


def hides_numbers(value: object) -> bool:
    """Whether a masked array marks some of its numbers as missing; NumPy drops such marks silently.

    Examples
    --------
    >>> hides_numbers(np.ma.array([1, 2], mask=[0, 1])), hides_numbers(np.ma.array([1, 2]))
    (True, False)
    """
    return isinstance(value, np.ma.MaskedArray) and bool(np.ma.is_masked(value))


def number(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """A finite number between two ends, as a float.

    Examples
    --------
    >>> number("share", 1, 0.0, 1.0)
    1.0
    >>> number("share", "0.5", 0.0, 1.0)
    Traceback (most recent call last):
    ValueError: share must be a number, but is '0.5'.
    """
    plain = _plain(value)
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise ValueError(f"{name} must be a number, but is {shown(value)}.")
    try:
        found = float(plain)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found) and math.isinf(high) and math.isinf(low):
        raise ValueError(f"{name} must be a finite number, but is {shown(value)}.")
    if not (math.isfinite(found) and low <= found <= high):
        raise ValueError(f"{name} {_between(low, high)}, but is {shown(value)}.")
    return found


def whole(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> int:
    """A whole number between two ends; 2.0 is none.

    Examples
    --------
    >>> whole("n_steps", 20, 0, 100)
    20
    >>> whole("n_steps", 2.0, 0, 100)
    Traceback (most recent call last):
    ValueError: n_steps must be a whole number, but is 2.0.
    """
    plain = _plain(value)
    if isinstance(plain, bool) or not isinstance(plain, int):
        raise ValueError(f"{name} must be a whole number, but is {shown(value)}.")
    if not low <= plain <= high:
        raise ValueError(f"{name} {_between(low, high)}, but is {shown(value)}.")
    return plain


def _between(low: float, high: float) -> str:
    if math.isinf(high):
        return f"must be {low:.15g} or more"
    return f"must lie between {low:.15g} and {high:.15g}"


def switch(name: str, value: object) -> bool:
    """Either true or false; 1 and "yes" are neither.

    Examples
    --------
    >>> switch("average", True)
    True
    >>> switch("average", 1)
    Traceback (most recent call last):
    ValueError: average must be true or false, but is 1.
    """
    plain = _plain(value)
    if not isinstance(plain, bool):
        raise ValueError(f"{name} must be true or false, but is {shown(value)}.")
    return plain


def one_of(name: str, value: T, choices: Iterable[str]) -> T:
    """One of some words.

    Examples
    --------
    >>> one_of("view", "3d", ("2d", "3d"))
    '3d'
    """
    known = tuple(choices)
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, but is {shown(value)}.")
    return value


def text(name: str, value: object) -> str:
    """A text.

    Examples
    --------
    >>> text("target_name", "weight")
    'weight'
    """
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, but is {shown(value)}.")
    return value


def texts(name: str, value: object, count: int | None = None) -> tuple[str, ...]:
    """Several texts, as a tuple; one text alone is no list of its letters.

    Examples
    --------
    >>> texts("labels", ["slow", "fast"], 2)
    ('slow', 'fast')
    >>> texts("labels", "slow", 4)
    Traceback (most recent call last):
    ValueError: labels must be a list of texts, but is 'slow'.
    """
    listed = _listed(value)
    if listed is None or isinstance(value, str) or not all(isinstance(it, str) for it in listed):
        raise ValueError(f"{name} must be a list of texts, but is {shown(value)}.")
    found = tuple(map(str, listed))
    if count is not None and len(found) != count:
        raise ValueError(f"{name} must hold {count} texts, but holds {len(found)}.")
    return found


def _listed(value: object) -> list[object] | None:
    """Entries of a list or an array; None where there are none to count."""
    many = isinstance(value, Sequence) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return list(value) if many else None  # type: ignore[call-overload]


def kind_of(name: str, value: object, kind: type[T], *kinds: type) -> T:
    """An object of this library, of one of some kinds.

    Examples
    --------
    >>> kind_of("given", 3, str)
    Traceback (most recent call last):
    ValueError: given must be a str, but is an int.
    """
    if not isinstance(value, (kind, *kinds)):
        wanted = " or ".join(_with_article(each) for each in (kind, *kinds))
        found = _with_article(type(value))
        if isinstance(value, type):
            found = f"the class {value.__name__} itself"
        raise ValueError(f"{name} must be {wanted}, but is {found}.")
    return value  # type: ignore[return-value]


def _with_article(kind: type) -> str:
    name = kind.__name__
    return f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}" if name != "NoneType" else "None"


def kinds_of(name: str, value: object, kind: type[T], *kinds: type) -> list[T]:
    """Several objects of this library, at least one.

    Examples
    --------
    >>> kinds_of("names", ("a", "b"), str)
    ['a', 'b']
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError(f"{name} must be a list, but is {shown(value)}.")
    if not len(value):
        raise ValueError(f"{name} must not be empty.")
    return [kind_of(f"{name}[{k}]", each, kind, *kinds) for k, each in enumerate(value)]


def numbers(
    name: str,
    value: object,
    shape: tuple[int | None, ...] | None = None,
    low: float = -math.inf,
    high: float = math.inf,
) -> NDArray[np.float64]:
    """Finite numbers as a float64 array of its own; None stands for an axis of any length.

    Examples
    --------
    >>> numbers("start", [1, 2.5], (2,))
    array([1. , 2.5])
    >>> numbers("start", [1, None], (2,))
    Traceback (most recent call last):
    ValueError: start must be 2 finite numbers, but is [1, None].
    """
    found = _as_numbers(value)
    fits = found is not None and (shape is None or _fits(found.shape, shape))
    if found is None or not fits or not np.isfinite(found).all():
        raise ValueError(f"{name} must be {_wanted(shape)}, but is {shown(value)}.")
    if not ((found >= low) & (found <= high)).all():
        raise ValueError(f"The numbers of {name} {_between(low, high)}, but are {shown(value)}.")
    return found


def real_array(name: str, value: object) -> NDArray[np.float64]:
    """Real numbers as float64, in any shape; NaN and infinity are let through.

    Examples
    --------
    >>> real_array("losses", [[1, np.inf]])
    array([[ 1., inf]])
    """
    found = _as_numbers(value)
    if found is None:
        raise ValueError(f"{name} must be an array of numbers, but is {shown(value)}.")
    return found


def _as_numbers(value: object) -> NDArray[np.float64] | None:
    """A float64 copy of an array of real numbers; None where texts or switches are among them."""
    if isinstance(value, str | bytes | bool) or hides_numbers(value):
        return None
    try:
        raw = np.asarray(value)
        if raw.dtype == object or (isinstance(value, Sequence) and _holds_bools(value)):
            return None
        return np.array(raw, dtype=np.float64) if raw.dtype.kind in "iuf" else None
    except (TypeError, ValueError, OverflowError):
        return None


def _holds_bools(value: Sequence[Any]) -> bool:
    return any(
        isinstance(each, bool | np.bool_) or (isinstance(each, list | tuple) and _holds_bools(each))
        for each in value
    )


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        size == want or want is None for size, want in zip(shape, wanted, strict=True)
    )


def _wanted(shape: tuple[int | None, ...] | None) -> str:
    if shape is None:
        return "finite numbers"
    if len(shape) == 1:
        return "a list of finite numbers" if shape[0] is None else f"{shape[0]} finite numbers"
    sizes = ", ".join("n" if size is None else str(size) for size in shape)
    return f"an array ({sizes}) of finite numbers"


def wholes(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> list[int]:
    """Several whole numbers.

    Examples
    --------
    >>> wholes("seeds", range(3), 0)
    [0, 1, 2]
    """
    listed: list[object] | None = None
    if isinstance(value, Sequence) or (isinstance(value, np.ndarray) and value.ndim == 1):
        listed = list(value)
    if listed is None or isinstance(value, str | bytes):
        raise ValueError(f"{name} must be a list of whole numbers, but is {shown(value)}.")
    return [whole(f"{name}[{k}]", each, low, high) for k, each in enumerate(listed)]


def region(name: str, value: object) -> tuple[tuple[float, float], tuple[float, float]]:
    """A region of a plane: two pairs, each with low below high.

    Examples
    --------
    >>> region("bounds", [(-1, 1), (0, 2.5)])
    ((-1.0, 1.0), (0.0, 2.5))
    """
    try:
        (left, right), (low, high) = numbers(name, value, (2, 2)).tolist()
    except ValueError:
        raise ValueError(
            f"{name} must be two pairs (low, high) of finite numbers, but is {shown(value)}."
        ) from None
    if not (0.0 < right - left < math.inf and 0.0 < high - low < math.inf):
        raise ValueError(f"{name} must have low below high in both pairs, but is {shown(value)}.")
    return (left, right), (low, high)


def callable_or_none(name: str, value: Callable[..., T] | None) -> Callable[..., T] | None:
    """A function, or None.

    Examples
    --------
    >>> callable_or_none("progress", None)
    """
    if value is not None and not callable(value):
        raise ValueError(f"{name} must be a function, but is {shown(value)}.")
    return value
