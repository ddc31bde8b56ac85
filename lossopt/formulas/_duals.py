"""Forward-mode differentiation: every number carries its derivatives along x and along y.

A derivative that is zero whatever x and y are is None, so that 0 · ∞ never arises from a part of
the formula that does not depend on the variable.

References
----------
R. E. Wengert, "A simple automatic derivative evaluation program", 1964.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from lossopt.params import Array

Slope = Array | None


@dataclasses.dataclass(frozen=True, eq=False)
class Dual:
    """A value with its derivatives along x and y, all of the same shape or broadcastable."""

    value: Array
    along_x: Slope = None
    along_y: Slope = None

    def chained(self, value: Array, factor: Array | float) -> Dual:
        """Outer function with this `value` and this derivative `factor`."""
        return Dual(value, _times(factor, self.along_x), _times(factor, self.along_y))


def _times(factor: Array | float, slope: Slope) -> Slope:
    return None if slope is None else factor * slope


def _sum(first: Slope, second: Slope) -> Slope:
    if first is None or second is None:
        return second if first is None else first
    return first + second


def _both(value: Array, first: Dual, second: Dual) -> Dual:
    """Join the shares of two arguments in the derivatives."""
    return Dual(value, _sum(first.along_x, second.along_x), _sum(first.along_y, second.along_y))


def plus(a: Dual, b: Dual) -> Dual:
    """Sum a + b."""
    return _both(a.value + b.value, a, b)


def negative(a: Dual) -> Dual:
    """Opposite −a."""
    return a.chained(-a.value, -1.0)


def minus(a: Dual, b: Dual) -> Dual:
    """Difference a − b."""
    return _both(a.value - b.value, a, negative(b))


def times(a: Dual, b: Dual) -> Dual:
    """Product a · b."""
    value = a.value * b.value
    return _both(value, a.chained(value, b.value), b.chained(value, a.value))


def over(a: Dual, b: Dual) -> Dual:
    """Quotient a / b."""
    value = a.value / b.value
    return _both(value, a.chained(value, 1.0 / b.value), b.chained(value, -value / b.value))


def power(a: Dual, b: Dual) -> Dual:
    """Power: a to the b."""
    value = np.power(a.value, b.value)
    slope = np.where(b.value == 0.0, 0.0, b.value * np.power(a.value, b.value - 1.0))
    growth = np.where((a.value == 0.0) & (b.value >= 0.0), 0.0, value * np.log(a.value))
    return _both(value, a.chained(value, slope), b.chained(value, growth))


def lesser(a: Dual, b: Dual) -> Dual:
    """The smaller of both; of equals, the first lends its derivative."""
    return _chosen(np.minimum(a.value, b.value), a.value <= b.value, a, b)


def greater(a: Dual, b: Dual) -> Dual:
    """The larger of both; of equals, the first lends its derivative."""
    return _chosen(np.maximum(a.value, b.value), a.value >= b.value, a, b)


def _chosen(value: Array, first: NDArray[np.bool_], a: Dual, b: Dual) -> Dual:
    def pick(left: Slope, right: Slope) -> Slope:
        if left is None and right is None:
            return None
        return np.where(first, 0.0 if left is None else left, 0.0 if right is None else right)

    return Dual(value, pick(a.along_x, b.along_x), pick(a.along_y, b.along_y))


FUNCTIONS: Mapping[str, tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]] = {
    "sin": (np.sin, lambda v, f: np.cos(v)),
    "cos": (np.cos, lambda v, f: -np.sin(v)),
    "tan": (np.tan, lambda v, f: 1.0 + f * f),
    "exp": (np.exp, lambda v, f: f),
    "log": (np.log, lambda v, f: 1.0 / v),
    "sqrt": (np.sqrt, lambda v, f: 0.5 / f),
    "abs": (np.abs, lambda v, f: np.sign(v)),
    "tanh": (np.tanh, lambda v, f: 1.0 - f * f),
}
"""Functions of one argument v, each with its derivative from v and the function's value f."""
CHOOSERS = {"min": lesser, "max": greater}
OPERATORS = {"+": plus, "-": minus, "*": times, "/": over, "**": power}
