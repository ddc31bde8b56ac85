"""Planes through the params of a network, where single params say little."""

from __future__ import annotations

import numpy as np

from lossopt.arguments import kind_of, numbers
from lossopt.landscapes.surfaces import Plane
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array, IntArray
from lossopt.trajectories import checked_seed

RANDOM = ("random 1", "random 2")
BETWEEN = ("first to second", "beside")
"""Names of the axes."""


def random_plane(objective: Objective, origin: Array | None = None, *, seed: int = 0) -> Plane:
    """Plane of two random directions, each as long per neuron as the neuron's own weights.

    Scaled so (filter-normalized), a network whose weights are all ten times larger, and which
    notices a step only a tenth as much, shows the same picture. A neuron's weights are those that
    lead into it, with its intercept; an objective without neurons counts as one.

    Parameters
    ----------
    objective : Objective
    origin : array (n_params,), optional
        Center of the plane, for example where a run ended; the objective's start by default.
    seed : int

    Returns
    -------
    Plane
        Its directions have length 1, so the paper's picture from −1 to 1 is the region from
        −‖origin‖ to ‖origin‖ (see `random_bounds`).

    References
    ----------
    H. Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018. There the two directions
    are nearly orthogonal; here they are made so neuron by neuron, which keeps their lengths.

    Examples
    --------
    >>> import lossopt as lo
    >>> plane = random_plane(lo.OBJECTIVES["rosenbrock"](), np.array([3.0, 4.0]))
    >>> bool(np.allclose(plane.directions @ plane.directions.T, np.eye(2)))
    True
    """
    kind_of("objective", objective, Objective)
    if objective.n_params < 2:
        raise ValueError("A plane needs two different params.")
    center = objective.start if origin is None else origin
    if objective.n_params < 2:
        raise ValueError("A plane needs two different params.")
    center = numbers("origin", center, (objective.n_params,))
    checked_seed("seed", seed)
    groups = _neurons(objective)
    lengths = _lengths(center, groups)
    if not lengths.any():
        lengths = np.ones(groups.max() + 1)
    rng = np.random.default_rng(seed)
    first = _with_lengths(rng.standard_normal(center.size), groups, lengths)
    second = rng.standard_normal(center.size)
    sizes = np.square(_lengths(first, groups))
    shared = np.bincount(groups, first * second) / _not_zero(sizes)
    second = _with_lengths(second - shared[groups] * first, groups, lengths)
    return Plane(center, _orthonormal(first, second, rng), RANDOM)


def random_bounds(plane: Plane) -> tuple[tuple[float, float], tuple[float, float]]:
    """Region of a random plane in which each direction goes from −1 to 1 times its origin's size.

    Examples
    --------
    >>> random_bounds(Plane(np.array([3.0, 4.0]), np.eye(2), ("random 1", "random 2")))
    ((-5.0, 5.0), (-5.0, 5.0))
    """
    kind_of("plane", plane, Plane)
    reach = float(np.linalg.norm(plane.origin)) or 1.0
    return ((-reach, reach), (-reach, reach))


def plane_between(
    objective: Objective,
    first: Array,
    second: Array,
    third: Array | None = None,
    *,
    seed: int = 0,
) -> Plane:
    """Plane that holds the line between two solutions, and a third one if given.

    Parameters
    ----------
    objective : Objective
    first, second : array (n_params,)
        The plane's x runs from `first`, at 0, to `second`, at their distance.
    third : array (n_params,), optional
        A point of the plane beside that line; without it the other direction is random and
        filter-normalized at the middle of the line.
    seed : int

    Raises
    ------
    ValueError
        If the points do not span a line, or with the third one a plane.

    References
    ----------
    I. J. Goodfellow, O. Vinyals, A. M. Saxe, "Qualitatively characterizing neural network
    optimization problems", 2015. T. Garipov et al., "Loss Surfaces, Mode Connectivity, and Fast
    Ensembling of DNNs", 2018.

    Examples
    --------
    >>> import lossopt as lo
    >>> a, b = np.array([0.0, 0.0]), np.array([3.0, 4.0])
    >>> plane_between(lo.OBJECTIVES["rosenbrock"](), a, b).project(np.stack([a, b])).round(12)[:, 0]
    array([0., 5.])
    """
    kind_of("objective", objective, Objective)
    start, other = (
        numbers(name, point, (objective.n_params,))
        for name, point in (("first", first), ("second", second))
    )
    checked_seed("seed", seed)
    along = other - start
    if third is None:
        aside = random_plane(objective, start + 0.5 * along, seed=seed).directions
        across = aside[0] if _beside(aside[0], along) >= _beside(aside[1], along) else aside[1]
    else:
        across = numbers("third", third, (objective.n_params,)) - start
    units = np.maximum(np.abs(along), np.abs(across))
    units = _not_zero(np.maximum(units, 1e-7 * np.abs(start)))  # rounding is no movement
    if not (along.any() and _beside(across / units, along / units) > 1e-9):
        raise ValueError("A plane needs points that do not all lie on one line.")
    directions = _orthonormal(along, across, np.random.default_rng(seed))
    return Plane(start, directions, BETWEEN)


def _neurons(objective: Objective) -> IntArray:
    if not isinstance(objective, EmpiricalRisk):
        return np.zeros(objective.n_params, dtype=np.int64)
    return objective.model.neurons(objective.dataset.X.shape[1], objective.n_outputs)


def _lengths(params: Array, groups: IntArray) -> Array:
    """Length of every neuron's weights."""
    return np.sqrt(np.bincount(groups, np.square(params)))


def _with_lengths(direction: Array, groups: IntArray, lengths: Array) -> Array:
    """The direction, its part in every neuron given the neuron's length."""
    own = _lengths(direction, groups)
    return np.asarray(direction * (lengths / _not_zero(own))[groups])


def _not_zero(values: Array) -> Array:
    return np.where(values > 0.0, values, 1.0)


def _beside(direction: Array, line: Array) -> float:
    """Sine of the angle between a direction and a line."""
    unit = line / max(float(np.linalg.norm(line)), 1e-300)
    rest = direction - (direction @ unit) * unit
    return float(np.linalg.norm(rest) / max(float(np.linalg.norm(direction)), 1e-300))


def _orthonormal(first: Array, second: Array, rng: np.random.Generator) -> Array:
    """Unit vectors along `first` and along the part of `second` across it; random where none is."""
    first = first / np.linalg.norm(first)
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("A plane needs directions of finite length.")
    while True:
        whole = float(np.linalg.norm(second))
        for _ in range(2):  # once more, against rounding
            second = second - (second @ first) * first
        length = float(np.linalg.norm(second))
        if length > 1e-14 * whole:
            return np.stack([first, second / length])
        second = rng.standard_normal(first.size)
