"""What a loss is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import Any, ClassVar, Literal

import numpy as np

from lossopt.arguments import numbers, shown
from lossopt.borders import array, is_symbol
from lossopt.params import Array, Spec

Task = Literal["regression", "binary", "multiclass"]


def _checked_pair(loss: Loss, y_pred: Any, y: Any) -> tuple[Array, Array]:
    """Predictions, which may have gone to infinity, and targets of the loss's task."""
    y_pred, y = array("y_pred", y_pred), array("y", y)
    if is_symbol(y_pred) or is_symbol(y):
        return y_pred, y
    many = loss.task == "multiclass"
    samples = y_pred.shape[:-1] if many else y_pred.shape
    if (many and y_pred.ndim == 0) or y.shape != samples[len(samples) - y.ndim :]:
        last = ", K" if many else ""
        raise ValueError(
            f"y_pred must be shaped (..., n_samples{last}) and y (n_samples,), but they are "
            f"{y_pred.shape} and {y.shape}."
        )
    y = numbers("y", y, None, *((0.0, 1.0) if loss.task == "binary" else ()))
    classes = y_pred.shape[-1] if many else 0
    if many and not ((y == np.round(y)) & (y >= 0.0) & (y < classes)).all():
        raise ValueError(f"y must hold class numbers 0 … {classes - 1}, but is {shown(y)}.")
    return y_pred, y


@dataclasses.dataclass(frozen=True)
class Loss(Spec):
    """Pointwise loss ℓ(y_pred, y); the objective is its mean over the samples.

    For ``binary`` losses `y_pred` is the logit z and `y` is 0 or 1. For ``multiclass`` losses
    `y_pred` has the K logits on its last axis and `y` holds class numbers 0 … K−1.

    Attributes
    ----------
    task : str
        Kind of data the loss is made for.
    formula : str
        LaTeX of ℓ.
    convex : bool
        Whether ℓ is convex in `y_pred`, so that any local minimizer of a linear model is global.
    reaches_zero : bool
        Whether a right answer with enough margin costs nothing at all, so that even classes that
        can be separated have a minimizer.
    """

    checks = dict.fromkeys(("value", "gradient", "curvature"), _checked_pair)
    task: ClassVar[Task]
    formula: ClassVar[str]
    convex: ClassVar[bool] = True
    reaches_zero: ClassVar[bool] = False

    @abstractmethod
    def value(self, y_pred: Array, y: Array) -> Array:
        """Loss of each sample.

        Parameters
        ----------
        y_pred : array (..., n_samples) or, for ``multiclass``, (..., n_samples, K)
        y : array (n_samples,)

        Returns
        -------
        array (..., n_samples)

        Raises
        ------
        ValueError
            If these are no numbers, their shapes do not fit, or `y` holds no targets of the task.
        """

    @abstractmethod
    def gradient(self, y_pred: Array, y: Array) -> Array:
        """Derivative of each sample's loss with respect to `y_pred`, shaped like `y_pred`."""

    @abstractmethod
    def curvature(self, y_pred: Array, y: Array) -> Array:
        """Second derivative with respect to `y_pred`, shaped like `y_pred`.

        For ``multiclass`` losses it is the K × K matrix of each sample, ``(..., n_samples, K, K)``.
        Where ℓ has a kink it is the second derivative beside the kink.
        """
