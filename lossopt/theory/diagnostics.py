"""What theory and measurement say about an objective, an optimizer and a run."""

from __future__ import annotations

import numpy as np

from lossopt.arguments import kind_of, real_array, whole, wholes
from lossopt.curvatures import condition, root_condition
from lossopt.landscapes.surfaces import resting_point
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, Number
from lossopt.trajectories import Trajectory

DENSE = 64
"""Params up to which a curvature is found from the whole Hessian matrix."""
BLOCK = 1 << 21
"""Numbers that Lanczos' method may remember at a time."""


def excess_loss(objective: Objective, run: Trajectory) -> float:
    """Loss above the minimum at the end of a run, the loss itself where no minimum is known.

    Infinite if the run diverged.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> run = lo.descend(lo.OPTIMIZERS["newton"](), bowl, start=[3.0, 0.4], n_steps=0)
    >>> round(excess_loss(bowl, run), 6)
    5.3
    """
    _check(objective, run)
    if run.diverged_at is not None:
        return float("inf")
    return float(run.losses[-1] - (objective.minimum or 0.0))


def gradient_norms(objective: Objective, run: Trajectory) -> Array:
    """Norm of the full-data gradient at every iterate, ``(n_steps + 1,)``; NaN after divergence.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    >>> gradient_norms(bowl, lo.descend(rule, bowl, start=[3.0, 0.4], n_steps=1))
    array([5. , 2.7])
    """
    _check(objective, run)
    with np.errstate(all="ignore"):
        return np.asarray(np.linalg.norm(objective.gradient(run.iterates), axis=-1))


def effective_learning_rates(objective: Objective, run: Trajectory) -> Array:
    """Learning rate of every parameter in every step, −Δθ/g, ``(n_steps, n_params)``.

    It is what plain gradient descent would need for the same step: η itself there, up to η/(1 − μ)
    with momentum on a constant gradient, negative where a parameter climbs. g is the full-data
    gradient before the step; NaN where it is 0 and after divergence.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> rule = lo.OPTIMIZERS["adam"](learning_rate=0.1)
    >>> run = lo.descend(rule, bowl, start=[2.0, 0.5], n_steps=1)
    >>> effective_learning_rates(bowl, run).round(6)
    array([[0.05, 0.02]])
    """
    _check(objective, run)
    with np.errstate(all="ignore"):
        gradients = objective.gradient(run.iterates[:-1])
        rates = -np.diff(run.iterates, axis=0) / gradients
    return np.where(gradients != 0.0, rates, np.nan)


def step_angles(objective: Objective, run: Trajectory) -> Array:
    """Angle between every step and the full-data −gradient in degrees, ``(n_steps,)``.

    0 is straight downhill, above 90 is uphill; NaN where the step or the gradient is 0.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    >>> step_angles(bowl, lo.descend(rule, bowl, start=[2.0, 0.5], n_steps=2)).round(6)
    array([0., 0.])
    """
    _check(objective, run)
    with np.errstate(all="ignore"):
        steps = _units(np.diff(run.iterates, axis=0))
        downhill = _units(-objective.gradient(run.iterates[:-1]))
        apart = np.linalg.norm(steps - downhill, axis=-1)
        along = np.linalg.norm(steps + downhill, axis=-1)
        return np.asarray(np.rad2deg(2.0 * np.arctan2(apart, along)))


def _check(objective: Objective, run: Trajectory) -> None:
    n_params = kind_of("objective", objective, Objective).n_params
    if kind_of("run", run, Trajectory).iterates.shape[1:] != (n_params,):
        raise ValueError("The run has another number of params than the objective.")


def _points(objective: Objective, params: object, name: str = "params") -> Array:
    """Params ``(..., n_params)``, which may have gone to infinity."""
    n_params = kind_of("objective", objective, Objective).n_params
    found = real_array(name, params)
    if found.shape[-1:] != (n_params,):
        raise ValueError(f"{name} must be shaped (..., {n_params}), but is {found.shape}.")
    return found


def _units(vectors: Array) -> Array:
    """Vectors of length 1, NaN for zero; a large entry is divided out first."""
    scaled = vectors / np.abs(vectors).max(axis=-1, keepdims=True)
    return np.asarray(scaled / np.linalg.norm(scaled, axis=-1, keepdims=True))


def hessian_product(objective: Objective, params: Array, vectors: Array) -> Array:
    """Hessian at `params` times `vectors`, without the Hessian, ``(..., n_params)``.

    Exact for formulas and for models that are linear in their params, else by central differences
    of the gradient.

    Parameters
    ----------
    objective : Objective
    params, vectors : array (..., n_params)

    References
    ----------
    B. A. Pearlmutter, "Fast Exact Multiplication by the Hessian", 1994.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> hessian_product(bowl, np.array([3.0, 1.0]), np.array([1.0, 2.0])).round(6)
    array([ 1., 20.])
    """
    params, vectors = _points(objective, params), _points(objective, vectors, "vectors")
    return objective.hessian_product(params, vectors)


def sharpness(objective: Objective, params: Array, *, max_products: int = 80) -> Array:
    """Largest eigenvalue of the Hessian at every params vector, ``(..., n_params)`` to ``(...)``.

    Lanczos' method needs only products of the Hessian with vectors, so hundreds of params are no
    hindrance. NaN where the params or the result are not finite.

    Parameters
    ----------
    objective : Objective
    params : array (..., n_params)
    max_products : int
        Products after which the best estimate is taken; it is never too large.

    References
    ----------
    C. Lanczos, "An iteration method for the solution of the eigenvalue problem of linear
    differential and integral operators", 1950. J. M. Cohen et al., "Gradient Descent on Neural
    Networks Typically Occurs at the Edge of Stability", 2021.

    Examples
    --------
    >>> import lossopt as lo
    >>> sharpness(lo.OBJECTIVES["rosenbrock"](), np.array([[1.0, 1.0], [0.0, 0.0]])).round(1)
    array([1001.6,  200. ])
    """
    points = _points(objective, params).reshape(-1, objective.n_params)
    whole("max_products", max_products, 1)
    largest = np.full(len(points), np.nan)
    finite = np.isfinite(points).all(axis=-1)
    size = max(1, BLOCK // (objective.n_params * min(max_products, objective.n_params)))
    with np.errstate(all="ignore"):
        for rows in np.split(np.flatnonzero(finite), range(size, int(finite.sum()), size)):
            if rows.size:
                largest[rows] = _lanczos(objective, points[rows], max_products)
    return largest.reshape(np.shape(params)[:-1])


def _lanczos(objective: Objective, points: Array, max_products: int, tol: float = 1e-8) -> Array:
    """Largest eigenvalues; a direction that is used up is followed by a new random one."""
    n_points, n_params = points.shape
    n_products = min(n_params, max_products)
    rng = np.random.default_rng(0)
    basis = np.zeros((n_points, n_products + 1, n_params))
    basis[:, 0] = _units(rng.standard_normal((1, n_params)))
    matrix = np.zeros((n_points, n_products + 1, n_products + 1))
    largest = np.full(n_points, np.nan)
    for k in range(n_products):
        image = hessian_product(objective, points, basis[:, k])
        matrix[:, k, k] = np.einsum("ij,ij->i", image, basis[:, k])
        image = _beside(image, basis[:, : k + 1])
        lengths = np.linalg.norm(image, axis=-1)
        sizes = np.abs(matrix[:, : k + 1, : k + 1]).max(axis=(1, 2))
        used_up = ~(lengths > 1e-7 * sizes)
        lengths[used_up] = 0.0
        if used_up.any() and k + 1 < n_params:
            image[used_up] = _beside(rng.standard_normal(image.shape), basis[:, : k + 1])[used_up]
        basis[:, k + 1] = _units(image)
        matrix[:, k, k + 1] = matrix[:, k + 1, k] = lengths
        if k + 1 == n_products or k % 5 == 4:
            part = matrix[:, : k + 1, : k + 1]
            known = np.isfinite(part).all(axis=(1, 2))
            values, vectors = np.linalg.eigh(part[known])
            largest[known] = values[:, -1]
            error = lengths[known] * np.abs(vectors[:, -1, -1])
            if not (used_up.any() or (error > tol * np.abs(values[:, -1])).any()):
                break
    return largest


def _beside(vectors: Array, basis: Array) -> Array:
    """The part of every vector that its orthonormal basis ``(n, k, n_params)`` does not span."""
    for _ in range(2):  # once more, against rounding
        shares = basis @ vectors[..., None]
        vectors = vectors - (basis.swapaxes(1, 2) @ shares)[..., 0]
    return vectors


def stability_products(
    optimizer: Optimizer, objective: Objective, run: Trajectory, steps: IntArray | None = None
) -> Array:
    """Learning rate times sharpness at some iterates of a run, ``(n_iterates,)``.

    Above the optimizer's `stability_limit`, 2 for gradient descent, a small displacement grows.
    Coupled weight decay counts as curvature where the limit is known.

    Parameters
    ----------
    optimizer : Optimizer
        The one that made the run; its learning rate is taken as constant.
    objective : Objective
    run : Trajectory
    steps : array of int, optional
        Iterates to look at; all by default.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.19)
    >>> stability_products(rule, bowl, lo.descend(rule, bowl, n_steps=1)).round(6)
    array([1.9, 1.9])
    """
    kind_of("optimizer", optimizer, Optimizer)
    _check(objective, run)
    iterates = run.iterates
    if steps is not None:
        iterates = iterates[wholes("steps", steps, -len(iterates), len(iterates) - 1)]
    rate = float(np.max(optimizer.learning_rate))
    return rate * (sharpness(objective, iterates) + coupled_decay(optimizer))


def largest_curvature(objective: Objective, params: Array | None = None) -> float:
    """Largest eigenvalue λmax of the Hessian, at the minimizer unless `params` are given.

    Examples
    --------
    >>> import lossopt as lo
    >>> round(largest_curvature(lo.OBJECTIVES["rosenbrock"]()), 1)
    1001.6
    """
    kind_of("objective", objective, Objective)
    point = _points(objective, resting_point(objective) if params is None else params)
    if objective.n_params > DENSE:
        return float(sharpness(objective, point))
    with np.errstate(all="ignore"):
        matrix = objective.hessian(point)
    return float(np.linalg.eigvalsh(matrix)[-1]) if np.isfinite(matrix).all() else float("nan")


def condition_number(objective: Objective, params: Array | None = None) -> float:
    """Largest over smallest curvature κ, at the minimizer unless `params` are given.

    Directions in which no prediction changes are left out (all classes of a softmax shifted
    together). Infinite where some direction is flat in any units of the params, NaN where one
    curves downwards.

    Examples
    --------
    >>> import lossopt as lo
    >>> round(condition_number(lo.OBJECTIVES["rosenbrock"]()))
    2508
    """
    kind_of("objective", objective, Objective)
    point = _points(objective, resting_point(objective) if params is None else params)
    seen = np.eye(objective.n_params)
    if isinstance(objective, EmpiricalRisk):
        seen = objective.reference.directions
    with np.errstate(all="ignore"):
        root = objective.curvature_root(point)
        if root is not None:
            return root_condition(root @ seen) if np.isfinite(root).all() else float("nan")
        matrix, noise = objective.hessian(point), objective.hessian_error(point)
        if not np.isfinite(matrix).all():
            return float("nan")
        return condition(seen.T @ matrix @ seen, np.abs(seen.T) @ noise @ np.abs(seen))


def flat_directions(risk: EmpiricalRisk) -> int:
    """Count the directions in which all points are minimizers, as features depend on one another.

    All classes of a softmax shifted together do not count: every softmax has these.

    Examples
    --------
    >>> import lossopt as lo
    >>> twice = lo.Dataset([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]], [1.0, 3.0, 2.0], "regression")
    >>> flat_directions(lo.EmpiricalRisk(twice, lo.MODELS["linear"](), lo.LOSSES["mse"]()))
    1
    """
    kind_of("risk", risk, EmpiricalRisk)
    shifts = risk.n_params // risk.n_outputs if risk.n_outputs > 1 else 0
    return int(risk.n_params - shifts - risk.reference.directions.shape[1])


def largest_stable_learning_rate(optimizer: Optimizer, objective: Objective) -> float | None:
    """Largest learning rate with which full-batch steps stay near the minimizer.

    Exact on quadratics and linear regression with squared error, a guide elsewhere.
    None where no closed form or no minimizer is known. Coupled weight decay counts as curvature.

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["gradient_descent"]()
    >>> round(largest_stable_learning_rate(rule, lo.OBJECTIVES["rosenbrock"]()), 6)
    0.001997
    """
    kind_of("objective", objective, Objective)
    limit = kind_of("optimizer", optimizer, Optimizer).stability_limit()
    if not (isinstance(objective, EmpiricalRisk) or len(objective.minimizers)):
        return None
    curvature = largest_curvature(objective)
    if limit is None or not curvature > 0.0:
        return None
    return float(np.min(limit)) / (curvature + coupled_decay(optimizer))


def coupled_decay(optimizer: Optimizer) -> float:
    """What coupled weight decay adds to every curvature; 0 for adaptive rules: they rescale it.

    Examples
    --------
    >>> import lossopt as lo
    >>> [coupled_decay(lo.OPTIMIZERS[name](weight_decay=0.5)) for name in ("momentum", "adam")]
    [0.5, 0.0]
    """
    kind_of("optimizer", optimizer, Optimizer)
    if optimizer.stability_limit() is None:
        return 0.0
    decay: Number = getattr(optimizer, "weight_decay", 0.0)
    return float(np.max(decay))
