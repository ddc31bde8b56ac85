"""Binary cross-entropy of a linear logit, value and gradient in one go.

With the labels folded into the inputs, a sample costs log(1 + eᵐ) for m = −z where the label is 1
and m = z where it is 0: one exponential and one logarithm serve value and slope alike.
"""

from __future__ import annotations

import numpy as np

from lossopt.params import Array


def signed_inputs(inputs: Array, y: Array) -> Array:
    """Inputs times −1 where the label is 1, ``(n_samples, n_inputs)``."""
    return np.asarray(inputs * (1.0 - 2.0 * y)[:, None])


def summed_softplus(params: Array, signed: Array) -> tuple[Array, Array]:
    """Sum of log(1 + eᵐ) over the samples, ``(n_runs,)``, and its gradient ``(n_runs, n_params)``.

    >>> value, slope = summed_softplus(np.zeros((1, 1)), np.array([[2.0], [-2.0]]))
    >>> value.round(6), slope
    (array([1.386294]), array([[0.]]))
    """
    m = params @ signed.T
    tail = np.abs(m)
    np.negative(tail, out=tail)
    np.exp(tail, out=tail)
    np.log1p(tail, out=tail)
    slopes = np.minimum(m, 0.0)
    slopes -= tail
    np.exp(slopes, out=slopes)
    tail += np.maximum(m, 0.0, out=m)
    return np.add.reduce(tail, axis=-1), slopes @ signed
