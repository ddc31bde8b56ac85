"""What theory says about an objective and an optimizer on it."""

from __future__ import annotations

import numpy as np

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.surfaces import resting_point


def largest_curvature(objective: Objective, params: Array | None = None) -> float:
    """Largest eigenvalue λmax of the Hessian, at the minimizer unless `params` are given.

    Examples
    --------
    >>> import lossopt as lo
    >>> round(largest_curvature(lo.OBJECTIVES["rosenbrock"]()), 1)
    1001.6
    """
    point = resting_point(objective) if params is None else params
    with np.errstate(all="ignore"):
        matrix = objective.hessian(point)
    return float(np.linalg.eigvalsh(matrix)[-1]) if np.isfinite(matrix).all() else float("nan")


def largest_stable_learning_rate(optimizer: Optimizer, objective: Objective) -> float | None:
    """Largest learning rate with which full-batch steps stay near the minimizer.

    Exact on quadratics and linear regression with squared error, a guide elsewhere.
    None where no closed form is known, and where there is no minimizer or a kink at it.

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["gradient_descent"]()
    >>> round(largest_stable_learning_rate(rule, lo.OBJECTIVES["rosenbrock"]()), 6)
    0.001997
    """
    limit = optimizer.stability_limit()
    if limit is None or not objective.smooth or not len(objective.minimizers):
        return None
    curvature = largest_curvature(objective)
    if not curvature > 0.0:
        return None
    return float(np.min(limit)) / (curvature + float(getattr(optimizer, "weight_decay", 0.0)))
