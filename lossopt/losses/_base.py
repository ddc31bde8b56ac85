"""What a loss is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import ClassVar, Literal

from lossopt.params import Array, Spec

Task = Literal["regression", "binary", "multiclass"]


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
