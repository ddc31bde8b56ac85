"""The mean loss of a model on a dataset."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from lossopt.arguments import kind_of
from lossopt.borders import array, trusted
from lossopt.curvatures import triangle
from lossopt.datasets import Dataset, DatasetSpec
from lossopt.losses import Loss
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.mse import MSE
from lossopt.models import LinearInParams, Model
from lossopt.objectives._base import Bounds, Objective
from lossopt.objectives._margins import signed_inputs, summed_losses, summed_slopes, summed_softplus
from lossopt.objectives._reduced import Samples, curvature_matrix, weighted, weighted_sum
from lossopt.objectives._reference import Reference, find_reference
from lossopt.params import Array, IntArray

BLOCK = 15_000
"""Predictions per block: fit the cache, and stay below the 128 kB from which on the C library asks
the system for fresh memory every time."""
FEW = 6
"""Params up to which a squared error is summed in plain order."""


def _checked_columns(risk: EmpiricalRisk, columns: Any) -> tuple[Array]:
    columns, n_rows = array("columns", columns), len(risk.samples.y)
    if columns.shape[:1] != (n_rows,):
        raise ValueError(f"columns must have {n_rows} rows, but are shaped {columns.shape}.")
    return (columns,)


@dataclasses.dataclass(frozen=True, eq=False)
class EmpiricalRisk(Objective):
    """Mean loss of a model on a dataset, as a function of the model's params.

    Parameters
    ----------
    data : Dataset or DatasetSpec
    model : Model
    loss : Loss
    test : Dataset, optional
        Samples that are never learned from.

    Raises
    ------
    ValueError
        If dataset, model and loss are not made for the same task.

    Examples
    --------
    >>> import lossopt as lo
    >>> data = lo.Dataset([[0.0], [1.0]], [1.0, 3.0])
    >>> risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> float(risk.value(np.array([2.0, 0.0]))), risk.gradient(np.array([2.0, 0.0]))
    (1.0, array([-1., -2.]))
    >>> risk.minimizers.round(9)
    array([[2., 1.]])
    """

    checks = {**Objective.checks, "rooted": _checked_columns}
    data: Dataset | DatasetSpec
    model: Model
    loss: Loss
    test: Dataset | None = None

    def __post_init__(self) -> None:
        kind_of("data", self.data, Dataset, DatasetSpec)
        kind_of("model", self.model, Model)
        kind_of("loss", self.loss, Loss)
        self._check_test()
        task = self.loss.task
        if self.dataset.task != task or task not in self.model.usual_losses:
            made_for = {
                "dataset": str(self.dataset.task),
                "model": " or ".join(self.model.usual_losses),
                "loss": task,
            }
            stated = ", ".join(f"the {kind} is made for {it}" for kind, it in made_for.items())
            raise ValueError(f"Dataset, model and loss must fit together, but {stated}.")

    def _check_test(self) -> None:
        if self.test is None:
            return
        test, data = kind_of("test", self.test, Dataset), self.dataset
        alike = test.task == data.task and test.class_names == data.class_names
        if not alike or test.X.shape[1] != data.X.shape[1]:
            raise ValueError("Test samples must have the features and classes of the dataset.")

    @cached_property
    def dataset(self) -> Dataset:
        """The samples."""
        return self.data.make() if isinstance(self.data, DatasetSpec) else self.data

    @cached_property
    def inputs(self) -> Array:
        """What the model predicts from, ``(n_samples, n_inputs)``."""
        with np.errstate(all="ignore"):
            return self.model.prepare(self.dataset.X)

    @property
    def y(self) -> Array:
        """Targets, ``(n_samples,)``."""
        return self.dataset.y

    @cached_property
    def samples(self) -> Samples:
        """The samples that count, and how much."""
        return Samples(self.inputs, self.y)

    @cached_property
    def _model(self) -> Model:
        return trusted(self.model)

    @cached_property
    def _loss(self) -> Loss:
        return trusted(self.loss)

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples."""
        return self.dataset.n_samples

    @property
    def n_params(self) -> int:  # type: ignore[override]
        """Number of params."""
        return len(self.param_names)

    @property
    def convex(self) -> bool:  # type: ignore[override]
        """Whether any local minimizer is global."""
        return self.loss.convex and isinstance(self.model, LinearInParams)

    @property
    def quadratic(self) -> bool:  # type: ignore[override]
        """Whether the mean loss is a quadratic function of the params."""
        return isinstance(self.loss, MSE) and isinstance(self.model, LinearInParams)

    @cached_property
    def param_names(self) -> tuple[str, ...]:
        """Names of the model's params."""
        return self.model.param_names(self.dataset.X.shape[1], self.n_outputs)

    @property
    def n_outputs(self) -> int:
        """Numbers predicted per sample: K logits for a multiclass loss, else 1."""
        return len(self.dataset.class_names) if self.loss.task == "multiclass" else 1

    def value(self, params: Array) -> Array:
        """Mean loss over all samples, ``(..., n_params)`` to ``(...)``; infinite if too large."""
        with np.errstate(over="ignore", invalid="ignore"):
            if self.quadratic:
                return np.square(self._shortened(params)).sum(axis=-1) / self.n_samples
            return self._blockwise_value(params)

    @cached_property
    def _test_risk(self) -> EmpiricalRisk | None:
        return EmpiricalRisk(self.test, self.model, self.loss) if self.test else None

    def test_loss(self, params: Array) -> Array | None:
        """Mean loss over the test samples, ``(..., n_params)`` to ``(...)``; None without any."""
        return self._test_risk.value(params) if self._test_risk else None

    def _blockwise_value(self, params: Array) -> Array:
        flat = params.reshape(-1, self.n_params)
        sums = np.empty(len(flat))
        for block in self._blocks(len(flat), len(self.samples.y)):
            sums[block] = self._summed_losses(flat[block])
        sums /= len(self.samples.y)
        return sums.reshape(params.shape[:-1])

    def _summed_losses(self, params: Array) -> Array:
        if self.margins is not None:
            return summed_losses(params, self.margins)
        inputs, y, weights = self.samples
        return weighted(weights, self._loss.value(self._model.predict(params, inputs), y)).sum(
            axis=-1
        )

    def _blocks(self, n_runs: int, n_samples: int) -> Iterator[slice]:
        size = max(1, BLOCK // (n_samples * self.n_outputs))
        return (slice(first, first + size) for first in range(0, n_runs, size))

    @cached_property
    def triangle(self) -> Array:
        """R of the QR factorization of [inputs, y]: all that a squared error needs to know."""
        columns = np.column_stack([self.samples.inputs, self.samples.y])
        return triangle(self.rooted(columns), n_others=1)

    def rooted(self, columns: Array) -> Array:
        """Columns of the samples that count, scaled: the sum of their squares over n is the mean.

        n is the number of all samples.
        """
        weights = self.samples.weights
        if weights is None:
            return columns
        return np.asarray(np.sqrt(self.n_samples / len(weights) * weights)[:, None] * columns)

    def _shortened(self, params: Array) -> Array:
        """Residuals turned so that all but a few are 0, whatever the number of samples."""
        return params @ self.triangle[:, :-1].T - self.triangle[:, -1]

    def _quadratic_gradient(self, params: Array) -> Array:
        if self.n_params > FEW:
            return 2.0 / self.n_samples * (self._shortened(params) @ self.triangle[:, :-1])
        matrix, goal = self.triangle[:, :-1], self.triangle[:, -1:]
        shortened = weighted_sum(matrix.T, params.reshape(-1, self.n_params).T) - goal
        slopes = 2.0 / self.n_samples * weighted_sum(matrix, shortened)
        return slopes.T.reshape(params.shape)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Gradient of the mean loss over `rows`, ``(..., n_params)`` to ``(..., n_params)``."""
        if rows is None and self.quadratic:
            return self._quadratic_gradient(params)
        samples = self.samples if rows is None else self._drawn(rows)
        flat, count = params.reshape(-1, self.n_params), len(samples.y)
        gradients = np.zeros_like(flat)
        if count:
            for block in self._blocks(len(flat), count):
                gradients[block] = self._summed_slopes(flat[block], samples)
            gradients /= count
        return gradients.reshape(params.shape)

    def _summed_slopes(self, params: Array, samples: Samples) -> Array:
        if samples is self.samples and self.margins is not None:
            return summed_slopes(params, self.margins)
        inputs, y, weights = samples
        predictions, pullback = self._model.linearize(params, inputs)
        return pullback(weighted(weights, self._loss.gradient(predictions, y), self._n_axes))

    def _drawn(self, rows: IntArray) -> Samples:
        """Those of a batch that count."""
        return Samples(self.inputs.take(rows, axis=0), self.y.take(rows))

    @property
    def _n_axes(self) -> int:
        """Axes of a prediction."""
        return int(self.loss.task == "multiclass")

    def value_and_gradient(self, params: Array) -> tuple[Array, Array]:
        """Mean loss and its gradient over all samples, from one prediction for both."""
        if self.quadratic:
            return self.value(params), self.gradient(params)
        flat = params.reshape(-1, self.n_params)
        values, gradients = np.empty(len(flat)), np.empty_like(flat)
        with np.errstate(over="ignore", invalid="ignore"):
            for block in self._blocks(len(flat), len(self.samples.y)):
                values[block], gradients[block] = self._summed(flat[block])
        values /= len(self.samples.y)
        gradients /= len(self.samples.y)
        return values.reshape(params.shape[:-1]), gradients.reshape(params.shape)

    def _summed(self, params: Array) -> tuple[Array, Array]:
        if self.margins is not None:
            return summed_softplus(params, self.margins)
        inputs, y, weights = self.samples
        predictions, pullback = self._model.linearize(params, inputs)
        losses = weighted(weights, self._loss.value(predictions, y)).sum(axis=-1)
        slopes = weighted(weights, self._loss.gradient(predictions, y), self._n_axes)
        return losses, pullback(slopes)

    @cached_property
    def margins(self) -> Array | None:
        """Inputs that give negative margins, where the loss depends on nothing else."""
        if isinstance(self.loss, BinaryCrossEntropy) and isinstance(self.model, LinearInParams):
            return signed_inputs(self.inputs, self.y)
        return None

    def hessian(self, params: Array) -> Array:
        """Second derivatives; exact for models that are linear in the params."""
        if not isinstance(self.model, LinearInParams):
            return super().hessian(params)
        curvature = self._curvatures(params)
        return curvature_matrix(self.samples.inputs, curvature) / len(curvature)

    def hessian_product(self, params: Array, vectors: Array) -> Array:
        """Hessian times vectors; exact for models that are linear in the params."""
        if not isinstance(self.model, LinearInParams):
            return self._network_product(params, vectors)
        inputs, y, weights = self.samples
        predictions, pullback = self._model.linearize(params, inputs)
        curvature = self._loss.curvature(predictions, y)
        along = self._model.predict(vectors, inputs)
        many = self.loss.task == "multiclass"
        turned = (curvature @ along[..., None])[..., 0] if many else curvature * along
        return pullback(weighted(weights, turned, int(many))) / len(y)

    def _network_product(self, params: Array, vectors: Array) -> Array:
        """By differences that nothing shortens, for a network has a gradient everywhere."""
        sizes = np.linalg.norm(vectors, axis=-1, keepdims=True)
        steps = 6e-6 * np.maximum(1.0, np.linalg.norm(params, axis=-1, keepdims=True))
        shifts = vectors * (steps / np.where(sizes > 0.0, sizes, 1.0))
        change = self.gradient(params + shifts) - self.gradient(params - shifts)
        return np.asarray(change * (sizes / (2.0 * steps)))

    def _curvatures(self, params: Array) -> Array:
        """Second derivatives of the losses of the samples that count, times their weights."""
        inputs, y, weights = self.samples
        predictions = self._model.predict(params, inputs)
        return weighted(weights, self._loss.curvature(predictions, y), 2 * self._n_axes)

    def hessian_error(self, params: Array) -> Array:
        """Nothing beyond rounding for models that are linear in the params."""
        if isinstance(self.model, LinearInParams):
            return np.zeros((self.n_params, self.n_params))
        return super().hessian_error(params)

    def _small_side(self) -> Array:
        return np.ones(self.n_params)

    def curvature_root(self, params: Array) -> Array | None:
        """Root of the second derivatives, for one convex loss of one linear prediction."""
        if not (self.convex and self.loss.task != "multiclass"):
            return None
        if self.quadratic:
            return np.asarray(np.sqrt(2.0 / self.n_samples) * self.triangle[:, :-1])
        curvature = self._curvatures(params)
        return triangle(np.sqrt(curvature / len(curvature))[:, None] * self.samples.inputs)

    @property
    def start(self) -> Array:
        """Params before training; all zero for models that are linear in them."""
        return self.model.initial(self.dataset.X.shape[1], self.n_outputs)

    @cached_property
    def reference(self) -> Reference:
        """The minimizer where one is known, else the best point found."""
        return find_reference(self, self.model, self.loss, self.samples, self.n_outputs)

    @property
    def minimizers(self) -> Array:
        """The minimizer, where the loss is convex and has one."""
        found = self.reference
        return found.params[None] if found.is_minimizer else super().minimizers

    def distance(self, params: Array) -> Array | None:
        """Distance to the nearest minimizer.

        Where the minimizers fill a line or a plane (softmax, a constant column) it is the
        distance to that set. None if there may be other minimizers besides.
        """
        if not (self.reference.is_minimizer and self.reference.is_unique):
            return None
        gaps = (params - self.reference.params) @ self.reference.directions
        return np.asarray(np.linalg.norm(gaps, axis=-1))

    @property
    def bounds(self) -> Bounds:
        """A box around the start and the reference point, narrow where a parameter matters much."""
        start, goal = self.start, self.reference.params
        reach, effect = np.abs(goal - start), self._effects()
        with np.errstate(over="ignore"):
            least = np.maximum(0.35 * (reach * effect).max(), self._least_effect()) / effect
        half = 1.5 * np.maximum(reach, least)
        return tuple(
            (float(center - side), float(center + side))
            for center, side in zip(goal, half, strict=True)
        )

    def _least_effect(self) -> float:
        """Change of the predictions that is worth drawing: ½, less where all targets are small."""
        size = float(np.sqrt(np.square(self.y).mean())) if self.loss.task == "regression" else 1.0
        return min(0.5, 5.0 * size) if size > 0.0 else 0.5

    def _effects(self) -> Array:
        """Root mean square change of the predictions per unit of each parameter.

        Unknown, and taken as 1, for models that are not linear in their params.
        """
        if not isinstance(self.model, LinearInParams):
            return np.ones(self.n_params)
        with np.errstate(all="ignore"):
            sizes = np.sqrt(np.square(self.inputs).mean(axis=0))
        sizes[~((sizes > 0.0) & (sizes < np.inf))] = 1.0
        return np.repeat(sizes, self.n_params // len(sizes))
