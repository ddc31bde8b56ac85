"""A mean loss in which some samples count more than others."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from lossopt.arguments import kind_of, numbers, one_of
from lossopt.models import LinearInParams
from lossopt.objectives._base import Bounds, Objective
from lossopt.objectives._risk import EmpiricalRisk
from lossopt.params import Array, IntArray

FORMULAS = {
    "mean": r"\frac{\sum_i w_i \ell_i}{\sum_i w_i}",
    "sum_over_n": r"\frac{1}{n} \sum_i w_i \ell_i",
}


@dataclasses.dataclass(frozen=True, eq=False)
class WeightedRisk(Objective):
    r"""Weighted mean loss of a model on a dataset, as a function of the model's params.

    A sample's weight is that of its class times its own. Samples of weight 0 are left out of every
    sum, so that a loss that is infinite there does no harm. A batch in which no sample counts has
    gradient 0.

    Parameters
    ----------
    risk : EmpiricalRisk
        Samples, model and loss. A weight belongs to the sample's own class, also under label
        smoothing.
    class_weights : sequence of float (K,) or "balanced", optional
        One for each class, not negative; "balanced" is n / (K n_k), where K counts the classes
        that have samples.
    sample_weights : array (n_samples,), optional
        Not negative.
    weighting : str
        What the weighted losses are divided by, in every batch: ``"mean"`` by the sum of its
        weights, as PyTorch's `cross_entropy` does; ``"sum_over_n"`` by its number of samples, as
        scikit-learn's linear models by stochastic gradient descent do.

    Attributes
    ----------
    weights : array (n_samples,)
        Weight of every sample, before any division.
    formula : str
        LaTeX.

    Raises
    ------
    ValueError
        If weights are no finite numbers from 0 up, too few, too many, all 0 or so large that their
        sum overflows, or if class weights are given for regression.

    References
    ----------
    PyTorch documentation, "torch.nn.CrossEntropyLoss"; scikit-learn documentation,
    "sklearn.utils.class_weight.compute_class_weight".

    G. King, L. Zeng, "Logistic Regression in Rare Events Data", 2001.

    Examples
    --------
    >>> import lossopt as lo
    >>> data = lo.Dataset([[0.0], [1.0]], [1.0, 3.0])
    >>> risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> float(lo.WeightedRisk(risk, sample_weights=[3, 1]).value(np.zeros(2)))
    3.0
    >>> summed = lo.WeightedRisk(risk, sample_weights=[3, 1], weighting="sum_over_n")
    >>> float(summed.value(np.zeros(2)))
    6.0
    """

    risk: EmpiricalRisk
    class_weights: Sequence[float] | str | None = None
    sample_weights: Array | Sequence[float] | None = None
    weighting: str = "mean"

    def __post_init__(self) -> None:
        kind_of("risk", self.risk, EmpiricalRisk)
        one_of("weighting", self.weighting, FORMULAS)
        weights = self._of_classes()
        if self.sample_weights is not None:
            own = numbers("sample_weights", self.sample_weights, (self.n_samples,), 0.0)
            with np.errstate(over="ignore"):
                weights = weights * own
        with np.errstate(over="ignore"):
            total = weights.sum()
        if not 0.0 < total < np.inf:
            given = "class_weights and sample_weights"
            raise ValueError(f"The sum of all weights must be finite and above 0; see {given}.")
        object.__setattr__(self, "weights", weights)

    def _of_classes(self) -> Array:
        """Weight of every sample's class, 1 where none is given."""
        data, given = self.risk.dataset, self.class_weights
        if given is None:
            return np.ones(data.n_samples)
        if data.task == "regression":
            raise ValueError("class_weights belong to classes, but the task is regression.")
        classes, n_classes = data.y.astype(int), len(data.class_names)
        if isinstance(given, str):
            one_of("class_weights", given, ("balanced",))
            counts = np.bincount(classes, minlength=n_classes)
            each = data.n_samples / (np.count_nonzero(counts) * np.maximum(counts, 1))
        else:
            each = numbers("class_weights", given, (n_classes,), 0.0)
        return np.asarray(each[classes])

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples, those of weight 0 included."""
        return self.risk.n_samples

    @property
    def n_params(self) -> int:  # type: ignore[override]
        """Number of params."""
        return self.risk.n_params

    @property
    def convex(self) -> bool:  # type: ignore[override]
        """Whether any local minimizer is global."""
        return self.risk.convex

    @property
    def formula(self) -> str:  # type: ignore[override]
        """Which mean it is, in LaTeX."""
        return FORMULAS[self.weighting]

    @property
    def param_names(self) -> tuple[str, ...]:
        """Names of the model's params."""
        return self.risk.param_names

    def _counted(self, rows: IntArray | None) -> tuple[IntArray, Array]:
        """Samples that count, and their shares of the mean."""
        rows = np.arange(self.n_samples) if rows is None else np.asarray(rows)
        weights: Array = self.weights[rows]  # type: ignore[attr-defined]
        divisor = weights.sum() if self.weighting == "mean" else len(rows)
        used = weights > 0.0
        return rows[used], weights[used] / (divisor or 1.0)

    @cached_property
    def _all(self) -> tuple[IntArray, Array]:
        return self._counted(None)

    def value(self, params: Array) -> Array:
        """Weighted mean loss, ``(..., n_params)`` to ``(...)``; infinite if too large."""
        rows, shares = self._all
        inputs, y = self.risk.inputs[rows], self.risk.y[rows]
        params = np.asarray(params, dtype=np.float64)
        flat = params.reshape(-1, self.n_params)
        means = np.empty(len(flat))
        with np.errstate(over="ignore", invalid="ignore"):
            for block in self.risk._blocks(len(flat), len(y)):
                predictions = self.risk.model.predict(flat[block], inputs)
                losses = self.risk.loss.value(predictions, y)
                means[block] = (losses * shares).sum(axis=-1)
        return means.reshape(params.shape[:-1])

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Gradient of the weighted mean over `rows`, ``(..., n_params)`` to the same shape."""
        rows, shares = self._all if rows is None else self._counted(rows)
        inputs, y = self.risk.inputs[rows], self.risk.y[rows]
        params = np.asarray(params, dtype=np.float64)
        flat = params.reshape(-1, self.n_params)
        gradients = np.zeros_like(flat)
        if not len(rows):
            return gradients.reshape(params.shape)
        if self.risk.loss.task == "multiclass":
            shares = shares[:, None]
        for block in self.risk._blocks(len(flat), len(y)):
            predictions, pullback = self.risk.model.linearize(flat[block], inputs)
            gradients[block] = pullback(shares * self.risk.loss.gradient(predictions, y))
        return gradients.reshape(params.shape)

    def test_loss(self, params: Array) -> Array | None:
        """Mean loss over the test samples, each of which counts the same; None without any."""
        return self.risk.test_loss(params)

    @property
    def start(self) -> Array:
        """Params before training."""
        return self.risk.start

    @property
    def quadratic(self) -> bool:  # type: ignore[override]
        """Whether the weighted mean is a quadratic function of the params."""
        return self.risk.quadratic

    @cached_property
    def _solution(self) -> Array:
        """The minimizer of a squared error where it is the only one, ``(1, n_params)``."""
        none = np.empty((0, self.n_params))
        if not (self.quadratic and isinstance(self.risk.model, LinearInParams)):
            return none
        rows, shares = self._all
        roots = np.sqrt(shares)
        inputs, y = roots[:, None] * self.risk.inputs[rows], roots * self.risk.y[rows]
        if not np.isfinite(inputs).all():
            return none
        found, _, rank, _ = np.linalg.lstsq(inputs, y, rcond=None)
        return np.asarray(found[None]) if rank == self.n_params else none

    @property
    def minimizers(self) -> Array:
        """The minimizer of a squared error; none is known for other losses."""
        return self._solution

    @property
    def bounds(self) -> Bounds:
        """The box without weights, widened to hold the minimizer where one is known."""
        usual, found = self.risk.bounds, self._solution
        if not len(found):
            return usual
        return tuple(
            (min(low, float(2.0 * goal - high)), max(high, float(2.0 * goal - low)))
            if not low < goal < high
            else (low, high)
            for (low, high), goal in zip(usual, found[0], strict=True)
        )
