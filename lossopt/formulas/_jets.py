"""Second derivatives of a formula: every number carries its first and second ones.

Here no rule is made for 0 · ∞. Where one part of a formula is too steep for its second derivatives
to be put together, the result is not finite, and differences of the gradient have to do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from lossopt.formulas._duals import FUNCTIONS, LN2, LN10, first_is
from lossopt.formulas._read import Node
from lossopt.params import Array

FIRST, SECOND = [0, 0, 1], [0, 1, 1]
"""The second derivatives that are carried: along xx, xy and yy."""
Bend = Callable[[Array, Array, Array], Array]
BENDS: Mapping[str, Bend] = {
    "sin": lambda v, f, s: -f,
    "cos": lambda v, f, s: -f,
    "tan": lambda v, f, s: 2.0 * f * s,
    "asin": lambda v, f, s: v * s**3,
    "acos": lambda v, f, s: v * s**3,
    "atan": lambda v, f, s: -2.0 * v * s * s,
    "sinh": lambda v, f, s: f,
    "cosh": lambda v, f, s: f,
    "tanh": lambda v, f, s: -2.0 * f * s,
    "exp": lambda v, f, s: f,
    "ln": lambda v, f, s: -s * s,
    "log": lambda v, f, s: -s * s,
    "log2": lambda v, f, s: -LN2 * s * s,
    "log10": lambda v, f, s: -LN10 * s * s,
    "sqrt": lambda v, f, s: -2.0 * s**3,
    "abs": lambda v, f, s: 0.0 * s,
    "sign": lambda v, f, s: 0.0 * s,
}
"""Second derivative of each function of v, from v, its value f and its slope s."""


@dataclasses.dataclass(frozen=True, eq=False)
class Jet:
    """A value with its derivatives, ``(2, …)`` and ``(3, …)``; None where they are always 0."""

    value: Array
    slopes: Array | None = None
    bends: Array | None = None

    def share(self, slope: Array, bend: Array) -> tuple[Array, Array]:
        """What it adds to the derivatives of a function with this slope and bend in it."""
        assert self.slopes is not None and self.bends is not None
        turned = bend * self.slopes[FIRST] * self.slopes[SECOND]
        return slope * self.slopes, turned + slope * self.bends


def second_derivatives(tree: Node, x: Array, y: Array) -> Array:
    """Derivatives along xx, xy and yy, ``(3, …)``; NaN or infinite where they are not known.

    Examples
    --------
    >>> from lossopt.formulas._read import read_formula
    >>> second_derivatives(read_formula("x^3*y"), np.array(2.0), np.array(5.0))
    array([60., 12.,  0.])
    """
    still = np.zeros((3, *x.shape))
    along_x, along_y = np.zeros((2, 2, *x.shape))
    along_x[0] = along_y[1] = 1.0
    with np.errstate(all="ignore"):
        found = _evaluated(tree, Jet(x, along_x, still), Jet(y, along_y, still))
    bends = still if found.bends is None else found.bends
    return np.asarray(np.where(np.isfinite(found.value), bends, np.nan))


def _evaluated(node: Node, x: Jet, y: Jet) -> Jet:
    if node.kind == "number":
        return Jet(np.array(node.value))
    if node.kind in ("x", "y"):
        return x if node.kind == "x" else y
    first, *others = [_evaluated(part, x, y) for part in node.parts]
    if node.kind == "negative":
        return _joined(-first.value, (first, np.array(-1.0), np.array(0.0)))
    if node.kind in FUNCTIONS:
        function, slope_of = FUNCTIONS[node.kind]
        value = function(first.value)
        slope = slope_of(first.value, value)
        return _joined(value, (first, slope, BENDS[node.kind](first.value, value, slope)))
    for other in others:
        first = PAIRS[node.kind](first, other)
    return first


def _joined(value: Array, *parts: tuple[Jet, Array, Array], mixed: Array | float = 0.0) -> Jet:
    """Function of jets, each with the function's slope and bend in it, and the mixed derivative."""
    shares = [jet.share(slope, bend) for jet, slope, bend in parts if jet.slopes is not None]
    if not shares:
        return Jet(value)
    slopes, bends = (sum(each[1:], each[0]) for each in zip(*shares, strict=True))
    if len(shares) == 2:
        a, b = (jet.slopes for jet, _, _ in parts)
        assert a is not None and b is not None
        bends = bends + mixed * (a[FIRST] * b[SECOND] + a[SECOND] * b[FIRST])
    return Jet(value, slopes, bends)


def _plus(a: Jet, b: Jet) -> Jet:
    return _joined(a.value + b.value, (a, ONE, NIL), (b, ONE, NIL))


def _minus(a: Jet, b: Jet) -> Jet:
    return _joined(a.value - b.value, (a, ONE, NIL), (b, -ONE, NIL))


def _times(a: Jet, b: Jet) -> Jet:
    return _joined(a.value * b.value, (a, b.value, NIL), (b, a.value, NIL), mixed=1.0)


def _over(a: Jet, b: Jet) -> Jet:
    value, share = a.value / b.value, 1.0 / b.value
    of_b = (b, -value * share, 2.0 * value * share * share)
    return _joined(value, (a, share, NIL), of_b, mixed=-share * share)


def _power(a: Jet, b: Jet) -> Jet:
    base, exponent = a.value, b.value
    value, log = np.power(base, exponent), np.log(base)
    twice = exponent * (exponent - 1.0)
    slope = np.where(exponent == 0.0, 0.0, exponent * np.power(base, exponent - 1.0))
    bend = np.where(twice == 0.0, 0.0, twice * np.power(base, exponent - 2.0))
    mixed = np.power(base, exponent - 1.0) * (1.0 + exponent * log)
    return _joined(value, (a, slope, bend), (b, value * log, value * log * log), mixed=mixed)


def _lesser(a: Jet, b: Jet) -> Jet:
    return _chosen(first_is(np.less_equal, a.value, b.value), a, b)


def _greater(a: Jet, b: Jet) -> Jet:
    return _chosen(first_is(np.greater_equal, a.value, b.value), a, b)


def _chosen(first: NDArray[np.bool_], a: Jet, b: Jet) -> Jet:
    """The one or the other; not their sum, for 0 · ∞ is no 0."""

    def pick(left: Array | None, right: Array | None) -> Array | None:
        if left is None and right is None:
            return None
        return np.where(first, 0.0 if left is None else left, 0.0 if right is None else right)

    value = np.where(first, a.value, b.value)
    return Jet(value, pick(a.slopes, b.slopes), pick(a.bends, b.bends))


ONE, NIL = np.array(1.0), np.array(0.0)
PAIRS: Mapping[str, Callable[[Jet, Jet], Jet]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _over,
    "**": _power,
    "min": _lesser,
    "max": _greater,
}
