"""Weight decay: coupled, in the gradient, or decoupled, on the params."""

from __future__ import annotations

from typing import Any

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.params import Array, Number, param


def weight_decay(default: float) -> Any:
    """Declare a weight decay λ."""
    return param(default, "weight decay λ", 0.0, 1.0, limits=(0.0, 1e308), minor=True)


def decoupled_weight_decay(default: bool) -> Any:
    """Declare the switch between both kinds."""
    return param(default, "decoupled weight decay", minor=True)


def shrunk(params: Array, rate: Number, weight_decay: Number) -> Array:
    """Params after decoupled weight decay: (1 − ηλ)θ.

    Examples
    --------
    >>> import numpy as np
    >>> shrunk(np.array([[10.0, 20.0]]), 0.5, 0.2)
    array([[ 9., 18.]])
    """
    return (1.0 - rate * weight_decay) * params


def penalized(gradient: Array, params: Array, weight_decay: Number) -> Array:
    """Gradient of the objective plus ½λ‖θ‖²: g + λθ.

    Examples
    --------
    >>> import numpy as np
    >>> penalized(np.array([[1.0, 2.0]]), np.array([[10.0, 20.0]]), 0.1)
    array([[2., 4.]])
    """
    if isinstance(weight_decay, float) and weight_decay == 0.0:
        return gradient
    return gradient + weight_decay * params


def penalized_terms(steps: Steps, weight_decay: Number) -> tuple[Array, list[Term]]:
    """Gradient with coupled weight decay, and the line that says so where there is any."""
    gradient = penalized(steps.gradient, steps.params, weight_decay)
    if gradient is steps.gradient:
        return gradient, []
    symbols = {"g": steps.gradient, "λ": weight_decay, "θ": steps.params}
    return gradient, [Term("g", "g + λ·θ", symbols, gradient)]
