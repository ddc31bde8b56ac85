"""Forward-mode differentiation: every number carries its derivatives along x and along y.

A derivative that is zero whatever x and y are is None. Products of derivatives follow three rules,
so that 0 · ∞ arises nowhere a derivative exists:

- A part that stands still contributes 0, however steep what surrounds it is: √u where u is flat.
- A derivative that has overflowed is ±∞; a function that is flat up there, as e^(−u), makes it 0.
- At a pole or a vertical tangent (1/u, log u and √u at 0) there is no derivative: NaN. But where u
  is 0 only because it has underflowed, as x⁴ near 0, its slope is next to nothing, and √u stands
  still.

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
FADED = 1e-150
"""Below it lies the slope of a u ≥ 0 that has underflowed: |u′| ≤ √(2Lu) where u″ ≤ L ≤ 1e22."""
LN10, LN2 = float(np.log(10.0)), float(np.log(2.0))


@dataclasses.dataclass(frozen=True, eq=False)
class Dual:
    """A value with its derivatives along x and y, all of the same shape or broadcastable."""

    value: Array
    along_x: Slope = None
    along_y: Slope = None

    @property
    def varies(self) -> bool:
        """Whether it depends on x or y at all."""
        return self.along_x is not None or self.along_y is not None

    def chained(self, value: Array, factor: Array) -> Dual:
        """Outer function with this `value` and this derivative `factor`."""
        return Dual(value, _through(factor, self.along_x), _through(factor, self.along_y))


def _through(factor: Array, slope: Slope) -> Slope:
    """Derivative of an outer function times that of the inner one."""
    if slope is None:
        return None
    still = (slope == 0.0) | ((factor == 0.0) & np.isinf(slope))
    still = still | (np.isnan(factor) & (np.abs(slope) < FADED))
    return np.where(still, 0.0, factor * slope)


def _beside(factor: Array, slope: Slope, partner: Array, turn: Slope) -> Slope:
    """Share in a product's derivative, beside a `partner` whose own slope is `turn`.

    (ab)(h)/h = a(h) · b(h)/h tends to a(0) · b′(0) where b(0) = 0, even if a has no derivative.
    """
    share = _through(factor, slope)
    if share is None:
        return None
    gone = (partner == 0.0) & np.isfinite(0.0 if turn is None else turn)
    return np.where(gone, 0.0, share)


def _no_pole(slope: Array) -> Array:
    return np.where(np.isinf(slope), np.nan, slope)


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
    slopes = (None if slope is None else -slope for slope in (a.along_x, a.along_y))
    return Dual(-a.value, *slopes)


def minus(a: Dual, b: Dual) -> Dual:
    """Difference a − b."""
    return _both(a.value - b.value, a, negative(b))


def times(a: Dual, b: Dual) -> Dual:
    """Product a · b."""
    return _both(a.value * b.value, _share(b.value, a, b), _share(a.value, b, a))


def over(a: Dual, b: Dual) -> Dual:
    """Quotient a / b."""
    value = a.value / b.value
    of_b = np.where(b.value == 0.0, np.nan, -value / b.value)
    return _both(value, a.chained(value, _no_pole(1.0 / b.value)), _share(of_b, b, a))


def _share(factor: Array, part: Dual, partner: Dual) -> Dual:
    """What one part of a product adds to the derivatives."""
    return Dual(
        factor,
        _beside(factor, part.along_x, partner.value, partner.along_x),
        _beside(factor, part.along_y, partner.value, partner.along_y),
    )


def power(a: Dual, b: Dual) -> Dual:
    """Power: a to the b."""
    value = np.power(a.value, b.value)
    of_a = a.chained(value, _slope_of_base(a.value, b.value)) if a.varies else a
    of_b = b.chained(value, _slope_of_exponent(value, a.value, b.value)) if b.varies else b
    return _both(value, of_a, of_b)


def _slope_of_base(a: Array, b: Array) -> Array:
    slope = np.where(b == 0.0, 0.0, b * np.power(a, b - 1.0))
    at_pole = np.where(b < -1.0, 0.0, np.nan)  # as 1/aⁿ, where aⁿ is flat if n > 1
    return np.where((a == 0.0) & (b < 1.0) & (b != 0.0), at_pole, slope)


def _slope_of_exponent(value: Array, a: Array, b: Array) -> Array:
    still = (value == 0.0) | ((a == 0.0) & (b == 0.0))
    return np.where(still, 0.0, value * np.log(a))


def lesser(a: Dual, b: Dual) -> Dual:
    """The smaller of both; of equals the first, with its derivative and its sign of zero."""
    return _chosen(first_is(np.less_equal, a.value, b.value), a, b)


def greater(a: Dual, b: Dual) -> Dual:
    """The larger of both; of equals the first, with its derivative and its sign of zero."""
    return _chosen(first_is(np.greater_equal, a.value, b.value), a, b)


def first_is(chosen: np.ufunc, a: Array, b: Array) -> NDArray[np.bool_]:
    """Whether the first of two is chosen by a comparison, or has no value."""
    first: NDArray[np.bool_] = chosen(a, b) | np.isnan(a)
    return first


def _chosen(first: NDArray[np.bool_], a: Dual, b: Dual) -> Dual:
    def pick(left: Slope, right: Slope) -> Slope:
        if left is None and right is None:
            return None
        return np.where(first, 0.0 if left is None else left, 0.0 if right is None else right)

    value = np.where(first, a.value, b.value)
    return Dual(value, pick(a.along_x, b.along_x), pick(a.along_y, b.along_y))


FUNCTIONS: Mapping[str, tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]] = {
    "sin": (np.sin, lambda v, f: np.cos(v)),
    "cos": (np.cos, lambda v, f: -np.sin(v)),
    "tan": (np.tan, lambda v, f: 1.0 + f * f),
    "asin": (np.arcsin, lambda v, f: _no_pole(1.0 / np.sqrt((1.0 - v) * (1.0 + v)))),
    "acos": (np.arccos, lambda v, f: _no_pole(-1.0 / np.sqrt((1.0 - v) * (1.0 + v)))),
    "atan": (np.arctan, lambda v, f: 1.0 / (1.0 + v * v)),
    "sinh": (np.sinh, lambda v, f: np.cosh(v)),
    "cosh": (np.cosh, lambda v, f: np.sinh(v)),
    "tanh": (np.tanh, lambda v, f: np.square(1.0 / np.cosh(v))),
    "exp": (np.exp, lambda v, f: f),
    "ln": (np.log, lambda v, f: _no_pole(1.0 / v)),
    "log": (np.log, lambda v, f: _no_pole(1.0 / v)),
    "log2": (np.log2, lambda v, f: _no_pole(1.0 / (LN2 * v))),
    "log10": (np.log10, lambda v, f: _no_pole(1.0 / (LN10 * v))),
    "sqrt": (np.sqrt, lambda v, f: _no_pole(0.5 / f)),
    "abs": (np.abs, lambda v, f: np.sign(v)),
    "sign": (np.sign, lambda v, f: 0.0 * f),
}
"""Functions of one argument v, each with its derivative from v and the function's value f."""
CHOOSERS = {"min": lesser, "max": greater}
OPERATORS = {"+": plus, "-": minus, "*": times, "/": over, "**": power}
