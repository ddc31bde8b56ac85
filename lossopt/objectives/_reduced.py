"""A mean loss in coordinates in which every dataset is round, and Newton's method there."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import numpy as np

from lossopt.curvatures import rounding, shortest
from lossopt.losses import Loss
from lossopt.params import Array


class Samples(NamedTuple):
    """The samples that count: the objective is the mean of weight times loss.

    Attributes
    ----------
    inputs : array (n_samples, n_inputs)
    y : array (n_samples,)
    weights : array (n_samples,) or None
        Above 0; None where every weight is 1.
    """

    inputs: Array
    y: Array
    weights: Array | None = None

    def evened(self) -> Samples:
        """With weights whose mean is 1, which moves no minimizer."""
        if self.weights is None:
            return self
        return self._replace(weights=self.weights / self.weights.mean())


def weighted(weights: Array | None, values: Array, n_axes: int = 0) -> Array:
    """Values of all samples times their weights; `n_axes` further axes follow the samples'.

    >>> weighted(np.array([1.0, 3.0]), np.ones((2, 2)), 1)
    array([[1., 1.],
           [3., 3.]])
    """
    if weights is None:
        return values
    return np.asarray(weights.reshape((-1,) + (1,) * n_axes) * values)


def curvature_matrix(inputs: Array, curvature: Array) -> Array:
    """Sum of each sample's curvature over the params of a model that is linear in them.

    Parameters
    ----------
    inputs : array (n_samples, n_inputs)
    curvature : array (n_samples,) or (n_samples, K, K)

    Returns
    -------
    array (n_inputs, n_inputs) or (n_inputs · K, n_inputs · K)
    """
    if curvature.ndim == 1:
        return np.asarray((inputs.T * curvature) @ inputs)
    n_inputs, n_outputs = inputs.shape[1], curvature.shape[1]
    matrix = np.empty((n_inputs, n_outputs, n_inputs, n_outputs))
    for k in range(n_outputs):
        for other in range(k + 1):
            block = (inputs.T * curvature[:, k, other]) @ inputs
            matrix[:, k, :, other] = matrix[:, other, :, k] = block
    return np.asarray(matrix.reshape(n_inputs * n_outputs, -1))


def weighted_sum(weights: Array, columns: Array) -> Array:
    """Product of weightsᵀ and columns, summed in plain order.

    A matrix product sums in an order of its own on every processor and for every number of columns;
    this one gives the same bits everywhere.

    Parameters
    ----------
    weights : array (n, m)
    columns : array (n, n_columns)

    Returns
    -------
    array (m, n_columns)

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [10.0]]))
    array([[31.],
           [42.]])
    """
    total = weights[0][:, None] * columns[0]
    for row, column in zip(weights[1:], columns[1:], strict=True):
        total = total + row[:, None] * column
    return total


@dataclasses.dataclass(frozen=True, eq=False)
class Coordinates:
    """Coordinates t in which the mean square of the predictions is ‖t‖².

    Units and offsets of the features, constant columns and high powers then do no harm, and no
    direction is left along which predictions (for classes: their differences) stand still.

    Attributes
    ----------
    scores : array (n_samples, rank)
        The inputs' columns made orthogonal, each with mean square 1; where samples have weights,
        all this is weighted.
    units : array (n_inputs,)
        Of the weights: in these, every input matters alike.
    lift : array (n_inputs, rank)
        Weights of the inputs that give the scores, in units.
    flat : array (n_inputs, n_inputs − rank)
        Orthonormal basis of the weights, in units, that change no prediction.
    rows : array (n_inputs, rank)
        Orthonormal basis of the weights that change a prediction.
    mix : array (n_outputs, n_contrasts)
        Orthonormal basis of the outputs that matter: for K classes all but their common shift.
    """

    scores: Array
    units: Array
    lift: Array
    flat: Array
    rows: Array
    mix: Array

    @property
    def directions(self) -> Array:
        """Orthonormal basis of the params that change something."""
        return np.asarray(np.kron(self.rows, self.mix), dtype=np.float64)

    def params(self, t: Array) -> Array:
        """Shortest params with the coordinates `t`."""
        weights = self.lift @ t.reshape(self.lift.shape[1], -1) @ self.mix.T
        if self.flat.shape[1]:
            weights = shortest(self.units, self.flat, weights)
        return np.asarray((self.units[:, None] * weights).ravel())


def coordinates(inputs: Array, n_outputs: int, weights: Array | None = None) -> Coordinates:
    """Choose the coordinates by a singular value decomposition of the scaled inputs.

    With weights it is a weighted mean square, unless they hide a direction behind rounding.
    """
    n_samples, n_inputs = inputs.shape
    scale = np.abs(inputs).max(axis=0)
    scale[scale == 0.0] = 1.0
    left, sizes, right = np.linalg.svd(inputs / scale, full_matrices=False)
    rank = int(np.sum(sizes > sizes[0] * rounding(*inputs.shape)))
    scores = np.sqrt(n_samples) * left[:, :rank]
    lift = np.sqrt(n_samples) * right[:rank].T / sizes[:rank]
    if weights is not None:
        stretch, turned = _whitened(np.sqrt(weights)[:, None] * scores)
        if stretch.min() > rounding(*scores.shape) * stretch.max():
            lift = lift @ turned / stretch
            scores = scores @ turned / stretch
    rows, flat = np.eye(n_inputs), np.empty((n_inputs, 0))
    if rank < n_inputs:
        rows = np.linalg.qr(right[:rank].T * scale[:, None])[0]
        flat = np.linalg.qr(right[:rank].T, mode="complete")[0][:, rank:]
    one_hot = np.eye(n_outputs)
    mix = one_hot if n_outputs == 1 else np.linalg.svd(one_hot - 1.0 / n_outputs)[0][:, :-1]
    return Coordinates(scores, 1.0 / scale, lift, flat, rows, mix)


def _whitened(scores: Array) -> tuple[Array, Array]:
    """Root mean square of the scores along their principal axes, and these axes as columns."""
    _, sizes, axes = np.linalg.svd(scores / np.sqrt(len(scores)), full_matrices=False)
    return sizes, axes.T


@dataclasses.dataclass(frozen=True, eq=False)
class ReducedRisk:
    """Mean loss + ½ ridge · mean square of the predictions, as a function of coordinates t."""

    loss: Loss
    y: Array
    where: Coordinates
    ridge: float = 0.0
    weights: Array | None = None

    def predict(self, t: Array) -> Array:
        """Predictions, shaped as the loss wants them."""
        outputs = self.where.scores @ t.reshape(self.where.scores.shape[1], -1) @ self.where.mix.T
        return np.asarray(outputs if self.loss.task == "multiclass" else outputs[:, 0])

    def value(self, t: Array) -> float:
        """Penalized mean loss."""
        losses = weighted(self.weights, self.loss.value(self.predict(t), self.y))
        return float(losses.mean() + 0.5 * self.ridge * (t @ t))

    def gradient(self, t: Array) -> Array:
        """Its gradient."""
        slopes = self.loss.gradient(self.predict(t), self.y).reshape(len(self.y), -1)
        contrasts = weighted(self.weights, slopes, 1) @ self.where.mix
        return np.asarray((self.where.scores.T @ contrasts / len(self.y)).ravel() + self.ridge * t)

    def hessian(self, t: Array) -> Array:
        """Its second derivatives."""
        curvature = self.loss.curvature(self.predict(t), self.y)
        if curvature.ndim == 3:
            curvature = self.where.mix.T @ curvature @ self.where.mix
        curvature = weighted(self.weights, curvature, curvature.ndim - 1)
        matrix = curvature_matrix(self.where.scores, curvature) / len(self.y)
        return np.asarray(matrix + self.ridge * np.eye(len(t)))


DAMPINGS = (0.0, *10.0 ** np.arange(-9.0, 7.0))
FLAT = 1e-12
"""Ratio of curvatures below which classes are taken to have no minimizer in that direction."""


def newton(risk: ReducedRisk, start: Array, n_steps: int = 100, *, patient: bool = False) -> Array:
    """Minimize by Newton steps, damped until they help; the last ones until rounding wins.

    Damping (Levenberg–Marquardt) bends the step toward the gradient where the loss has no
    curvature; negative curvature counts as positive. Where the loss may have no minimizer, it ends
    as soon as the curvatures part, unless it is `patient`.
    """
    t, value, slope = start, risk.value(start), risk.gradient(start)
    for _ in range(n_steps):
        matrix = risk.hessian(t)
        if not np.isfinite(matrix).all():
            break
        sizes, vectors = np.linalg.eigh(matrix)
        sizes = np.abs(sizes)
        largest = float(sizes.max()) or 1.0
        if may_escape(risk) and not patient and sizes.min() < FLAT * largest:
            break
        turned = vectors.T @ slope
        for damping in DAMPINGS:
            step = -vectors @ (turned / np.maximum(sizes + damping * largest, 1e-13 * largest))
            gain = -float(step @ slope)
            moved = t + step
            lower = risk.value(moved)
            near = gain <= 1e-13 * abs(value)
            if near or lower <= value - 1e-4 * gain:
                break
        flatter = risk.gradient(moved)
        if near and not np.linalg.norm(flatter) < 0.7 * np.linalg.norm(slope):
            break
        if not near and not lower < value:
            break
        t, value, slope = moved, lower, flatter
        if escapes(risk, t):
            break
    return np.asarray(t)


def may_escape(risk: ReducedRisk) -> bool:
    """Whether the loss has no minimizer if the classes can be separated."""
    if risk.loss.task == "regression" or risk.loss.reaches_zero:
        return False
    return not (risk.ridge or getattr(risk.loss, "label_smoothing", 0.0))


def escapes(risk: ReducedRisk, t: Array) -> bool:
    """Whether every sample is classified rightly and larger params would always be better."""
    if not may_escape(risk):
        return False
    predictions = risk.predict(t)
    if risk.loss.task == "binary":
        right = predictions * (2.0 * risk.y - 1.0) > 0.0
    else:
        own = np.take_along_axis(predictions, risk.y.astype(np.int64)[:, None], axis=-1)
        right = (predictions >= own).sum(axis=-1) == 1
    return bool(right.all() and risk.loss.gradient(predictions, risk.y).any())
