"""Binary cross-entropy of a linear logit, value and gradient in one go.

With the labels folded into the inputs, a sample costs log(1 + eᵐ) for m = −z where the label is 1
and m = z where it is 0: one exponential and one logarithm serve value and slope alike.
"""

from __future__ import annotations

import numpy as np

from lossopt.losses.binary_cross_entropy import wrong_side
from lossopt.params import Array


def signed_inputs(inputs: Array, y: Array) -> Array:
    """Inputs times −1 where the label is 1, ``(n_samples, n_inputs)``."""
    return np.asarray(inputs * wrong_side(y)[:, None])


def summed_softplus(params: Array, signed: Array) -> tuple[Array, Array]:
    """Sum of log(1 + eᵐ) over the samples, ``(n_runs,)``, and its gradient ``(n_runs, n_params)``.

    >>> value, slope = summed_softplus(np.zeros((1, 1)), np.array([[2.0], [-2.0]]))
    >>> value.round(6), slope
    (array([1.386294]), array([[0.]]))
    """
    m, power = _margins(params, signed)
    losses = np.log1p(power)
    losses += np.maximum(m, 0.0)
    return np.add.reduce(losses, axis=-1), _slopes(m, power) @ signed


def summed_losses(params: Array, signed: Array) -> Array:
    """The sum alone.

    >>> summed_losses(np.zeros((1, 1)), np.array([[2.0], [-2.0]])).round(6)
    array([1.386294])
    """
    m, losses = _margins(params, signed)
    np.log1p(losses, out=losses)
    losses += np.maximum(m, 0.0, out=m)
    return np.asarray(np.add.reduce(losses, axis=-1))


def summed_slopes(params: Array, signed: Array) -> Array:
    """Its gradient alone.

    >>> summed_slopes(np.zeros((1, 1)), np.array([[2.0], [-1.0]]))
    array([[0.5]])
    """
    return np.asarray(_slopes(*_margins(params, signed)) @ signed)


def _margins(params: Array, signed: Array) -> tuple[Array, Array]:
    """Every m, and e^−|m|."""
    m = params @ signed.T
    power = np.abs(m)
    np.negative(power, out=power)
    return m, np.exp(power, out=power)


def _slopes(m: Array, power: Array) -> Array:
    """σ(m), computed as the loss itself does, in the place of e^−|m|."""
    power /= 1.0 + power
    np.subtract(m > 0.0, power, out=power)
    return np.abs(power, out=power)
