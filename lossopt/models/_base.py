"""What a model is, and the models that are linear in their params."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations_with_replacement
from typing import Any, ClassVar

import numpy as np

from lossopt.arguments import numbers, whole
from lossopt.borders import array, is_symbol
from lossopt.losses._base import Task
from lossopt.params import Array, IntArray, Spec, param

Pullback = Callable[[Array], Array]


def _checked_features(model: Model, X: Any) -> tuple[Array]:
    X = array("X", X)
    return (X if is_symbol(X) else numbers("X", X, (None, None)),)


def _checked_counts(model: Model, *counts: Any, **named: Any) -> tuple[int, ...]:
    given = dict(zip(("n_features", "n_outputs"), counts, strict=False)) | named
    return tuple(whole(name, value, 1) for name, value in given.items())


def _checked_inputs(model: Model, params: Any, inputs: Any) -> tuple[Array, Array]:
    """Params that fit the inputs; they may have gone to infinity."""
    params, inputs = array("params", params), array("inputs", inputs)
    if is_symbol(params) or is_symbol(inputs):
        return params, inputs
    if params.ndim == 0 or inputs.ndim != 2 or model._outputs(params, inputs) == 0:
        raise ValueError(
            f"{model.name}: params must be shaped (..., n_params) and fit inputs shaped "
            f"(n_samples, n_inputs), but they are {params.shape} and {inputs.shape}."
        )
    return params, inputs


def _checked_pullback(
    model: Model, params: Any, inputs: Any, cotangent: Any
) -> tuple[Array, Array, Array]:
    params, inputs = _checked_inputs(model, params, inputs)
    cotangent = array("cotangent", cotangent)
    if is_symbol(cotangent) or is_symbol(params) or is_symbol(inputs):
        return params, inputs, cotangent
    one, many = (*params.shape[:-1], len(inputs)), cotangent.shape[-1:]
    known = model._outputs(params, inputs)
    if cotangent.shape not in (one, one + (many if known is None else (known,))):
        raise ValueError(
            f"{model.name}: cotangent must be shaped like the predictions, but is "
            f"{cotangent.shape} for params {params.shape} and inputs {inputs.shape}."
        )
    return params, inputs, cotangent


@dataclasses.dataclass(frozen=True)
class Model(Spec):
    """A prediction as a function of params, with its pull-back.

    Attributes
    ----------
    usual_losses : dict of str to str
        Kinds of data (tasks) the model is made for, each with the id of its usual loss.
    formula : str
        LaTeX of the prediction.

    Notes
    -----
    `n_outputs` is the number of numbers predicted per sample: K for K classes with a ``multiclass``
    loss, else 1.
    """

    checks = {
        "prepare": _checked_features,
        "param_names": _checked_counts,
        "initial": _checked_counts,
        "neurons": _checked_counts,
        "predict": _checked_inputs,
        "linearize": _checked_inputs,
        "pullback": _checked_pullback,
    }
    usual_losses: ClassVar[Mapping[Task, str]]
    formula: ClassVar[str]

    def _outputs(self, params: Array, inputs: Array) -> int | None:
        """Numbers predicted per sample; 0 where params and inputs do not fit, None if unknown."""
        return None

    @abstractmethod
    def prepare(self, X: Array) -> Array:
        """What `predict` works on, computed once: ``(n_samples, n_inputs)``."""

    @abstractmethod
    def param_names(self, n_features: int, n_outputs: int) -> tuple[str, ...]:
        """Names of the params, in order."""

    def initial(self, n_features: int, n_outputs: int) -> Array:
        """Params before training, ``(n_params,)``; all zero unless a subclass knows better."""
        return np.zeros(len(self.param_names(n_features, n_outputs)))

    def neurons(self, n_features: int, n_outputs: int) -> IntArray:
        """Number of the neuron (one output, one hidden unit) that each param leads into."""
        return np.zeros(len(self.param_names(n_features, n_outputs)), dtype=np.int64)

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

    def linearize(self, params: Array, inputs: Array) -> tuple[Array, Pullback]:
        """Predictions, and the pull-back from there; a subclass may share work between the two."""
        return self.predict(params, inputs), partial(self.pullback, params, inputs)


@dataclasses.dataclass(frozen=True)
class LinearInParams(Model):
    """Models whose prediction is linear in the params: a weighted sum of monomials of X, plus b."""

    checks = {**Model.checks, "monomials": _checked_counts, "weight_count": _checked_counts}
    degree: int = param(1, "polynomial degree", 1, 6)

    def prepare(self, X: Array) -> Array:
        """Monomials of the features up to `degree`, and a last column of ones for b."""
        columns = [np.prod(X[:, powers], axis=1) for powers in self.monomials(X.shape[1])]
        return np.column_stack([*columns, np.ones(X.shape[0])])

    def monomials(self, n_features: int) -> list[list[int]]:
        """Numbers of the features whose product each weight belongs to, in order.

        >>> import lossopt as lo
        >>> lo.MODELS["linear"](degree=2).monomials(2)
        [[0], [1], [0, 0], [0, 1], [1, 1]]
        """
        return [
            list(powers)
            for total in range(1, self.degree + 1)
            for powers in combinations_with_replacement(range(n_features), total)
        ]

    def weight_count(self, n_features: int) -> int:
        """Number of weights per output, without b."""
        return len(self.monomials(n_features))


@dataclasses.dataclass(frozen=True)
class SingleOutput(LinearInParams):
    """One number per sample: params are ``[w_1, …, w_d, b]``."""

    def param_names(self, n_features: int, n_outputs: int) -> tuple[str, ...]:
        return (*(f"w{k + 1}" for k in range(self.weight_count(n_features))), "b")

    def _outputs(self, params: Array, inputs: Array) -> int:
        return int(params.shape[-1] == inputs.shape[1])

    def predict(self, params: Array, inputs: Array) -> Array:
        return params @ inputs.T

    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        return cotangent @ inputs
