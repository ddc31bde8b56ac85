"""What a model is, and the models that are linear in their params."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from itertools import combinations_with_replacement
from typing import ClassVar

import numpy as np

from lossopt.losses._base import Task
from lossopt.params import Array, Spec, param


@dataclasses.dataclass(frozen=True)
class Model(Spec):
    """A prediction as a function of params, with its pull-back.

    Attributes
    ----------
    task : str
        Kind of data the model is made for.
    usual_loss : str
        Id of the loss that usually goes with it.
    formula : str
        LaTeX of the prediction.
    """

    task: ClassVar[Task]
    usual_loss: ClassVar[str]
    formula: ClassVar[str]

    @abstractmethod
    def prepare(self, X: Array) -> Array:
        """What `predict` works on, computed once: ``(n_samples, n_inputs)``."""

    @abstractmethod
    def param_names(self, n_features: int, n_classes: int) -> tuple[str, ...]:
        """Names of the params, in order."""

    @abstractmethod
    def predict(self, params: Array, inputs: Array) -> Array:
        """Predictions of every run.

        Parameters
        ----------
        params : array (..., n_params)
        inputs : array (n_samples, n_inputs)
            From `prepare`.

        Returns
        -------
        array (..., n_samples), for multiclass models (..., n_samples, K)
        """

    @abstractmethod
    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        """Gradient with respect to params of Σ prediction · cotangent.

        Parameters
        ----------
        params : array (..., n_params)
        inputs : array (n_samples, n_inputs)
        cotangent : array shaped like the predictions

        Returns
        -------
        array (..., n_params)
        """


@dataclasses.dataclass(frozen=True)
class LinearInParams(Model):
    """Models whose prediction is linear in the params: a weighted sum of monomials of X, plus b."""

    degree: int = param(1, "polynomial degree", 1, 6)

    def prepare(self, X: Array) -> Array:
        """Monomials of the features up to `degree`, and a last column of ones for b."""
        columns = [np.prod(X[:, powers], axis=1) for powers in self._monomials(X.shape[1])]
        return np.column_stack([*columns, np.ones(X.shape[0])])

    def _monomials(self, n_features: int) -> list[list[int]]:
        return [
            list(powers)
            for total in range(1, self.degree + 1)
            for powers in combinations_with_replacement(range(n_features), total)
        ]

    def weight_count(self, n_features: int) -> int:
        """Number of weights per output, without b."""
        return len(self._monomials(n_features))


@dataclasses.dataclass(frozen=True)
class SingleOutput(LinearInParams):
    """One number per sample: params are ``[w_1, …, w_d, b]``."""

    def param_names(self, n_features: int, n_classes: int) -> tuple[str, ...]:
        return (*(f"w{k + 1}" for k in range(self.weight_count(n_features))), "b")

    def predict(self, params: Array, inputs: Array) -> Array:
        return np.asarray(params @ inputs.T)

    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        return np.asarray(cotangent @ inputs)
