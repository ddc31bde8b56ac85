"""Cross-entropies: a sum of logarithms is the logarithm of a product.

With m_k the logit of class k relative to the true class, a sample's loss is log f with
f = 1 + Σ_k e^(m_k). Each e^(m_k) is a factor of the column times a factor of the row, so f is a
short sum of such products. Multiplied out for a few samples it still is one, only longer: one
matrix product gives it for the whole grid, and one logarithm does for dozens of samples.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from lossopt.landscapes.fast._sheet import EPS, TOLERANCE, Sheet, Values
from lossopt.params import Array

BLOCK = 1 << 13
"""Samples times columns worked on at once: small enough for the cache."""
COLUMNS = 128
"""Columns worked on at once."""
CELLS = 1 << 18
"""Grid points times groups worked on at once."""
HIGHEST = 16.0
"""Largest exponent of a row's factor; more is split into bands of rows with a center each."""
LARGEST = 650.0
"""Largest logarithm of a product that is safe in float64."""
POWERS = 8
"""Samples multiplied out where all have the same factors of the row: a polynomial in them."""
TERMS = 9
"""Most terms of a product multiplied out where they have not."""
GROUP = 8
"""Samples per logarithm where the mean loss is small."""


@dataclasses.dataclass(frozen=True, eq=False)
class Exponents:
    """Logits relative to the true class, m = m₀ + x·m₁ + y·m₂.

    Attributes
    ----------
    m : array (3, K − 1, n_samples)
        Of the other classes.
    x : array (nx,)
    y : array (ny,)
    """

    m: Array
    x: Array
    y: Array


def binary_cross_entropy(sheet: Sheet) -> Values:
    """Mean of log(1 + e^(−sz)), s = ±1."""
    m = sheet.z * (1.0 - 2.0 * sheet.risk.y)
    return mean_log_sum(Exponents(m[:, None], sheet.x, sheet.y))


def categorical_cross_entropy(sheet: Sheet) -> Values:
    """Mean of log(1 + Σ_k e^(m_k)), less the share s/K of all m_k that label smoothing moves."""
    n_samples, n_classes = sheet.z.shape[1:]
    labels = sheet.risk.y.astype(np.int64)
    relative = sheet.z - sheet.z[:, np.arange(n_samples), labels][..., None]
    others = (labels[:, None] + np.arange(1, n_classes)) % n_classes
    m = np.moveaxis(np.take_along_axis(relative, others[None], axis=-1), -1, 1)
    values, rounding = mean_log_sum(Exponents(np.ascontiguousarray(m), sheet.x, sheet.y))
    smoothing = float(getattr(sheet.risk.loss, "label_smoothing", 0.0))
    if smoothing:
        base, of_x, of_y = -smoothing / n_classes * m.sum(axis=1).mean(axis=1)
        values += np.add.outer(base + of_y * sheet.y, of_x * sheet.x)
        base, of_x, of_y = smoothing * np.abs(m).sum(axis=1).mean(axis=1)
        reach = np.add.outer(base + of_y * np.abs(sheet.y), of_x * np.abs(sheet.x))
        rounding = rounding + 4.0 * EPS * reach
    return values, rounding


def mean_log_sum(exponents: Exponents) -> Values:
    """Mean over samples of log(1 + Σ_k e^(m_k)) on the grid."""
    m, x, y = exponents.m, exponents.x, exponents.y
    if _slopes(m[1])[1] and not _slopes(m[2])[1]:
        values, rounding = mean_log_sum(Exponents(m[[0, 2, 1]], y, x))
        return values.T, rounding.T
    steepest = float(np.abs(m[2]).max(initial=0.0))
    n_bands = int(min(y.size, steepest * (y[-1] - y[0]) / 2.0 // HIGHEST + 1.0))
    values, rounding = np.empty((y.size, x.size)), np.empty((y.size, x.size))
    for rows in np.array_split(np.arange(y.size), n_bands):
        center = 0.5 * (y[rows[0]] + y[rows[-1]])
        moved = np.stack([m[0] + center * m[2], m[1], m[2]])
        reach = steepest * float(y[rows[-1]] - center) + float(np.log(m.shape[1] + 1.0))
        for columns in np.array_split(np.arange(x.size), -(-x.size // COLUMNS)):
            tile = Exponents(moved, x[columns], y[rows] - center)
            values[np.ix_(rows, columns)] = _tile(tile, reach)
        rounding[rows] = EPS * (reach + 4.0)
    small = rounding > TOLERANCE * values
    for row in np.flatnonzero(small.any(axis=1)):
        first, last = np.flatnonzero(small[row])[[0, -1]]
        inside = slice(first, last + 1)
        values[row, inside] = _small(m[0] + y[row] * m[2], m[1], x[inside])
        rounding[row, inside] = EPS * values[row, inside]
    return values, rounding


def _slopes(slopes: Array) -> tuple[Array | None, float]:
    """Slope of every sample, if those of its classes are that or 0, and what they have in common.

    Returns
    -------
    slopes : array (n_samples,) or None
    common : float
        b > 0, if all are b, −b or 0; else 0.
    """
    sizes = np.abs(slopes)
    steepest = np.take_along_axis(slopes, sizes.argmax(axis=0)[None], axis=0)[0]
    largest = float(sizes.max(initial=0.0))
    if not ((slopes == 0.0) | (slopes == steepest)).all():
        return None, 0.0
    return steepest, largest if bool(((sizes == largest) | (sizes == 0.0)).all()) else 0.0


def _tile(exponents: Exponents, reach: float) -> Array:
    """Mean over samples of log f for rows whose exponents stay within `reach` of the center's."""
    m, x, y = exponents.m, exponents.x, exponents.y
    slopes, common = _slopes(m[2])
    total, of_column, of_row = np.zeros((y.size, x.size)), np.zeros_like(x), np.zeros_like(y)
    powers = np.exp(common * np.multiply.outer(np.arange(POWERS + 1.0), y))[:, None]
    width = POWERS * max(1, BLOCK // (POWERS * x.size))
    space = np.empty(CELLS)
    for first in range(0, m.shape[2], width):
        some = slice(first, first + width)
        terms, top = _terms(m[0, :, some], m[1, :, some], x)
        of_column += top.sum(axis=0)
        if slopes is None:
            across, up, group = _multiplied_out(terms, m[2, :, some], y)
        else:
            terms = _still_and_moving(terms, m[2, :, some] != 0.0)
            if common:
                falling = slopes[some] < 0.0
                of_row += y * slopes[some][falling].sum()
                terms = np.where(falling[:, None], terms[::-1], terms)
                across, up, group = _polynomials(terms), powers, POWERS
            else:
                across, up, group = _multiplied_out(terms, slopes[None, some], y)
        _add_logs(total, across, up, max(1, int(LARGEST / (group * reach))), space)
    total += np.add.outer(of_row, of_column)
    return np.asarray(total / m.shape[2])


def _terms(base: Array, slope: Array, x: Array) -> tuple[Array, Array]:
    """Terms of f for each column, the 1 first, divided by e^top so that none is above 1.

    Returns
    -------
    terms : array (K, n_samples, nx)
    top : array (n_samples, nx)
    """
    terms = np.empty((len(base) + 1, base.shape[1], x.size))
    np.multiply(slope[..., None], x, out=terms[1:])
    terms[1:] += base[..., None]
    top = np.maximum(terms[1], 0.0)
    for other in terms[2:]:
        np.maximum(top, other, out=top)
    terms[1:] -= top
    np.negative(top, out=terms[0])
    return np.exp(terms, out=terms), top


def _still_and_moving(terms: Array, moving: NDArray[np.bool_]) -> Array:
    """Add up the terms that do not change from row to row, and those that do, ``(2, n, nx)``."""
    if len(terms) == 2 and moving.all():
        return terms
    summed = np.stack([terms[0], np.zeros_like(terms[0])])
    for term, moves in zip(terms[1:], moving, strict=True):
        summed[0] += term * ~moves[:, None]
        summed[1] += term * moves[:, None]
    return summed


def _polynomials(factors: Array) -> Array:
    """Multiply linear polynomials: ``(2, n, nx)`` to ``(POWERS + 1, n / POWERS, nx)``."""
    factors = _padded(factors, POWERS)
    while len(factors) <= POWERS:
        half, degree = factors.shape[1] // 2, len(factors) - 1
        left, right = factors[:, :half], factors[:, half:]
        factors = np.zeros((2 * degree + 1, *left.shape[1:]))
        for power in range(degree + 1):
            factors[power : power + degree + 1] += left[power] * right
    return factors


def _multiplied_out(terms: Array, slopes: Array, y: Array) -> tuple[Array, Array, int]:
    """All products of one term of each sample of a group.

    Parameters
    ----------
    terms : array (k, n_samples, nx)
    slopes : array (k − 1, n_samples)
        Of all terms but the first, whose factor of the row is 1.
    y : array (ny,)

    Returns
    -------
    across : array (k^group, n_groups, nx)
    up : array (k^group, n_groups, ny)
    group : int
    """
    up = np.ones((*terms.shape[:2], y.size))
    np.exp(slopes[..., None] * y, out=up[1:])
    group = max(g for g in (1, 2, 3) if g == 1 or len(terms) ** g <= TERMS)
    products = []
    for factors in (terms, up):
        first, *parts = np.split(_padded(factors, group), group, axis=1)
        for part in parts:
            first = (first[:, None] * part).reshape(-1, *part.shape[1:])
        products.append(first)
    return products[0], products[1], group


def _padded(factors: Array, group: int) -> Array:
    """Fill up to a multiple of `group` with samples whose f is 1."""
    missing = -factors.shape[1] % group
    if not missing:
        return factors
    ones = np.zeros((len(factors), missing, factors.shape[2]))
    ones[0] = 1.0
    return np.concatenate([factors, ones], axis=1)


def _add_logs(total: Array, across: Array, up: Array, n_safe: int, space: Array) -> None:
    """Add the logarithms of Σ_r across_r · up_r of all groups, `n_safe` groups per logarithm."""
    n_groups, n_columns = across.shape[1:]
    height = max(1, space.size // (n_groups * n_columns))
    for start in range(0, len(total), height):
        rows = slice(start, start + height)
        n_rows = len(total[rows])
        f = space[: n_groups * n_rows * n_columns].reshape(n_groups, n_rows, n_columns)
        np.matmul(up[:, :, rows].transpose(1, 2, 0), across.transpose(1, 0, 2), out=f)
        for first in range(0, len(f), n_safe):
            product = np.multiply.reduce(f[first : first + n_safe], axis=0)
            total[rows] += np.log(product, out=product)


def _small(base: Array, slope: Array, x: Array) -> Array:
    """Mean of log(1 + e) over samples on a piece of a row, with e = Σ_k e^(base + x·slope).

    Π(1 + e) − 1 is built up by q ← q + e + qe, so that nothing small is lost beside the 1.
    """
    n_samples = base.shape[1]
    width = GROUP * max(1, BLOCK // (GROUP * x.size))
    total = np.zeros(x.size)
    for first in range(0, n_samples, width):
        some = slice(first, first + width)
        e = np.exp(base[:, some, None] + slope[:, some, None] * x).sum(axis=0)
        missing = -len(e) % GROUP
        members = np.concatenate([e, np.zeros((missing, x.size))]).reshape(-1, GROUP, x.size)
        q = members[:, 0].copy()
        for member in range(1, GROUP):
            q += members[:, member] * (1.0 + q)
        total += np.log1p(q).sum(axis=0)
    return np.asarray(total / n_samples)
