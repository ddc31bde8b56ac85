"""Where arrays enter the methods of a class: checked there, and passed as they are inside.

A class states in `checks` what checks the arguments of which of its methods. Its subclasses only
write the methods; whoever calls one is checked first. A loop whose arrays the library has made
itself asks an object that is `trusted`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import numpy as np

from lossopt.arguments import real_array, wholes

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
Check = Callable[..., tuple[Any, ...]]
"""From an object and the arguments of its method to the same arguments, ready for use."""


class Guarded:
    """Base of classes whose methods check what they are given.

    Attributes
    ----------
    checks : Mapping of str to Check
        Names of methods, each with the check of its arguments.

    Examples
    --------
    >>> class Twice(Guarded):
    ...     checks = {"of": lambda self, x: (array("x", x),)}
    ...     def of(self, x):
    ...         return 2.0 * x
    >>> Twice().of([1, 2])
    array([2., 4.])
    >>> Twice().of("ab")
    Traceback (most recent call last):
    ValueError: x must be an array of numbers, but is 'ab'.
    """

    checks: ClassVar[Mapping[str, Check]] = {}

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        for name, check in cls.checks.items():
            method = vars(cls).get(name)
            if inspect.isfunction(method) and not getattr(method, "__isabstractmethod__", False):
                setattr(cls, name, _checked(method, check))


def _checked(method: F, check: Check) -> F:
    @functools.wraps(method)
    def checked(self: Any, *given: Any, **named: Any) -> Any:
        ready = check(self, *given, **named)
        try:
            return method(self, *ready)
        except KeyError as missing:  # in a state that is none
            if isinstance(missing, ValueError):
                raise
            raise ValueError(f"{method.__name__} lacks {missing} in what it is given.") from missing

    checked.inside = method  # type: ignore[attr-defined]
    return checked  # type: ignore[return-value]


def trusted(thing: T) -> T:
    """The same object with methods that check nothing, for loops over arrays that are known to fit.

    Examples
    --------
    >>> class Twice(Guarded):
    ...     checks = {"of": lambda self, x: (array("x", x),)}
    ...     def of(self, x):
    ...         return 2 * x
    >>> trusted(Twice()).of("ab")
    'abab'
    """
    kind = _trusting_kind(type(thing))
    if isinstance(thing, kind):
        return thing
    twin = object.__new__(kind)
    twin.__dict__ = thing.__dict__  # what changes in one changes in the other
    return twin


def _trusting_kind(own: type[T]) -> type[T]:
    methods = tuple((name, getattr(own, name, None)) for name in getattr(own, "checks", ()))
    return _trusting(own, methods)  # type: ignore[arg-type]


@functools.lru_cache(maxsize=1024)
def _trusting(kind: type, methods: tuple[tuple[str, Any], ...]) -> type:
    """Subclass whose methods check nothing; the class itself where none does."""
    raw = {name: method.inside for name, method in methods if hasattr(method, "inside")}
    if not raw:
        return kind
    about = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__reduce__": lambda self: (_empty_twin, (kind,), self.__dict__),  # no module names it
        "checks": {},
    }
    return type(kind)(kind.__name__, (kind,), about | raw)


def _empty_twin(kind: type[T]) -> T:
    return object.__new__(_trusting_kind(kind))


def array(name: str, value: Any) -> Any:
    """Real numbers as float64; what answers NumPy's functions in its own way stays itself.

    Examples
    --------
    >>> array("X", [[1, 2]])
    array([[1., 2.]])
    """
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    return value if is_symbol(value) else real_array(name, value)


def is_symbol(value: Any) -> bool:
    """Whether it answers NumPy's functions in its own way, as the numbers of a program do.

    >>> is_symbol(np.zeros(2)), is_symbol("x")
    (False, False)
    """
    return not isinstance(value, np.ndarray | np.generic) and hasattr(value, "__array_ufunc__")


def checked_rows(rows: Any, n_samples: int) -> Any:
    """Numbers of some samples, as an array of whole numbers.

    >>> checked_rows([2, 0], 3)
    array([2, 0])
    """
    counts = isinstance(rows, np.ndarray) and rows.ndim == 1 and rows.dtype.kind in "iu"
    if is_symbol(rows) or (counts and ((rows >= 0) & (rows < n_samples)).all()):
        return rows
    return np.array(wholes("rows", rows, 0, n_samples - 1), dtype=np.int64)


def fitting(**arrays: Any) -> tuple[Any, ...]:
    """The same two arrays, whose shapes fit.

    >>> fitting(x=np.zeros(2), y=np.zeros(3))
    Traceback (most recent call last):
    ValueError: x and y must have shapes that fit, but they are (2,) and (3,).
    """
    (first, a), (second, b) = arrays.items()
    if a.shape != b.shape:
        try:
            np.broadcast_shapes(a.shape, b.shape)
        except ValueError:
            raise ValueError(
                f"{first} and {second} must have shapes that fit, but they are {a.shape} and "
                f"{b.shape}."
            ) from None
    return a, b
