"""Multi-layer perceptron."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from itertools import pairwise
from typing import final

import numpy as np

from lossopt.models._activations import Activation, activate, slope_factor
from lossopt.models._base import Model, Pullback
from lossopt.params import Array, IntArray, param

BLOCK = 1 << 16
"""Hidden numbers per block of runs: small enough for the cache."""
KEPT_BLOCKS = 32
"""Most blocks whose hidden numbers are kept for the way back; beyond, they are computed twice."""


@final
@dataclasses.dataclass(frozen=True)
class MLP(Model):
    """Multi-layer perceptron: hidden layers a ← φ(Wᵀa + b) of equal width, then a linear output.

    Params are the layers in turn, each as in softmax regression: W row by row (inputs × outputs),
    then b. They start at random: W uniform with variance 2/(n_in + n_out) for tanh and sigmoid
    (Glorot) or 2/n_in for ReLU (He), b zero.

    Notes
    -----
    At the kink of the ReLU the chosen slope is 0, as in PyTorch. PyTorch's ``nn.Linear`` stores
    Wᵀ and starts otherwise: W and b uniform within ±1/√n_in.

    References
    ----------
    D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by back-propagating
    errors", 1986. X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", 2010. K. He et al., "Delving Deep into Rectifiers", 2015.

    Examples
    --------
    >>> model = MLP(width=1)
    >>> model.param_names(1, 1)
    ('w¹1,1', 'b¹1', 'w²1,1', 'b²1')
    >>> model.predict(np.array([2.0, -1.0, 3.0, 0.5]), model.prepare(np.array([[0.5], [1.0]])))
    array([0.5       , 2.78478247])
    """

    checks = {
        **Model.checks,
        "sizes": Model.checks["param_names"],
        "activations": Model.checks["predict"],
    }
    name = "Neural network (MLP)"
    year = 1986
    usual_losses = {
        "regression": "mse",
        "binary": "binary_cross_entropy",
        "multiclass": "categorical_cross_entropy",
    }
    formula = (
        r"a_0 = x,\quad a_l = \varphi(W_l^\top a_{l-1} + b_l),"
        r"\quad z = W_{L+1}^\top a_L + b_{L+1}"
    )

    hidden_layers: int = param(1, "hidden layers", 1, 3)
    width: int = param(8, "neurons per layer", 1, 16)
    activation: Activation = param("tanh", "activation φ", choices=("tanh", "relu", "sigmoid"))
    init_seed: int = param(0, "seed of the start", 0, 9999)

    def sizes(self, n_features: int, n_outputs: int) -> list[tuple[int, int]]:
        """Inputs and outputs of every layer, without the input that is always 1."""
        ends = [n_features, *[self.width] * self.hidden_layers, n_outputs]
        return list(pairwise(ends))

    def prepare(self, X: Array) -> Array:
        """The features, and a last column of ones for b."""
        return np.column_stack([X, np.ones(X.shape[0])])

    def param_names(self, n_features: int, n_outputs: int) -> tuple[str, ...]:
        return tuple(
            f"w{mark}{i + 1},{j + 1}" if i < n_in else f"b{mark}{j + 1}"
            for mark, (n_in, n_out) in zip("¹²³⁴", self.sizes(n_features, n_outputs), strict=False)
            for i in range(n_in + 1)
            for j in range(n_out)
        )

    def initial(self, n_features: int, n_outputs: int) -> Array:
        rng = np.random.default_rng(self.init_seed)
        parts = []
        for n_in, n_out in self.sizes(n_features, n_outputs):
            fan = n_in if self.activation == "relu" else 0.5 * (n_in + n_out)
            reach = np.sqrt((6.0 if self.activation == "relu" else 3.0) / fan)
            parts += [rng.uniform(-reach, reach, n_in * n_out), np.zeros(n_out)]
        return np.concatenate(parts)

    def neurons(self, n_features: int, n_outputs: int) -> IntArray:
        parts, first = [], 0
        for n_in, n_out in self.sizes(n_features, n_outputs):
            parts.append(np.tile(first + np.arange(n_out), n_in + 1))
            first += n_out
        return np.concatenate(parts)

    def _outputs(self, params: Array, inputs: Array) -> int:
        inner = self.width * (inputs.shape[1] + (self.hidden_layers - 1) * (self.width + 1))
        n_outputs, rest = divmod(params.shape[-1] - inner, self.width + 1)
        return 0 if rest else max(n_outputs, 0)

    def predict(self, params: Array, inputs: Array) -> Array:
        runs = params.reshape(-1, params.shape[-1])
        outputs = [self._forward(runs[block], inputs)[-1] for block in self._blocks(runs, inputs)]
        return _per_sample(_joined(outputs), params)

    def activations(self, params: Array, inputs: Array) -> list[Array]:
        """What every neuron says: of each hidden layer a, and last the output z.

        Parameters
        ----------
        params : array (..., n_params)
        inputs : array (n_samples, n_features + 1)
            As `prepare` makes them.

        Returns
        -------
        list of array (..., n_neurons, n_samples)
            One per layer.

        Examples
        --------
        >>> model = MLP(width=1)
        >>> inputs = model.prepare(np.array([[0.5], [1.0]]))
        >>> hidden, output = model.activations(np.array([2.0, -1.0, 3.0, 0.5]), inputs)
        >>> hidden.round(3).tolist(), output.round(3).tolist()
        ([[0.0, 0.762]], [[0.5, 2.785]])
        """
        runs, lead = params.reshape(-1, params.shape[-1]), params.shape[:-1]
        *hidden, output = self._forward(runs, inputs)[1:]
        said = [*(signal[:, :-1] for signal in hidden), output]
        return [layer.reshape(*lead, *layer.shape[1:]) for layer in said]

    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        runs = params.reshape(-1, params.shape[-1])
        passes = (
            (block, self._forward(runs[block], inputs)) for block in self._blocks(runs, inputs)
        )
        return self._backward(runs, passes, cotangent).reshape(params.shape)

    def linearize(self, params: Array, inputs: Array) -> tuple[Array, Pullback]:
        runs = params.reshape(-1, params.shape[-1])
        blocks = self._blocks(runs, inputs)
        if len(blocks) > KEPT_BLOCKS:
            return super().linearize(params, inputs)
        passes = [(block, self._forward(runs[block], inputs)) for block in blocks]
        outputs = [signals[-1] for _, signals in passes]

        def pullback(cotangent: Array) -> Array:
            return self._backward(runs, passes, cotangent).reshape(params.shape)

        return _per_sample(_joined(outputs), params), pullback

    def _blocks(self, runs: Array, inputs: Array) -> list[slice]:
        size = max(1, BLOCK // (len(inputs) * self.width * self.hidden_layers))
        return [slice(first, first + size) for first in range(0, max(len(runs), 1), size)]

    def _layers(self, runs: Array, n_inputs: int) -> list[Array]:
        """Views of W and b of every layer as one matrix, ``(n_runs, n_in + 1, n_out)``."""
        n_rows = [n_inputs, *[self.width + 1] * self.hidden_layers]
        inner = self.width * sum(n_rows[:-1])
        widths = [*[self.width] * self.hidden_layers, (runs.shape[1] - inner) // n_rows[-1]]
        layers, first = [], 0
        for rows, columns in zip(n_rows, widths, strict=True):
            block = runs[:, first : first + rows * columns]
            layers.append(block.reshape(len(runs), rows, columns))
            first += rows * columns
        return layers

    def _forward(self, runs: Array, inputs: Array) -> list[Array]:
        """Signals into every layer and out of the last, ``(n_runs, neurons, n_samples)``.

        Samples come last, so that every product is one long GEMM; a neuron that is always 1 stands
        behind the others, so that b is a row of the matrix.
        """
        *hidden, last = self._layers(runs, inputs.shape[1])
        signals = [inputs.T]
        for layer in hidden:
            signal = np.empty_like(runs, shape=(len(runs), self.width + 1, len(inputs)))
            signal[:, -1] = 1.0
            np.matmul(layer.swapaxes(1, 2), signals[-1], out=signal[:, :-1])
            activate(self.activation, signal[:, :-1])
            signals.append(signal)
        return [*signals, last.swapaxes(1, 2) @ signals[-1]]

    def _backward(
        self, runs: Array, passes: Iterable[tuple[slice, list[Array]]], cotangent: Array
    ) -> Array:
        """Back-propagate through the forward passes of all blocks, ``(n_runs, n_params)``."""
        slopes = np.empty_like(runs, order="C")
        for block, signals in passes:
            n_inputs, n_samples = signals[0].shape
            layers = self._layers(runs[block], n_inputs)
            targets = self._layers(slopes[block], n_inputs)
            change = cotangent.reshape(len(runs), n_samples, -1)[block].swapaxes(1, 2)
            for k in range(len(layers) - 1, -1, -1):
                targets[k][...] = signals[k] @ change.swapaxes(1, 2)
                if k:
                    change = layers[k][:, :-1] @ change
                    change *= slope_factor(self.activation, signals[k][:, :-1])
        return slopes


def _joined(outputs: list[Array]) -> Array:
    return outputs[0] if len(outputs) == 1 else np.concatenate(outputs)


def _per_sample(outputs: Array, params: Array) -> Array:
    """From ``(n_runs, n_outputs, n_samples)`` to the shape of predictions."""
    n_outputs, n_samples = outputs.shape[1:]
    lead = params.shape[:-1]
    if n_outputs == 1:
        return outputs.reshape(*lead, n_samples)
    return np.copy(outputs.swapaxes(1, 2), order="C").reshape(*lead, n_samples, n_outputs)
