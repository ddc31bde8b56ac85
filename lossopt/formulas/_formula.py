"""A formula in x and y as an objective."""

from __future__ import annotations

import dataclasses
from functools import cached_property, reduce

import numpy as np

from lossopt import arguments
from lossopt.formulas._duals import CHOOSERS, FUNCTIONS, OPERATORS, Dual, negative
from lossopt.formulas._jets import second_derivatives
from lossopt.formulas._latex import latex
from lossopt.formulas._read import FormulaError, Node, read_formula
from lossopt.objectives import Objective
from lossopt.params import Array, IntArray

USUAL = ((-2.0, 2.0), (-2.0, 2.0))
GRID = 41
"""Places per axis at which a value is looked for."""


def formula(
    text: str, *, bounds: tuple[tuple[float, float], tuple[float, float]] = USUAL
) -> Formula:
    """Make an objective of a formula in x and y.

    Known are numbers, x, y, pi, e, ``+ - * / ^ **`` and sin, cos, tan, asin, acos, atan, sinh,
    cosh, tanh, exp, ln, log (natural, as ln), log2, log10, sqrt, abs, sign, min, max. The text is
    never executed: it is read into a tree of these parts or refused.

    Parameters
    ----------
    text : str
    bounds : pair of (low, high)
        Region worth drawing.

    Returns
    -------
    Formula

    Raises
    ------
    FormulaError
        If the text is no such formula, or has no value anywhere in the region.

    Examples
    --------
    >>> bowl = formula("(1-x)^2 + 100*(y-x^2)^2")
    >>> bowl.value(np.array([0.0, 1.0])), bowl.gradient(np.array([0.0, 1.0]))
    (array(101.), array([ -2., 200.]))
    >>> formula("x.real")
    Traceback (most recent call last):
    lossopt.formulas._read.FormulaError: The character “.” (full stop) cannot be used in a formula.
    """
    arguments.text("text", text)
    made = Formula(text, read_formula(text), arguments.region("bounds", bounds))
    if not np.isfinite(made.value(made.start)):
        raise FormulaError("nowhere")
    return made


@dataclasses.dataclass(frozen=True)
class Formula(Objective):
    """An objective of x and y with exact derivatives; see `formula`.

    Where the formula has no value (the logarithm of a negative number) value and gradient are NaN,
    where it is infinite (1/x² at 0) the gradient is. Where it has no derivative (abs at 0) a
    subgradient is taken: 0 for abs and for roots such as √(x² + y²), the first of equal arguments
    for min and max; where there is none either (√x at 0), the gradient alone is NaN.

    Attributes
    ----------
    text : str
        As written.
    tree : Node
    region : pair of (low, high)
    """

    text: str
    tree: Node
    region: tuple[tuple[float, float], tuple[float, float]]

    n_params = 2

    def value(self, params: Array) -> Array:
        """Value of every params vector, ``(..., 2)`` to ``(...)``."""
        with np.errstate(all="ignore"):
            found = _evaluated(self.tree, Dual(params[..., 0]), Dual(params[..., 1]))
        return _spread(found.value, params[..., 0])

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Exact gradient, ``(..., 2)`` to ``(..., 2)``."""
        x, y = params[..., 0], params[..., 1]
        one = np.array(1.0)
        with np.errstate(all="ignore"):
            found = _evaluated(self.tree, Dual(x, one, None), Dual(y, None, one))
        along_x, along_y = (
            np.array(0.0) if slope is None else slope for slope in (found.along_x, found.along_y)
        )
        flat = (along_x == 0.0) & (along_y == 0.0)
        hole = np.isnan(found.value) | (np.isinf(found.value) & flat)
        slopes = [np.where(hole, np.nan, _spread(slope, x)) for slope in (along_x, along_y)]
        return np.stack(slopes, axis=-1)

    def hessian(self, params: Array) -> Array:
        """Exact second derivatives; beside a kink, where there are none.

        By differences where a part of the formula is infinitely steep, as the root in √(x⁴) at 0.
        """
        exact = self._exact_hessians(params)
        return exact if np.isfinite(exact).all() else super().hessian(params)

    def hessian_error(self, params: Array) -> Array:
        """Nothing beyond rounding, where the second derivatives are exact."""
        exact = self._exact_hessians(params)
        return np.zeros((2, 2)) if np.isfinite(exact).all() else super().hessian_error(params)

    def hessian_product(self, params: Array, vectors: Array) -> Array:
        """Hessian times vectors, ``(..., 2)``, exact where `hessian` is."""
        params, vectors = np.broadcast_arrays(params, vectors)
        found = (self._exact_hessians(params) @ vectors[..., None])[..., 0]
        rough = ~np.isfinite(found).all(axis=-1)
        if rough.any():
            found[rough] = super().hessian_product(params[rough], vectors[rough])
        return np.asarray(found)

    def _exact_hessians(self, params: Array) -> Array:
        """Second derivatives, ``(..., 2)`` to ``(..., 2, 2)``, not finite where not known."""
        bends = second_derivatives(self.tree, params[..., 0], params[..., 1])
        return np.moveaxis(bends[[[0, 1], [1, 2]]], (0, 1), (-2, -1))

    @property
    def smooth(self) -> bool:  # type: ignore[override]
        """Whether no part of the formula has a kink, a jump or a vertical tangent."""
        return not _kinds(self.tree) & {"abs", "asin", "acos", "min", "max", "sign", "sqrt"}

    @cached_property
    def parts(self) -> int:  # type: ignore[override]
        """Number of nodes."""
        return _count(self.tree)

    @property
    def formula(self) -> str:  # type: ignore[override]
        """LaTeX of the formula as it was read."""
        return latex(self.tree)

    @property
    def param_names(self) -> tuple[str, ...]:
        """Names of the params."""
        return ("x", "y")

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Region worth drawing."""
        return self.region

    @cached_property
    def _start(self) -> Array:
        places = np.stack(np.meshgrid(*(np.linspace(*ends, GRID) for ends in self.region)), axis=-1)
        places = places.reshape(-1, 2)
        usual = super().start
        sides = np.ptp(np.array(self.region), axis=1)
        apart = np.linalg.norm((places - usual) / sides, axis=1)
        places = places[np.argsort(apart, kind="stable")]  # the same place on every machine
        places = np.concatenate([usual[None], places])
        usable = np.isfinite(self.gradient(places)).all(axis=1) & np.isfinite(self.value(places))
        return np.asarray(places[np.argmax(usable)])

    @property
    def start(self) -> Array:
        """Usual start, or the nearest place at which value and gradient are finite."""
        return self._start


def _evaluated(node: Node, x: Dual, y: Dual) -> Dual:
    if node.kind == "number":
        return Dual(np.full_like(x.value, node.value, dtype=np.float64, shape=()))
    if node.kind in ("x", "y"):
        return x if node.kind == "x" else y
    parts = [_evaluated(part, x, y) for part in node.parts]
    if node.kind == "negative":
        return negative(parts[0])
    if node.kind in FUNCTIONS:
        function, slope = FUNCTIONS[node.kind]
        value = function(parts[0].value)
        if not parts[0].varies:
            return Dual(value)
        return parts[0].chained(value, slope(parts[0].value, value))
    return reduce((OPERATORS | CHOOSERS)[node.kind], parts)


def _spread(values: Array | float, like: Array) -> Array:
    """Values in the shape of `like`, which a constant does not have by itself."""
    return np.copy(np.broadcast_to(values, like.shape))


def _kinds(node: Node) -> set[str]:
    return {node.kind}.union(*(_kinds(part) for part in node.parts))


def _count(node: Node) -> int:
    return 1 + sum(_count(part) for part in node.parts)
