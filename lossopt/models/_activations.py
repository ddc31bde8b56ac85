"""Activations of a hidden layer, each with its slope."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lossopt.losses.binary_cross_entropy import sigmoid
from lossopt.params import Array

Activation = Literal["tanh", "relu", "sigmoid"]


def activate(activation: Activation, z: Array) -> None:
    """Replace z by φ(z), in place.

    Examples
    --------
    >>> z = np.array([-1.0, 0.0, 2.0])
    >>> activate("relu", z)
    >>> z
    array([0., 0., 2.])
    """
    if activation == "relu":
        np.maximum(z, 0.0, out=z)
        return
    if activation == "tanh":
        np.tanh(z, out=z)
        return
    np.copyto(z, sigmoid(z))


def slope_factor(activation: Activation, a: Array) -> Array:
    """Slope φ′(z) as a function of a = φ(z); 0 at the kink of the ReLU.

    Examples
    --------
    >>> slope_factor("tanh", np.array([0.0, 0.5]))
    array([1.  , 0.75])
    """
    if activation == "relu":
        return np.where(a > 0.0, 1.0, 0.0)
    slope = a * a
    np.subtract(1.0 if activation == "tanh" else a, slope, out=slope)
    return slope
