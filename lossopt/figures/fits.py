"""The data view of the stage: data points, and what turns params into the current fit.

Where a model is linear in its params the stage multiplies a basis with them, which it makes of the
grid by itself, so that the fit moves with every step; where the browser runs the race by itself, it
asks the model. Of all other runs the predictions themselves are sent, for some key frames; of a
network with regions, its params.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from lossopt.datasets import Dataset
from lossopt.figures.messages import AnyFit, CurveFit, Neurons, ParamsFit, RegionsFit, ScatterFit
from lossopt.figures.packing import Bytes, Floats, pack, pack_bytes
from lossopt.models import LinearInParams
from lossopt.models.mlp import MLP
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.objectives.matrix_factorization import MatrixFactorization
from lossopt.params import Array

LINE_POINTS = 80
GRID_POINTS = 28
NETWORK_POINTS = 24
COARSE_POINTS = 16
SCATTER_POINTS = 60
PREDICTIONS = 60_000
"""Bytes of predictions that are sent, over all runs and key frames."""
WEIGHTS = 160_000
"""Bytes of a network's params that are sent, over all runs and key frames."""
LOGIT_LIMIT = 8.0
"""Logits beyond this are as good as certain; they are sent in steps of 1/16."""

Outputs = list[Floats | Bytes | None]
"""Of every run, where the stage cannot compute them."""


def fit_view(objective: Objective, paths: Sequence[Array | None]) -> tuple[AnyFit, Outputs]:
    """Describe how the stage draws the fit: a curve, class regions, predicted against actual.

    Test functions have no data: their params are drawn over the steps. Of a matrix factorization
    the entries of the product are drawn against those of the matrix.

    Parameters
    ----------
    objective : Objective
    paths : list of array (n_frames, n_params) or None
        Iterates of every run at the frames that are sent; None for a run that the browser makes.

    Returns
    -------
    fit : AnyFit
    outputs : list
        Packed predictions of each run, or its weights where the fit is that of a network; None
        where the stage makes them.
    """
    if isinstance(objective, MatrixFactorization):
        return _entries(objective, paths)
    none: Outputs = [None for _ in paths]
    if not isinstance(objective, EmpiricalRisk):
        return ParamsFit(kind="params"), none
    linear = isinstance(objective.model, LinearInParams)
    known = None if linear else [path for path in paths if path is not None]
    network = isinstance(objective.model, MLP)
    fit, points = _view(objective, linear=linear, sent=bool(known) and not network)
    if isinstance(fit, ParamsFit):
        return fit, none
    inputs = objective.model.prepare(points)
    if linear or len(known or ()) < len(paths) or (isinstance(fit, RegionsFit) and network):
        fit = _based(fit, objective, points, inputs)
    if isinstance(objective.model, MLP) and isinstance(fit, RegionsFit):
        fit = dataclasses.replace(fit, network=_neurons(objective, objective.model))
        return _weighted(fit, paths) if known else (fit, none)
    return _sampled(objective, fit, inputs, paths) if known else (fit, none)


def _based(fit: AnyFit, risk: EmpiricalRisk, points: Array, inputs: Array) -> AnyFit:
    """Add what predictions are made of, or how the stage makes it of a grid that it is sent."""
    model, n_features, width = risk.model, points.shape[1], inputs.shape[1]
    if isinstance(fit, ScatterFit) or not isinstance(model, LinearInParams | MLP):
        return dataclasses.replace(fit, basis=pack(inputs), d1=width)
    alone = [[k] for k in range(n_features)]
    monomials = model.monomials(n_features) if isinstance(model, LinearInParams) else alone
    return dataclasses.replace(
        fit,
        d1=width,
        monomials=tuple(map(tuple, monomials)),
        others=tuple(points[0, 2:].tolist()),
    )


def _neurons(risk: EmpiricalRisk, model: MLP) -> Neurons:
    sizes = model.sizes(risk.dataset.X.shape[1], risk.n_outputs)
    return Neurons(model.activation, tuple(sizes))


def _weighted(fit: RegionsFit, paths: Sequence[Array | None]) -> tuple[AnyFit, Outputs]:
    """Params of a network at key frames: what its neurons say is made of them."""
    known = [path for path in paths if path is not None]
    count, size = known[0].shape
    keys = key_frames(count, WEIGHTS // (len(known) * size * 4))
    weights: Outputs = [None if path is None else pack(path[keys]) for path in paths]
    return dataclasses.replace(fit, key_frames=tuple(keys.tolist())), weights


def _view(risk: EmpiricalRisk, *, linear: bool, sent: bool) -> tuple[AnyFit, Array]:
    """Kind of picture, and the points of feature space that it needs predictions for.

    There are fewer where these are `sent`, or a network has to be asked at every frame.
    """
    data = risk.dataset
    if data.task != "regression" and data.X.shape[1] > 1:
        return _regions(data, GRID_POINTS if linear else COARSE_POINTS if sent else NETWORK_POINTS)
    if data.X.shape[1] == 1 and data.task != "multiclass":
        return _curve(data, LINE_POINTS // 2 if sent else LINE_POINTS)
    if data.task == "regression":
        every = slice(None, None, 1 if linear else -(-data.n_samples // SCATTER_POINTS))
        labels = (data.target_name, "ŷ")
        return ScatterFit(kind="scatter", y=pack(data.y[every]), labels=labels), data.X[every]
    return ParamsFit(kind="params"), data.X


def _entries(goal: MatrixFactorization, paths: Sequence[Array | None]) -> tuple[AnyFit, Outputs]:
    fit = ScatterFit(kind="scatter", y=pack(goal.target.ravel()), labels=("M", "UVᵀ"))
    known = [path for path in paths if path is not None]
    if not known:
        return fit, [None for _ in paths]
    keys = key_frames(len(known[0]), PREDICTIONS // (len(known) * goal.target.size * 4))
    products: Outputs = []
    with np.errstate(all="ignore"):
        for path in paths:
            products.append(None if path is None else pack(goal.product(path[keys])))
    return dataclasses.replace(fit, key_frames=tuple(keys.tolist())), products


def _curve(data: Dataset, n_points: int) -> tuple[CurveFit, Array]:
    grid = np.linspace(*_span(data.X[:, 0]), n_points)
    view = CurveFit(
        kind="curve",
        x=pack(data.X[:, 0]),
        y=pack(data.y),
        grid=pack(grid),
        link="sigmoid" if data.task == "binary" else "identity",
        labels=(data.feature_names[0], data.target_name),
    )
    return view, grid[:, None]


def _regions(data: Dataset, n_points: int) -> tuple[RegionsFit, Array]:
    """Two features span the picture; the others are held at their mean."""
    across, up = (np.linspace(*_span(data.X[:, k]), n_points) for k in (0, 1))
    points = np.tile(data.X.mean(axis=0), (n_points * n_points, 1))
    points[:, 0] = np.tile(across, n_points)
    points[:, 1] = np.repeat(up, n_points)
    view = RegionsFit(
        kind="regions",
        x1=pack(data.X[:, 0]),
        x2=pack(data.X[:, 1]),
        y=pack(data.y),
        n_classes=len(data.class_names),
        grid_x=pack(across),
        grid_y=pack(up),
        class_names=tuple(data.class_names),
        labels=tuple(data.feature_names[:2]),
    )
    return view, points


def _span(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.08 * (high - low) or 1.0
    return low - margin, high + margin


def _sampled(
    risk: EmpiricalRisk,
    fit: AnyFit,
    inputs: Array,
    paths: Sequence[Array | None],
) -> tuple[AnyFit, Outputs]:
    regions = isinstance(fit, RegionsFit)
    known = [path for path in paths if path is not None]
    columns = risk.n_outputs if regions else 1
    affordable = PREDICTIONS // (len(known) * len(inputs) * columns * (1 if regions else 4))
    keys = key_frames(len(known[0]), affordable)
    packed: Outputs = []
    for path in paths:
        if path is None:
            packed.append(None)
            continue
        with np.errstate(all="ignore"):
            outputs = risk.model.predict(path[keys], inputs)
            outputs = np.moveaxis(outputs.reshape(len(keys), len(inputs), -1), -1, 1)
            packed.append(_logits(outputs) if regions else pack(outputs))
    return dataclasses.replace(fit, key_frames=tuple(keys.tolist())), packed


def _logits(outputs: Array) -> Bytes:
    """Logits as bytes, relative to the highest of their point where there are several."""
    if outputs.shape[1] > 1:
        outputs = outputs - outputs.max(axis=1, keepdims=True) + LOGIT_LIMIT / 2.0
    return pack_bytes(np.clip(outputs, -LOGIT_LIMIT, LOGIT_LIMIT - 0.1) * (128.0 / LOGIT_LIMIT))


def key_frames(count: int, affordable: int) -> Array:
    """Frames to send predictions for: the first, the last and others between, denser early on.

    >>> key_frames(101, 5)
    array([  0,  12,  35,  65, 100])
    """
    share = np.linspace(0.0, 1.0, min(count, max(affordable, 2))) ** 1.5
    return np.unique(np.round(share * (count - 1)).astype(np.int64))
