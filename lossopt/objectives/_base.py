"""What an objective is: a function of params to make small."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from lossopt.borders import Guarded, array, checked_rows, fitting
from lossopt.objectives._differences import change_along
from lossopt.params import Array, IntArray, Spec, point, points

Bounds = tuple[tuple[float, float], ...]


def _checked_params(objective: Objective, params: Any) -> tuple[Array]:
    return (points(params, objective.n_params),)


def _checked_point(objective: Objective, params: Any) -> tuple[Array]:
    return (point(params, objective.n_params),)


def _checked_product(objective: Objective, params: Any, vectors: Any) -> tuple[Any, ...]:
    n_params = objective.n_params
    params, vectors = points(params, n_params), points(vectors, n_params, "vectors")
    return fitting(params=params, vectors=vectors)


def _checked_batch(objective: Objective, params: Any, rows: Any = None) -> tuple[Any, ...]:
    """Params, and numbers of samples where some are chosen."""
    params = points(params, objective.n_params)
    return (params,) if rows is None else (params, checked_rows(rows, objective.n_samples))


def _checked_places(objective: Objective, x: Any, y: Any) -> tuple[Any, ...]:
    return fitting(x=array("x", x), y=array("y", y))


class Objective(Guarded, ABC):
    """A function of params. A subclass gives `n_params`, `value` and `gradient`, nothing more.

    Attributes
    ----------
    n_params : int
    n_samples : int
        Number of samples the objective is a mean over; 1 for a test function.
    convex : bool
        Whether it is known to be convex.
    quadratic : bool
        Whether it is a quadratic, so that stability limits are exact.
    smooth : bool
        Whether it has second derivatives at its minimizers.
    parts : int
        Operations on arrays that a gradient takes; a long formula has many.
    formula : str
        LaTeX.
    matrices : tuple of pairs
        Rows and columns of each matrix that the params are, where they are matrices laid out row
        by row, one after the other; empty where they are plain numbers.
    """

    checks = {
        "value": _checked_params,
        "gradient": _checked_batch,
        "value_and_gradient": _checked_params,
        "hessian": _checked_point,
        "hessian_error": _checked_point,
        "hessian_product": _checked_product,
        "curvature_root": _checked_point,
        "distance": _checked_params,
        "test_loss": _checked_params,
    }
    n_params: int
    n_samples: int = 1
    convex: bool = False
    quadratic: bool = False
    smooth: bool = True
    parts: int = 1
    formula: str = ""
    matrices: tuple[tuple[int, int], ...] = ()

    @abstractmethod
    def value(self, params: Array) -> Array:
        """Objective of every params vector: ``(..., n_params)`` to ``(...)``."""

    @abstractmethod
    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Gradient, ``(..., n_params)`` to ``(..., n_params)``.

        Parameters
        ----------
        params : array (..., n_params)
        rows : array of int, optional
            Mini-batch: the samples to average over; all of them by default.
        """

    def value_and_gradient(self, params: Array) -> tuple[Array, Array]:
        """Value and full gradient of every params vector, which may share their work."""
        return self.value(params), self.gradient(params)

    def hessian(self, params: Array) -> Array:
        """Second derivatives at one params vector, ``(n_params, n_params)``, symmetric.

        Central differences of the gradient, unless a subclass knows better: right to one part in a
        million of a row, where rounding allows it, also near the edge of where there is a value.
        """
        return self._differences(params, 6e-6)

    def hessian_error(self, params: Array) -> Array:
        """How far `hessian` may be wrong: the change by differences twice as wide."""
        return np.asarray(np.abs(self.hessian(params) - self._differences(params, 12e-6)))

    def hessian_product(self, params: Array, vectors: Array) -> Array:
        """Hessian at every params vector times a vector, ``(..., n_params)``, made as `hessian`."""
        params, vectors = np.broadcast_arrays(params, vectors)
        points, directions = (a.reshape(-1, self.n_params) for a in (params, vectors))
        sizes = np.linalg.norm(directions, axis=-1)
        reach = 6e-6 * np.maximum(1.0, np.linalg.norm(points, axis=-1))
        steps = reach / np.where(sizes > 0.0, sizes, 1.0)
        return change_along(self.gradient, points, directions, steps).reshape(params.shape)

    def _differences(self, params: Array, step: float) -> Array:
        """Central differences of the gradient over steps relative to the params' usual sizes."""
        steps = step * np.maximum(self._small_side(), np.abs(params))
        axes = np.eye(self.n_params)
        matrix = change_along(self.gradient, params + 0.0 * axes, axes, steps)
        return np.asarray(0.5 * (matrix + matrix.T))

    def _small_side(self) -> Array:
        """A quarter of the region worth drawing where that is less than 1, for each parameter."""
        lows, highs = np.array(self.bounds).T
        return np.asarray(np.minimum(1.0, 0.25 * (highs - lows)))

    def curvature_root(self, params: Array) -> Array | None:
        """Root R of the second derivatives RᵀR at one params vector; None where none is known.

        Its columns belong to the params, ``(m, n_params)``. It has twice the digits of `hessian`.
        """
        return None

    @property
    def param_names(self) -> tuple[str, ...]:
        """Names of the params, for axes and tables."""
        return tuple(f"θ{k + 1}" for k in range(self.n_params))

    @property
    def bounds(self) -> Bounds:
        """Lowest and highest value worth drawing, for each parameter."""
        return ((-2.0, 2.0),) * self.n_params

    @property
    def start(self) -> Array:
        """Where a descent starts by default, ``(n_params,)``."""
        lows, highs = np.array(self.bounds).T
        return np.asarray(lows + 0.15 * (highs - lows))

    @property
    def minimizers(self) -> Array:
        """Known global minimizers, ``(n_minimizers, n_params)``; no row when none is known."""
        return np.empty((0, self.n_params))

    @property
    def minimum(self) -> float | None:
        """Lowest value, or None when it is unknown or none exists."""
        known = self.minimizers
        return float(self.value(known[0])) if len(known) else None

    def distance(self, params: Array) -> Array | None:
        """Distance to the nearest minimizer, ``(..., n_params)`` to ``(...)``; None if unknown."""
        known = self.minimizers
        if not len(known):
            return None
        gaps = np.linalg.norm(params[..., None, :] - known, axis=-1)
        return np.asarray(gaps.min(axis=-1))


@dataclasses.dataclass(frozen=True)
class NamedObjective(Spec, Objective):
    """An objective that has a name and a place in the menus."""


@dataclasses.dataclass(frozen=True)
class TestFunction(NamedObjective):
    """A function of two numbers x, y in its standard, unscaled form.

    A subclass states `formula`, `default_bounds`, `default_start`, `known_minimizers` and writes
    `evaluate` and `slopes`, both on plain arrays x and y.
    """

    __test__: ClassVar[bool] = False  # pytest: not a test class

    checks = {**NamedObjective.checks, "evaluate": _checked_places, "slopes": _checked_places}
    n_params = 2
    default_bounds: ClassVar[Bounds]
    default_start: ClassVar[tuple[float, float]]
    known_minimizers: ClassVar[tuple[tuple[float, float], ...]] = ()
    known_minimum: ClassVar[float | None] = None

    @abstractmethod
    def evaluate(self, x: Array, y: Array) -> Array:
        """Value at (x, y), elementwise."""

    @abstractmethod
    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Derivatives with respect to x and to y, elementwise."""

    def value(self, params: Array) -> Array:
        """Value of every params vector."""
        return self.evaluate(params[..., 0], params[..., 1])

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Gradient of every params vector; there are no samples, so `rows` changes nothing."""
        return np.stack(self.slopes(params[..., 0], params[..., 1]), axis=-1)

    @property
    def param_names(self) -> tuple[str, ...]:
        """Names of the params."""
        return ("x", "y")

    @property
    def bounds(self) -> Bounds:
        """Region that is usually drawn."""
        return self.default_bounds

    @property
    def start(self) -> Array:
        """Usual start."""
        return np.array(self.default_start)

    @cached_property
    def _minimizers(self) -> Array:
        return np.array(self.known_minimizers, dtype=np.float64).reshape(-1, 2)

    @property
    def minimizers(self) -> Array:
        """Global minimizers from the literature."""
        return self._minimizers

    @property
    def minimum(self) -> float | None:
        """Lowest value from the literature; None when the function has no lowest value."""
        return self.known_minimum
