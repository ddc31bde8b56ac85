"""Params that are matrices: laid out row by row, one matrix after the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.params import Array, IntArray

Shapes = tuple[tuple[int, int], ...]
"""Rows and columns of every matrix."""


def each_matrix(function: Callable[[Array], Array], values: Array, shapes: Shapes) -> Array:
    """Apply a function to every matrix.

    Parameters
    ----------
    function : callable
        From ``(n_runs, rows, columns)`` to an array that broadcasts to the same shape.
    values : array (n_runs, n_params)
    shapes : tuple of pairs

    Returns
    -------
    array (n_runs, n_params)

    Examples
    --------
    >>> swapped = each_matrix(lambda m: m[:, ::-1], np.arange(6.0)[None], ((2, 2), (1, 2)))
    >>> swapped
    array([[2., 3., 0., 1., 4., 5.]])
    """
    results, first = [], 0
    for rows, columns in shapes:
        part = values[:, first : (first := first + rows * columns)]
        matrices = np.copy(part, order="C").reshape(-1, rows, columns)
        found = np.broadcast_to(function(matrices), matrices.shape)
        results.append(found.reshape(-1, rows * columns))
    return np.concatenate(results, axis=1)


def mean_over(axes: int | tuple[int, int], values: Array, shapes: Shapes) -> Array:
    """Mean over rows (−2), columns (−1) or both of every matrix, repeated to full size.

    Examples
    --------
    >>> mean_over(-1, np.array([[1.0, 3.0, 5.0, 7.0]]), ((2, 2),))
    array([[2., 2., 6., 6.]])
    """
    return each_matrix(lambda matrices: matrices.mean(axis=axes, keepdims=True), values, shapes)


class MatrixRule(Optimizer):
    """A rule that reads its params as the objective's matrices; `update` alone, as one row."""

    needs_matrices = True

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        return self.update(gradient, state | {"shapes": objective.matrices}, params)
