"""Where a mean loss is lowest: the exact minimizer where one exists, else the best point found."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from lossopt.params import Array

if TYPE_CHECKING:
    from lossopt.objectives._risk import EmpiricalRisk

RIDGE = 1e-3
"""Penalty that gives separable data, which have no minimizer, a finite reference point."""


@dataclasses.dataclass(frozen=True, eq=False)
class Reference:
    """A point to look at.

    Attributes
    ----------
    params : array (n_params,)
    is_minimizer : bool
        Whether it is a global minimizer, rather than the best point found.
    reason : str
        Why it is none: ``"separable"``, ``"not convex"`` or ``"not found"``; else empty.
    directions : array (n_params, rank)
        Orthonormal directions in which the objective changes; along the others all
        points are minimizers.
    """

    params: Array
    is_minimizer: bool
    reason: str
    directions: Array


def find_reference(risk: EmpiricalRisk) -> Reference:
    """Find the point of lowest mean loss.

    Convex and smooth losses are solved by a damped Newton method, the absolute error by
    reweighted least squares that ends on a vertex. Separable classes have no minimizer: the norm
    of the params grows without end while the loss falls, so a lightly penalised solution stands in.
    """
    everywhere = np.eye(risk.n_params)
    with np.errstate(all="ignore"):
        if not risk.convex:
            return Reference(_descend_safely(risk, risk.start), False, "not convex", everywhere)
        if not _has_curvature(risk):
            return _piecewise_linear(risk, everywhere)
        params = _newton(risk, 0.0)
        if _separates(risk, params):
            return Reference(_newton(risk, RIDGE), False, "separable", everywhere)
        slope = np.linalg.norm(risk.gradient(params))
        sizes, vectors = np.linalg.eigh(risk.hessian(params))
        curved = sizes > 1e-11 * max(float(sizes[-1]), 1e-300)
        scale = max(1.0, float(np.linalg.norm(params))) * max(float(sizes[-1]), 1e-300)
        if slope <= 1e-9 * scale:
            return Reference(params, True, "", vectors[:, curved])
        return Reference(_newton(risk, RIDGE), False, "not found", everywhere)


def _has_curvature(risk: EmpiricalRisk) -> bool:
    predictions = risk.model.predict(risk.start, risk.inputs)
    near = risk.y if risk.loss.task == "regression" else predictions
    return bool(risk.loss.curvature(near, risk.y).any())


def _newton(risk: EmpiricalRisk, ridge: float, n_steps: int = 60) -> Array:
    """Minimize mean loss + ½ ridge ‖params‖² by Newton steps that are halved until they help."""

    def penalised(points: Array) -> Array:
        return np.asarray(risk.value(points) + 0.5 * ridge * np.square(points).sum(axis=-1))

    params = risk.start
    halvings = 0.5 ** np.arange(30)
    for _ in range(n_steps):
        slope = risk.gradient(params) + ridge * params
        matrix = risk.hessian(params) + ridge * np.eye(risk.n_params)
        step = -np.linalg.lstsq(matrix, slope, rcond=1e-13)[0]
        if not (np.isfinite(step).all() and step @ slope < 0.0):
            step = -slope
        candidates = params + halvings[:, None] * step
        values = penalised(candidates)
        allowed = values <= penalised(params) + 1e-4 * halvings * (step @ slope)
        if not allowed.any():
            return params if values[0] > penalised(params) else np.asarray(candidates[0])
        moved = candidates[np.argmax(allowed)]
        if np.allclose(moved, params, rtol=1e-15, atol=1e-15) or np.linalg.norm(moved) > 1e8:
            return np.asarray(moved)
        params = moved
    return params


def _separates(risk: EmpiricalRisk, params: Array) -> bool:
    """Whether the params classify every sample rightly, so that scaling them up always helps."""
    if risk.loss.task == "regression" or getattr(risk.loss, "label_smoothing", 0.0) > 0.0:
        return False
    predictions = risk.model.predict(params, risk.inputs)
    if risk.loss.task == "binary":
        return bool((predictions * (2.0 * risk.y - 1.0) > 0.0).all())
    own = np.take_along_axis(predictions, risk.y.astype(np.int64)[:, None], axis=-1)
    others = (predictions >= own).sum(axis=-1)
    return bool((others == 1).all())


def _piecewise_linear(risk: EmpiricalRisk, everywhere: Array) -> Reference:
    if risk.loss.task == "regression":
        params = _least_absolute(risk.inputs, risk.y)
        return Reference(params, True, "", everywhere)
    return Reference(_descend_safely(risk, risk.start), False, "not found", everywhere)


def _least_absolute(inputs: Array, y: Array) -> Array:
    """Least absolute deviations: reweighted least squares, then the vertex it leads to."""
    params = np.linalg.lstsq(inputs, y, rcond=None)[0]
    scale = max(float(np.abs(inputs @ params - y).mean()), 1e-300)
    for tiny in scale * 10.0 ** -np.linspace(1.0, 12.0, 60):
        weight = 1.0 / np.sqrt(np.maximum(np.abs(inputs @ params - y), tiny))
        params = np.linalg.lstsq(inputs * weight[:, None], y * weight, rcond=None)[0]
    closest = np.argsort(np.abs(inputs @ params - y), kind="stable")[: inputs.shape[1]]
    vertex = np.linalg.lstsq(inputs[closest], y[closest], rcond=None)[0]
    costs = [np.abs(inputs @ point - y).sum() for point in (vertex, params)]
    return np.asarray(vertex if costs[0] <= costs[1] else params)


def _descend_safely(risk: EmpiricalRisk, start: Array, n_steps: int = 300) -> Array:
    """Gradient descent that keeps only steps that lower the mean loss."""
    params, value, reach = start, float(risk.value(start)), 1.0
    for _ in range(n_steps):
        candidates = params - reach * 2.0 ** np.arange(2, -9, -1)[:, None] * risk.gradient(params)
        values = risk.value(candidates)
        best = int(np.argmin(values))
        if not values[best] < value:
            break
        params, value = candidates[best], float(values[best])
        reach *= 2.0 ** (2 - best)
    return params
