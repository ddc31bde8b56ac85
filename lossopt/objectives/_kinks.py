"""Exact minimizers of sums of kinked lines: absolute error, quantiles, hinge."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.curvatures import EPS
from lossopt.params import Array, IntArray

TIE = 1e-10
"""Shift of the kinks that keeps more than n of them from meeting in a point, relative to where
each lies as seen from the point reached."""
FINER = 1e-2
"""Another round is worth it if kinks lie this much nearer to the point it starts from."""
ROUNDS = 6
SEED = 1 << 32
"""Of the shifts; of no dataset, whose samples the shifts would follow."""


@dataclasses.dataclass(frozen=True, eq=False)
class Kinks:
    """F(t) = Σ ρ_i(a_i·t − c_i), where ρ_i has the slope `low` left of 0 and `high` right of it.

    Attributes
    ----------
    a : array (n_samples, n_unknowns)
        Of full column rank.
    c, low, high : array (n_samples,)
        With low < high, and F bounded below.
    """

    a: Array
    c: Array
    low: Array
    high: Array

    def subgradient(self, gaps: Array) -> Array:
        """Slopes of the terms; that of a kink itself is the middle one."""
        beside = np.where(gaps > 0.0, self.high, self.low)
        return np.asarray(np.where(gaps == 0.0, 0.5 * (self.low + self.high), beside))

    def corner(self, rows: IntArray) -> Array:
        """Point in which the kinks of `rows` meet."""
        return np.asarray(np.linalg.solve(self.a[rows], self.c[rows]), dtype=np.float64)

    def lowest_kink(self, t: Array, direction: Array) -> tuple[int, Array]:
        """Sample whose kink is lowest on the line through `t`, and the point there."""
        rates = self.a @ direction
        rates[np.abs(rates) < 1e-13 * (np.abs(self.a) @ np.abs(direction))] = 0.0
        crossed = np.flatnonzero(rates)
        where = (self.c - self.a @ t)[crossed] / rates[crossed]
        order = np.argsort(where, kind="stable")
        rises = (self.high - self.low)[crossed] * np.abs(rates[crossed])
        first = np.where(rates > 0.0, self.low, self.high) @ rates
        slopes = first + np.cumsum(rises[order])
        lowest = order[min(int(np.argmax(slopes >= -4.0 * EPS * rises.sum())), len(order) - 1)]
        return int(crossed[lowest]), t + where[lowest] * direction


def minimize_kinks(kinks: Kinks, start: Array) -> tuple[Array, bool, bool]:
    """Find a minimizer of F; also whether it surely is one, and surely the only one.

    A simplex method: from corner to corner of F along its edges, each time to the lowest kink on
    the edge, until no edge leads down. Ties are broken by a tiny fixed shift of the kinks, which
    does not change which corner is optimal.

    References
    ----------
    I. Barrodale, F. D. K. Roberts, "An Improved Algorithm for Discrete l1 Linear Approximation",
    1973.

    Examples
    --------
    >>> ones = np.ones(5)
    >>> data = np.array([1.0, 2.0, 3.0, 4.0, 100.0])
    >>> minimize_kinks(Kinks(ones[:, None], data, -ones, ones), np.zeros(1))
    (array([3.]), True, True)
    """
    t, near, found = start, np.inf, (start, False, False)
    for _ in range(ROUNDS):
        seen = dataclasses.replace(kinks, c=kinks.c - kinks.a @ t)
        distances = np.abs(seen.c)
        apart = distances[distances > 1e-13 * (np.abs(kinks.c) + np.abs(kinks.a) @ np.abs(t))]
        nearest = float(np.quantile(apart, 0.1)) if len(apart) else 0.0
        least = float(apart.min()) if len(apart) else 1.0
        if not nearest < FINER * near:
            break
        corner, lowest, unique = _lowest_corner(seen, TIE * np.maximum(distances, least))
        near, t = nearest, kinks.corner(corner)
        found = (t, lowest, unique)
    return found


def _lowest_corner(kinks: Kinks, shifts: Array) -> tuple[IntArray, bool, bool]:
    """Kinks of an optimal corner, from 0 on, each shifted by at most so much."""
    moved = shifts * np.random.default_rng(SEED).uniform(-1.0, 1.0, len(kinks.c))
    shifted = dataclasses.replace(kinks, c=kinks.c + moved)
    t, corner = _first_corner(shifted, np.zeros(kinks.a.shape[1]))
    n_unknowns = len(t)
    lowest = unique = False
    for _ in range(200 + 20 * n_unknowns):
        slopes = shifted.subgradient(shifted.a @ t - shifted.c)
        slopes[corner] = 0.0
        edges: Array = np.asarray(np.linalg.inv(shifted.a[corner]), dtype=np.float64)
        forces = -(slopes @ shifted.a) @ edges
        over, under = forces - kinks.high[corner], kinks.low[corner] - forces
        worst = int(np.argmax(np.maximum(over, under)))
        excess = max(float(over[worst]), float(under[worst]))
        if excess <= 1e-9:
            lowest, unique = True, excess < -1e-9
            break
        sign = 1.0 if over[worst] > under[worst] else -1.0
        corner[worst], _ = shifted.lowest_kink(t, sign * edges[:, worst])
        t = shifted.corner(corner)
    return corner, lowest, unique


def _first_corner(kinks: Kinks, start: Array) -> tuple[Array, IntArray]:
    """Go down to a first kink, along it to a second, and so on to a corner."""
    t, free = start, np.eye(len(start))
    corner = []
    while free.shape[1]:
        downhill = free.T @ (kinks.subgradient(kinks.a @ t - kinks.c) @ kinks.a)
        if np.linalg.norm(downhill) < 1e-9:
            downhill = free.T @ kinks.a[np.argmax(np.square(kinks.a @ free).sum(axis=1))]
        row, t = kinks.lowest_kink(t, free @ downhill)
        corner.append(row)
        blocked = (free.T @ kinks.a[row])[:, None]
        free = free @ np.linalg.qr(blocked, mode="complete")[0][:, 1:]
    return t, np.array(corner, dtype=np.int64)
