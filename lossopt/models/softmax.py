"""Softmax regression."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.models._base import LinearInParams
from lossopt.params import Array, IntArray


@final
@dataclasses.dataclass(frozen=True)
class Softmax(LinearInParams):
    """K logits z = Wᵀx + b; params are W row by row (d × K), then b (K).

    References
    ----------
    D. R. Cox, "Some procedures connected with the logistic qualitative response curve", 1966.

    Examples
    --------
    >>> model = Softmax()
    >>> model.predict(np.array([1.0, 2.0, 0.0, 0.5]), model.prepare(np.array([[3.0]])))
    array([[3. , 6.5]])
    """

    name = "Softmax regression"
    year = 1966
    usual_losses = {"multiclass": "categorical_cross_entropy"}
    formula = r"z = W^\top x + b,\quad p = \operatorname{softmax}(z)"

    def param_names(self, n_features: int, n_outputs: int) -> tuple[str, ...]:
        rows, classes = range(self.weight_count(n_features)), range(n_outputs)
        weights = [f"w{j + 1},{k + 1}" for j in rows for k in classes]
        return (*weights, *(f"b{k + 1}" for k in classes))

    def neurons(self, n_features: int, n_outputs: int) -> IntArray:
        return np.tile(np.arange(n_outputs), self.weight_count(n_features) + 1)

    def _outputs(self, params: Array, inputs: Array) -> int:
        n_outputs, rest = divmod(params.shape[-1], inputs.shape[1])
        return 0 if rest else n_outputs

    def predict(self, params: Array, inputs: Array) -> Array:
        # in memory classes come before samples: sums over a few classes are then long loops
        matrix = params.reshape(*params.shape[:-1], inputs.shape[1], -1)
        return (matrix.swapaxes(-1, -2) @ inputs.T).swapaxes(-1, -2)

    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        slopes = cotangent.swapaxes(-1, -2) @ inputs
        return slopes.swapaxes(-1, -2).reshape(params.shape)
