"""Where a mean loss is lowest: the exact minimizer where one exists, else the best point found."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.borders import trusted
from lossopt.losses import Loss
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.models import LinearInParams, Model
from lossopt.objectives._base import Objective
from lossopt.objectives._kinks import Kinks, minimize_kinks
from lossopt.objectives._reduced import (
    FLAT,
    Coordinates,
    ReducedRisk,
    Samples,
    coordinates,
    escapes,
    may_escape,
    newton,
    weighted,
)
from lossopt.objectives._search import search
from lossopt.objectives._separation import separation
from lossopt.params import Array

RIDGE = 1e-3
"""Penalty on the mean square of the predictions, where the loss alone has no minimizer."""
MOST_PARAMS = 700
"""Beyond so many a Hessian takes too long, and a search stands in."""
SEARCH = 6_000_000
"""Samples × params × steps that a search among many valleys may cost."""


@dataclasses.dataclass(frozen=True, eq=False)
class Reference:
    """A point to look at.

    Attributes
    ----------
    params : array (n_params,)
    is_minimizer : bool
        Whether it is a global minimizer, rather than the best point found.
    reason : str
        Why it is none, else empty: ``"separable"`` (all classes, the loss falls to 0),
        ``"partly separable"`` (some classes, or one is missing; the loss falls to more than 0),
        ``"not convex"`` or ``"not found"`` (beyond 700 params only a short search is made).
    directions : array (n_params, rank)
        Orthonormal directions in which the objective changes; along the others all
        points are minimizers.
    is_unique : bool
        Whether all minimizers differ by the other directions only. Else there may be more of them
        (the median of an even number of samples), and a distance to this one says little.
    """

    params: Array
    is_minimizer: bool
    reason: str
    directions: Array
    is_unique: bool = True


def find_reference(
    goal: Objective, model: Model, loss: Loss, samples: Samples, n_outputs: int
) -> Reference:
    """Find the point of lowest mean loss.

    Smooth convex losses are solved by Newton's method, losses with kinks (absolute error, hinge) by
    a simplex method. Where classes can be separated, cross-entropy has no minimizer: the norm of
    the params grows without end while the loss falls, so a lightly penalized solution stands in.
    """
    with np.errstate(all="ignore"):
        samples = samples.evened()
        if not np.isfinite(samples.inputs).all():
            return _unknown(goal, goal.start)
        found = _find(trusted(goal), trusted(model), trusted(loss), samples, n_outputs)
    return found if np.isfinite(found.params).all() else _unknown(goal, goal.start)


def _find(goal: Objective, model: Model, loss: Loss, samples: Samples, n_outputs: int) -> Reference:
    if not isinstance(model, LinearInParams):
        n_steps = _search_steps(goal, SEARCH)
        return _unknown(goal, search(goal, goal.start, n_steps), "not convex")
    if goal.n_params > MOST_PARAMS:
        return _unknown(goal, search(goal, goal.start, _search_steps(goal, 10 * SEARCH)))
    where = coordinates(samples.inputs, n_outputs, samples.weights)
    if not loss.convex:
        return _best_found(loss, samples, where)
    predictions = model.predict(goal.start, samples.inputs)
    near = samples.y if loss.task == "regression" else predictions
    if loss.curvature(near, samples.y).any():
        return _smooth(loss, samples, where)
    if loss.task == "multiclass":
        return _unknown(goal, _descend_safely(goal, goal.start))
    return _kinked(loss, samples, where)


def _search_steps(goal: Objective, budget: int) -> int:
    return int(np.clip(budget // (goal.n_samples * goal.n_params), 20, 120))


def _unknown(goal: Objective, params: Array, reason: str = "not found") -> Reference:
    return Reference(params, False, reason, np.eye(goal.n_params))


def _smooth(loss: Loss, samples: Samples, where: Coordinates) -> Reference:
    y, reduced = samples.y, ReducedRisk(loss, samples.y, where, weights=samples.weights)
    t = np.zeros(where.scores.shape[1] * where.mix.shape[1])
    pulls = loss.gradient(reduced.predict(t), y)
    pulls = weighted(samples.weights, pulls, pulls.ndim - 1)
    if loss.task == "regression":
        t = where.scores.T @ y / len(y)
    t = newton(reduced, t)
    tolerance = 1e-8 * float(np.sqrt(np.square(pulls).mean()))
    settled = np.linalg.norm(reduced.gradient(t)) <= tolerance and _is_curved(reduced, t)
    if may_escape(reduced) and not (settled and not escapes(reduced, t)):
        found = "separable" if escapes(reduced, t) else separation(where, y)
        if found != "":
            t = newton(dataclasses.replace(reduced, ridge=RIDGE), 0.0 * t)
            return Reference(where.params(t), False, found or "not found", where.directions)
        t = newton(reduced, t, patient=True)
    elif not settled and loss.task == "regression":
        t = newton(reduced, _median(samples, where, t))
    steep = np.linalg.norm(reduced.gradient(t)) > tolerance
    reason, curved = "not found" if steep else "", _is_curved(reduced, t)
    return Reference(where.params(t), not steep, reason, where.directions, curved)


def _median(samples: Samples, where: Coordinates, start: Array) -> Array:
    """Minimizer of the absolute error: a start that no outlier draws into the straight tails."""
    slopes = weighted(samples.weights, np.ones_like(samples.y))
    return minimize_kinks(Kinks(where.scores, samples.y, -slopes, slopes), start)[0]


def _is_curved(reduced: ReducedRisk, t: Array) -> bool:
    sizes = np.linalg.eigvalsh(reduced.hessian(t))
    return bool(sizes[0] >= FLAT * sizes[-1] > 0.0)


def _kinked(loss: Loss, samples: Samples, where: Coordinates) -> Reference:
    """Slopes beside each kink are all that these losses differ in."""
    y = samples.y
    kink = y if loss.task == "regression" else 2.0 * y - 1.0
    low, high = (weighted(samples.weights, loss.gradient(kink + side, y)) for side in (-1.0, 1.0))
    start = where.scores.T @ kink / len(y)
    t, lowest, unique = minimize_kinks(Kinks(where.scores, kink, low, high), start)
    reason = "" if lowest else "not found"
    return Reference(where.params(t), lowest, reason, where.directions, unique)


def _best_found(loss: Loss, samples: Samples, where: Coordinates) -> Reference:
    """Lowest point that Newton's method reaches from zero and from the cross-entropy's answer."""
    reduced = ReducedRisk(loss, samples.y, where, RIDGE, samples.weights)
    origin = np.zeros(where.scores.shape[1] * where.mix.shape[1])
    starts = [origin]
    if loss.task == "binary":
        starts.append(newton(dataclasses.replace(reduced, loss=BinaryCrossEntropy()), origin))
    ends = [newton(reduced, start) for start in starts]
    best = min(ends, key=reduced.value)
    return Reference(where.params(best), False, "not convex", where.directions)


def _descend_safely(goal: Objective, start: Array, n_steps: int = 300) -> Array:
    """Gradient descent that keeps only steps that lower the mean loss."""
    params, value, reach = start, float(goal.value(start)), 1.0
    for _ in range(n_steps):
        candidates = params - reach * 2.0 ** np.arange(2, -9, -1)[:, None] * goal.gradient(params)
        values = goal.value(candidates)
        best = int(np.argmin(values))
        if not values[best] < value:
            break
        params, value = candidates[best], float(values[best])
        reach *= 2.0 ** (2 - best)
    return params
