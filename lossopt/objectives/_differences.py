"""Second derivatives by differences of the gradient, over steps that are short enough."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossopt.params import Array

SHORTER = 0.25
"""Share of a step over which the difference is taken again."""
AGREED = 1e-6
"""Two differences that lie this near to each other, relative to their size, are trusted."""
NOISE = 4.0 * float(np.finfo(np.float64).eps)
"""Rounding of a gradient, relative to its largest entry."""
ROUNDS = 30


@np.errstate(all="ignore")
def change_along(
    gradient: Callable[[Array], Array], points: Array, directions: Array, steps: Array
) -> Array:
    """Derivative of the gradient along one direction at every point, by central differences.

    Near an edge of where there is a gradient, and where the gradient bends much within the step,
    the difference over a quarter of the step is another one. Such a step is shortened until both
    agree to one part in a million, or until rounding outweighs what would be won.

    Parameters
    ----------
    gradient : function of an array (n, n_params)
    points, directions : array (n, n_params)
    steps : array (n,)
        Usual steps, as multiples of the directions.

    Returns
    -------
    array (n, n_params)
        NaN where there is no gradient at the point or close by.

    References
    ----------
    W. H. Press et al., "Numerical Recipes", section "Numerical Derivatives", 2007.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> edge = change_along(lambda x: -1.0 / x, 1e-5 * one, one, np.array([6e-6]))
    >>> bool(abs(edge[0, 0] / 1e10 - 1.0) < 1e-6)
    True
    """
    found, error, allowed, noise = _two_differences(gradient, points, directions, steps)
    rough = np.flatnonzero(~(error <= allowed + noise))
    if not rough.size:
        return found
    error, steps = error + noise, np.copy(steps)
    rough = rough[np.isfinite(gradient(points[rough])).all(axis=-1)]
    for _ in range(ROUNDS):
        steps[rough] = _shorter(steps[rough], points[rough], directions[rough])
        rough = rough[steps[rough] > 0.0]
        if not rough.size:
            break
        again, apart, allowed, noise = _two_differences(
            gradient, points[rough], directions[rough], steps[rough]
        )
        better = apart + noise < error[rough]
        found[rough[better]], error[rough[better]] = again[better], (apart + noise)[better]
        rough = rough[~(apart <= allowed) & (noise < error[rough])]
    return found


def _two_differences(
    gradient: Callable[[Array], Array], points: Array, directions: Array, steps: Array
) -> tuple[Array, Array, Array, Array]:
    """Differences over the steps, how far from those over shorter ones, what is allowed, noise."""
    reach = np.stack([steps, _shorter(steps, points, directions)])[..., None]
    shifts = reach * directions
    ends = np.stack([points + shifts, points - shifts])
    slopes = gradient(ends.reshape(-1, points.shape[-1])).reshape(ends.shape)
    found, closer = (slopes[0] - slopes[1]) / (2.0 * reach)
    apart = np.abs(found - closer).max(axis=-1)
    apart = np.where(np.isfinite(apart), apart, np.inf)
    noise = NOISE * np.abs(slopes[:, 1]).max(axis=(0, -1)) / reach[1, :, 0]
    return found, apart, AGREED * np.abs(closer).max(axis=-1), np.where(noise < np.inf, noise, 0.0)


def _shorter(steps: Array, points: Array, directions: Array) -> Array:
    """Shorter steps, as the params can hold them; 0 where they would move nothing."""
    moved = (points + (SHORTER * steps)[:, None] * directions) - points
    sizes = np.square(directions).sum(axis=-1)
    return np.asarray((moved * directions).sum(axis=-1) / np.where(sizes > 0.0, sizes, 1.0))
