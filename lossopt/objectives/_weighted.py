"""A mean loss in which some samples count more than others."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from lossopt.arguments import kind_of, numbers, one_of
from lossopt.datasets import Dataset
from lossopt.objectives._reduced import Samples
from lossopt.objectives._risk import EmpiricalRisk
from lossopt.params import Array, IntArray

WEIGHTED_MEANS = {
    "mean": r"\frac{\sum_i w_i \ell_i}{\sum_i w_i}",
    "sum_over_n": r"\frac{1}{n} \sum_i w_i \ell_i",
}
"""What weighted losses can be divided by, and its LaTeX."""


@dataclasses.dataclass(frozen=True, eq=False, init=False, kw_only=True)
class WeightedRisk(EmpiricalRisk):
    r"""Weighted mean loss of a model on a dataset, as a function of the model's params.

    A sample's weight is that of its class times its own. Samples of weight 0 are left out of every
    sum, so that a loss that is infinite there does no harm. A batch in which no sample counts has
    gradient 0. Test samples all count the same.

    Parameters
    ----------
    risk : EmpiricalRisk
        Samples, model and loss, without weights so far. A weight belongs to the sample's own
        class, also under label smoothing.
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
        If the risk has weights already, or weights are no finite numbers from 0 up, too few, too
        many, all 0 or so large that their sum overflows, or if class weights are given for
        regression.

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
    >>> float(lo.WeightedRisk(risk, sample_weights=[3, 1]).value(np.zeros(2)).round(12))
    3.0
    >>> summed = lo.WeightedRisk(risk, sample_weights=[3, 1], weighting="sum_over_n")
    >>> float(summed.value(np.zeros(2)).round(12))
    6.0
    """

    risk: EmpiricalRisk
    class_weights: tuple[float, ...] | str | None
    sample_weights: Array | None
    weighting: str
    weights: Array = dataclasses.field(init=False, repr=False)

    def __init__(
        self,
        risk: EmpiricalRisk,
        class_weights: Sequence[float] | str | None = None,
        sample_weights: Array | Sequence[float] | None = None,
        weighting: str = "mean",
    ) -> None:
        kind_of("risk", risk, EmpiricalRisk)
        if isinstance(risk, WeightedRisk):
            raise ValueError("The risk has weights already.")
        classes = _checked_classes(risk.dataset, class_weights)
        own = _checked_samples(risk.dataset, sample_weights)
        given = {
            "risk": risk,
            "class_weights": classes,
            "sample_weights": own,
            "weighting": one_of("weighting", weighting, WEIGHTED_MEANS),
            "weights": _products(risk.dataset, classes, own),
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)
        super().__init__(risk.data, risk.model, risk.loss, risk.test)

    @property
    def dataset(self) -> Dataset:
        """The samples."""
        return self.risk.dataset

    @property
    def inputs(self) -> Array:
        """What the model predicts from, ``(n_samples, n_inputs)``."""
        return self.risk.inputs

    @property
    def formula(self) -> str:  # type: ignore[override]
        """Which mean it is, in LaTeX."""
        return WEIGHTED_MEANS[self.weighting]

    @cached_property
    def samples(self) -> Samples:
        """The samples that count, and how much."""
        return self._drawn(np.arange(self.n_samples))

    def _drawn(self, rows: IntArray) -> Samples:
        """Those of a batch that count."""
        rows = np.asarray(rows)
        weights = self.weights[rows]
        used = weights > 0.0
        divisor = weights.sum() if self.weighting == "mean" else len(rows)
        shares = weights[used] / (divisor or 1.0)
        return super()._drawn(rows[used])._replace(weights=len(shares) * shares)

    @property
    def margins(self) -> None:
        """None: not all that the loss depends on."""
        return None


def _checked_classes(
    data: Dataset, given: Sequence[float] | str | None
) -> tuple[float, ...] | str | None:
    """Class weights as plain numbers."""
    if given is None:
        return None
    if data.task == "regression":
        raise ValueError("class_weights belong to classes, but the task is regression.")
    if isinstance(given, str):
        return one_of("class_weights", given, ("balanced",))
    return tuple(numbers("class_weights", given, (len(data.class_names),), 0.0).tolist())


def weights_of_classes(data: Dataset, given: Sequence[float] | str) -> tuple[float, ...]:
    """Weight of each class; "balanced" is n / (K n_k), where K counts the classes with samples.

    References
    ----------
    scikit-learn documentation, "sklearn.utils.class_weight.compute_class_weight".

    Examples
    --------
    >>> weights_of_classes(Dataset([[0.0], [1.0], [2.0]], [0, 1, 1]), "balanced")
    (1.5, 0.75)
    """
    return _of_classes(data, _checked_classes(data, given) or ())


def _of_classes(data: Dataset, checked: tuple[float, ...] | str) -> tuple[float, ...]:
    if not isinstance(checked, str):
        return checked
    counts = np.bincount(data.y.astype(int), minlength=len(data.class_names))
    each = data.n_samples / (np.count_nonzero(counts) * np.maximum(counts, 1))
    return tuple(each.tolist())


def weights_of_samples(
    data: Dataset,
    class_weights: Sequence[float] | str | None = None,
    sample_weights: Array | Sequence[float] | None = None,
) -> Array:
    """Weight of every sample: that of its class times its own, ``(n_samples,)``.

    Raises
    ------
    ValueError
        See `WeightedRisk`.

    Examples
    --------
    >>> weights_of_samples(Dataset([[0.0], [1.0], [2.0]], [0, 1, 1]), (1, 3), [1, 2, 0])
    array([1., 6., 0.])
    """
    classes = _checked_classes(data, class_weights)
    return _products(data, classes, _checked_samples(data, sample_weights))


def _checked_samples(data: Dataset, given: Array | Sequence[float] | None) -> Array | None:
    return None if given is None else numbers("sample_weights", given, (data.n_samples,), 0.0)


def _products(data: Dataset, classes: tuple[float, ...] | str | None, own: Array | None) -> Array:
    """Weight of every sample, from what was checked."""
    weights = np.ones(data.n_samples)
    if classes is not None:
        weights = np.array(_of_classes(data, classes))[data.y.astype(int)]
    with np.errstate(over="ignore"):
        if own is not None:
            weights = weights * own
        total = weights.sum()
    if not 0.0 < total < np.inf:
        given = "class_weights and sample_weights"
        raise ValueError(f"The sum of all weights must be finite and above 0; see {given}.")
    return weights
