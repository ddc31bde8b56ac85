"""Matrix factorization."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import final

import numpy as np

from lossopt.objectives._base import Bounds, NamedObjective
from lossopt.params import Array, IntArray, param


@final
@dataclasses.dataclass(frozen=True)
class MatrixFactorization(NamedObjective):
    """Write a matrix M as a product of two thin ones: mean of (UVᵀ − M)² over its entries.

    Params are U (rows × rank) row by row, then V (columns × rank). M is drawn from the seed with
    singular values from 1 down to 1/κ. The lowest value is the squares of those beyond the rank,
    divided by the number of entries; UA and VA⁻ᵀ are as good as U and V, so minimizers are never
    alone. At U = V = 0 there is a saddle; a descent starts near it.

    References
    ----------
    C. Eckart, G. Young, "The approximation of one matrix by another of lower rank", 1936.

    Examples
    --------
    >>> goal = MatrixFactorization(rows=3, columns=2, rank=1, condition_number=2.0)
    >>> goal.matrices, round(goal.minimum, 12)  # ½² over 6 entries
    (((3, 1), (2, 1)), 0.041666666667)
    >>> np.linalg.svd(goal.target, compute_uv=False).round(12)
    array([1. , 0.5])
    """

    checks = {
        **NamedObjective.checks,
        "factors": NamedObjective.checks["value"],
        "product": NamedObjective.checks["value"],
    }
    name = "Matrix factorization"
    year = 1936
    formula = (
        r"\frac{1}{nm}\,\bigl\|UV^\top - M\bigr\|_F^2,\quad"
        r" U \in \mathbb{R}^{n\times r},\ V \in \mathbb{R}^{m\times r}"
    )

    rows: int = param(6, "rows of M", 2, 12)
    columns: int = param(4, "columns of M", 2, 12)
    rank: int = param(2, "rank r", 1, 4)
    condition_number: float = param(10.0, "condition number κ", 1.0, 1000.0, log=True)
    matrix_seed: int = param(0, "seed of M and the start", 0, 9999)

    @property
    def n_params(self) -> int:  # type: ignore[override]
        """Entries of U and V."""
        return (self.rows + self.columns) * self.rank

    @property
    def matrices(self) -> tuple[tuple[int, int], ...]:  # type: ignore[override]
        """Shapes of U and V."""
        return ((self.rows, self.rank), (self.columns, self.rank))

    @cached_property
    def target(self) -> Array:
        """M, ``(rows, columns)``."""
        rng = np.random.default_rng(self.matrix_seed)
        left, right = (
            np.linalg.qr(rng.standard_normal((side, side)))[0] for side in (self.rows, self.columns)
        )
        sizes = self._singular_values()
        return np.asarray((left[:, : len(sizes)] * sizes) @ right[:, : len(sizes)].T)

    def _singular_values(self) -> Array:
        return np.geomspace(1.0, 1.0 / self.condition_number, min(self.rows, self.columns))

    def factors(self, params: Array) -> tuple[Array, Array]:
        """U and V of params: ``(..., rows, rank)`` and ``(..., columns, rank)``.

        >>> MatrixFactorization().factors(np.zeros((7, 20)))[1].shape
        (7, 4, 2)
        """
        lead, split = params.shape[:-1], self.rows * self.rank
        left = params[..., :split].reshape(*lead, self.rows, self.rank)
        return left, params[..., split:].reshape(*lead, self.columns, self.rank)

    def product(self, params: Array) -> Array:
        """UVᵀ of params, ``(..., rows, columns)``."""
        left, right = self.factors(params)
        return left @ right.swapaxes(-1, -2)

    def value(self, params: Array) -> Array:
        gaps = self.product(params) - self.target
        return np.square(gaps).reshape(*gaps.shape[:-2], -1).mean(axis=-1)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        left, right = self.factors(params)
        gaps = self.product(params) - self.target
        slopes = (gaps @ right, gaps.swapaxes(-1, -2) @ left)
        flat = [slope.reshape(*slope.shape[:-2], -1) for slope in slopes]
        return 2.0 / self.target.size * np.concatenate(flat, axis=-1)

    @property
    def param_names(self) -> tuple[str, ...]:
        """Letters u and v with row and column."""
        return tuple(
            f"{letter}{i + 1},{k + 1}"
            for letter, side in (("u", self.rows), ("v", self.columns))
            for i in range(side)
            for k in range(self.rank)
        )

    @property
    def bounds(self) -> Bounds:
        """Region that holds the params of a balanced factorization."""
        return ((-1.0, 1.0),) * self.n_params

    @property
    def start(self) -> Array:
        """Small random params, near the saddle at 0."""
        rng = np.random.default_rng([self.matrix_seed, 1])
        return np.asarray(0.2 * rng.standard_normal(self.n_params))

    @property
    def minimum(self) -> float | None:
        """Squares of the singular values beyond the rank, over the number of entries."""
        beyond = self._singular_values()[self.rank :]
        return float(np.square(beyond).sum() / (self.rows * self.columns))
