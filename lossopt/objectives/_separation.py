"""Whether classes can be separated: exactly, by a certificate for either answer.

Weights v separate where mᵢ·v > 0 for every sample i and every other class, mᵢ being what v adds to
the margin. They exist if and only if 0 is no mean of the mᵢ (Gordan). Where Σ λᵢ mᵢ = 0 with all
λᵢ > 0, no v with all mᵢ·v ≥ 0 can have one of these above 0; so they are set aside, and it goes on
beside them.

References
----------
A. Albert, J. A. Anderson, "On the existence of maximum likelihood estimates in logistic regression
models", 1984. C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems", 1974.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from lossopt.curvatures import triangle
from lossopt.objectives._reduced import Coordinates
from lossopt.params import Array, IntArray

Separation = Literal["separable", "partly separable", ""]
MAX_UNKNOWNS, MAX_NUMBERS = 300, 20_000_000
LIGHT = 1e-6
"""A weight this small beside the largest may be rounding."""
NONE = 1e-9
"""A margin this small, in lengths of the mᵢ, is none; a sine this small, no direction."""


def separation(where: Coordinates, y: Array) -> Separation | None:
    """Whether all classes can be separated, or some (``"partly separable"``), or none.

    None if that would take too long, or is too close to call.

    Examples
    --------
    >>> from lossopt.objectives._reduced import coordinates
    >>> inputs = np.column_stack([[0.0, 1.0, 1.0, 2.0], np.ones(4)])
    >>> separation(coordinates(inputs, 1), np.array([0.0, 0.0, 1.0, 1.0]))
    'partly separable'
    """
    n_others = max(1, len(where.mix) - 1)
    n_unknowns = where.scores.shape[1] * where.mix.shape[1]
    if n_unknowns > MAX_UNKNOWNS or len(y) * n_others * n_unknowns > MAX_NUMBERS:
        return None
    margins = _margins(where, y)
    for attempt in range(n_unknowns + 1):
        weights = _nearest_to_zero(margins)
        toward = weights @ margins
        if (margins @ toward).min() > max(0.5 * float(toward @ toward), NONE**2):
            return "partly separable" if attempt else "separable"
        if np.linalg.norm(toward) > NONE:
            return None
        margins = _beside(margins, margins[weights > LIGHT * weights.max()])
        if not len(margins):
            break
    return ""


def _margins(where: Coordinates, y: Array) -> Array:
    """What each coordinate adds to each margin, every row with length 1, ``(n, n_unknowns)``."""
    n_classes = len(where.mix)
    if n_classes == 1:
        rows = where.scores * (2.0 * y - 1.0)[:, None]
    else:
        own = y.astype(np.int64)
        others = (own[:, None] + np.arange(1, n_classes)) % n_classes
        gaps = where.mix[own][:, None] - where.mix[others]
        rows = where.scores[:, None, :, None] * gaps[:, :, None, :]
        rows = rows.reshape(len(y) * (n_classes - 1), -1)
    lengths = np.linalg.norm(rows, axis=1)
    return np.asarray(rows[lengths > 0.0] / lengths[lengths > 0.0, None])


def _nearest_to_zero(rows: Array) -> Array:
    """Weights λ ≥ 0 that bring Σ λᵢ (rowᵢ, 1) nearest to (0, 1)."""
    columns = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    goal = np.zeros(columns.shape[1])
    goal[-1] = 1.0
    weights, used = np.zeros(len(rows)), np.empty(0, dtype=np.int64)
    for _ in range(3 * columns.shape[1] + 30):
        rest = goal - weights[used] @ columns[used]
        gains = columns @ rest
        gains[used] = -np.inf
        best = int(np.argmax(gains))
        if gains[best] <= 1e-10 * np.linalg.norm(rest) or np.linalg.norm(rest) < NONE:
            break
        used, weights = _refitted(columns, goal, np.append(used, best), weights)
    return weights


def _refitted(
    columns: Array, goal: Array, used: IntArray, weights: Array
) -> tuple[IntArray, Array]:
    """Least squares on some columns; those that would get a weight below 0 are left out again."""
    while True:
        fitted = _least_squares(columns[used].T, goal)
        held, falling = weights[used], fitted <= 0.0
        weights = np.zeros_like(weights)
        if not falling.any():
            weights[used] = fitted
            return used, weights
        shares = np.full(len(used), np.inf)
        shares[falling] = held[falling] / (held[falling] - fitted[falling])
        moved = held + shares.min() * (fitted - held)
        stays = (shares > shares.min()) & (moved > 0.0)
        weights[used[stays]] = moved[stays]
        used = used[stays]


def _least_squares(columns: Array, goal: Array) -> Array:
    """By a QR factorization where the columns are independent: faster than by singular values."""
    n_columns = columns.shape[1]
    factor = triangle(np.column_stack([columns, goal]), n_others=1)
    if n_columns <= len(columns) and np.diagonal(factor)[:n_columns].all():
        return np.asarray(np.linalg.solve(factor[:n_columns, :n_columns], factor[:n_columns, -1]))
    return np.asarray(np.linalg.lstsq(columns, goal, rcond=None)[0])


def _beside(rows: Array, used: Array) -> Array:
    """Rows without their part along the used ones, with length 1 again; those within are gone."""
    _, sizes, axes = np.linalg.svd(used, full_matrices=False)
    axes = axes[sizes > NONE * sizes.max(initial=0.0)]
    rest = rows - (rows @ axes.T) @ axes
    lengths = np.linalg.norm(rest, axis=1)
    kept = lengths > NONE
    return np.asarray(rest[kept] / lengths[kept, None])
