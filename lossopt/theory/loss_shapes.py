"""The shape of a loss, and where the samples of a run lie on it."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np

from lossopt.arguments import kind_of, number, one_of, whole
from lossopt.losses import Loss, Task
from lossopt.losses.binary_cross_entropy import sigmoid
from lossopt.losses.categorical_cross_entropy import softmax
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array

Over = Literal["residual", "logit", "probability", "true_probability"]
"""What a loss is drawn over: r = ŷ − y, z, H = σ(z), or the probability p of the true class."""
OVERS: dict[Task, tuple[Over, ...]] = {
    "regression": ("residual",),
    "binary": ("logit", "probability"),
    "multiclass": ("true_probability",),
}
"""What losses of a task can be drawn over, the usual one first."""
LEAST = 2e-3
"""Probabilities nearer to 0 or 1 are not drawn: cross-entropy grows without end there."""


@dataclasses.dataclass(frozen=True, eq=False)
class LossShape:
    """A loss drawn over a grid, one curve per target.

    Attributes
    ----------
    grid : array (n_points,)
        Of what `Over` says.
    targets : tuple of int
        Label of each curve: 1 and 0 for two classes, else 0 alone.
    values, slopes : array (n_curves, n_points)
        ℓ, and its derivative with respect to the grid; over the probability of the true class it
        is the one with respect to that class's logit.
    """

    grid: Array
    targets: tuple[int, ...]
    values: Array
    slopes: Array


@dataclasses.dataclass(frozen=True, eq=False)
class SampleLosses:
    """Every sample of a run on the shape of its loss.

    Attributes
    ----------
    places, values, slopes : array (n_iterates, n_samples)
        On the grid's axis, and ℓ and its derivative there.
    predictions : array (n_iterates, n_samples)
        What the data view compares with y: ŷ, H, or the probability of the true class.
    """

    places: Array
    values: Array
    slopes: Array
    predictions: Array


def loss_shape(
    loss: Loss, over: Over, reach: float, *, n_classes: int = 2, n_points: int = 321
) -> LossShape:
    """Values and slopes of a loss over an axis.

    Parameters
    ----------
    loss : Loss
    over : str
        One of ``OVERS[loss.task]``.
    reach : float
        Half the width of the axis of residuals or logits.
    n_classes : int
        K of a multiclass loss; the false classes share what the true one leaves.
    n_points : int

    Returns
    -------
    LossShape

    Examples
    --------
    >>> from lossopt.losses.mse import MSE
    >>> loss_shape(MSE(), "residual", 2.0, n_points=5).values
    array([[4., 1., 0., 1., 4.]])
    """
    one_of("over", over, OVERS[kind_of("loss", loss, Loss).task])
    number("reach", reach, 0.0)
    whole("n_classes", n_classes, 2)
    whole("n_points", n_points, 2)
    if over in ("residual", "logit"):
        grid = np.linspace(-reach, reach, n_points)
    else:
        grid = np.linspace(LEAST, 1.0 - LEAST, n_points)
    if over == "true_probability":
        rest = np.log((1.0 - grid) / (n_classes - 1.0))
        logits = np.column_stack([np.log(grid), *[rest] * (n_classes - 1)])
        labels = np.zeros(n_points)
        slopes = loss.gradient(logits, labels)[:, 0]
        return LossShape(grid, (0,), loss.value(logits, labels)[None], slopes[None])
    targets = (0,) if over == "residual" else (1, 0)
    predictions = _logit(grid) if over == "probability" else grid
    labels = np.array(targets, dtype=np.float64)[:, None] + np.zeros(n_points)
    many = np.broadcast_to(predictions, labels.shape)
    slopes = loss.gradient(many, labels)
    if over == "probability":
        slopes = slopes / (grid * (1.0 - grid))
    return LossShape(grid, targets, loss.value(many, labels), slopes)


def sample_losses(risk: EmpiricalRisk, iterates: Array, over: Over) -> SampleLosses:
    """Place, loss and slope of every sample at every iterate.

    Parameters
    ----------
    risk : EmpiricalRisk
    iterates : array (n_iterates, n_params)
    over : str

    Returns
    -------
    SampleLosses

    Examples
    --------
    >>> import lossopt as lo
    >>> data = lo.Dataset([[0.0], [1.0]], [1.0, 3.0])
    >>> risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mae"]())
    >>> sample_losses(risk, np.array([[1.0, 0.0]]), "residual").places
    array([[-1., -2.]])
    """
    one_of("over", over, OVERS[kind_of("risk", risk, EmpiricalRisk).loss.task])
    with np.errstate(all="ignore"):
        predictions = risk.model.predict(iterates, risk.inputs)
        values = risk.loss.value(predictions, risk.y)
        slopes = risk.loss.gradient(predictions, risk.y)
        if over == "residual":
            return SampleLosses(predictions - risk.y, values, slopes, predictions)
        if over == "true_probability":
            own = risk.y.astype(np.int64)[None, :, None]
            p, slopes = (
                np.take_along_axis(each, np.broadcast_to(own, (len(each), *own.shape[1:])), -1)[
                    ..., 0
                ]
                for each in (softmax(predictions), slopes)
            )
            return SampleLosses(p, values, slopes, p)
        h = sigmoid(predictions)
        if over == "logit":
            return SampleLosses(predictions, values, slopes, h)
        return SampleLosses(h, values, slopes / (h * sigmoid(-predictions)), h)


def class_probabilities(risk: EmpiricalRisk, iterates: Array, index: int) -> Array:
    """Probability of each class for one sample, ``(n_iterates, K)``.

    Examples
    --------
    >>> import lossopt as lo
    >>> data, softmax = lo.DATASETS["three_blobs"](), lo.MODELS["softmax"]()
    >>> risk = lo.EmpiricalRisk(data, softmax, lo.LOSSES["categorical_cross_entropy"]())
    >>> class_probabilities(risk, risk.start[None], 0).round(3)
    array([[0.333, 0.333, 0.333]])
    """
    whole("index", index, 0, kind_of("risk", risk, EmpiricalRisk).n_samples - 1)
    with np.errstate(all="ignore"):
        outputs = risk.model.predict(iterates, risk.inputs[index : index + 1])
        if risk.loss.task == "multiclass":
            return softmax(outputs[:, 0])
        return np.column_stack([sigmoid(-outputs[:, 0]), sigmoid(outputs[:, 0])])


def _logit(h: Array) -> Array:
    return np.asarray(np.log(h / (1.0 - h)))
