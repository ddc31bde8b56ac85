"""The data view of the stage: data points, and what turns params into the current fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossopt.datasets import Dataset
from lossopt.figures.packing import pack
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array

LINE_POINTS = 80
GRID_POINTS = 28


def fit_view(objective: Objective) -> dict[str, Any]:
    """Describe how the stage draws the fit: a curve, class regions, predicted against actual.

    Whatever the model, the stage only multiplies a basis with the params, so it holds no model of
    its own. Test functions have no data: their params are drawn over the steps.
    """
    if not isinstance(objective, EmpiricalRisk) or not isinstance(objective.model, LinearInParams):
        return {"kind": "params"}
    data = objective.dataset
    if data.task != "regression" and data.X.shape[1] > 1:
        return _regions(objective)
    if data.X.shape[1] == 1 and data.task != "multiclass":
        return _curve(objective)
    if data.task == "regression":
        return {"kind": "scatter", "y": pack(data.y), "basis": pack(objective.inputs)}
    return {"kind": "params"}


def _curve(risk: EmpiricalRisk) -> dict[str, Any]:
    data = risk.dataset
    grid = np.linspace(*_span(data.X[:, 0]), LINE_POINTS)
    return {
        "kind": "curve",
        "x": pack(data.X[:, 0]),
        "y": pack(data.y),
        "grid": pack(grid),
        "basis": pack(risk.model.prepare(grid[:, None])),
        "link": "sigmoid" if data.task == "binary" else "identity",
        "labels": [data.feature_names[0], data.target_name],
    }


def _regions(risk: EmpiricalRisk) -> dict[str, Any]:
    data = risk.dataset
    across, up = (np.linspace(*_span(data.X[:, k]), GRID_POINTS) for k in (0, 1))
    points = np.tile(_centre(data), (GRID_POINTS * GRID_POINTS, 1))
    points[:, 0] = np.tile(across, GRID_POINTS)
    points[:, 1] = np.repeat(up, GRID_POINTS)
    basis = risk.model.prepare(points)
    return {
        "kind": "regions",
        "x1": pack(data.X[:, 0]),
        "x2": pack(data.X[:, 1]),
        "y": pack(data.y),
        "n_classes": len(data.class_names),
        "grid_x": pack(across),
        "grid_y": pack(up),
        "basis": pack(basis),
        "d1": basis.shape[1],
        "class_names": list(data.class_names),
        "labels": list(data.feature_names[:2]),
    }


def _span(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.08 * (high - low) or 1.0
    return low - margin, high + margin


def _centre(data: Dataset) -> Array:
    return np.asarray(data.X.mean(axis=0))
