"""Coupled weight decay, shared by all rules but the decoupled ones."""

from __future__ import annotations

from typing import Any

from lossopt.params import Array, Number, param


def weight_decay(default: float) -> Any:
    """Declare a weight decay λ."""
    return param(default, "weight decay λ", 0.0, 1.0, limits=(0.0, 1e308))


def penalised(gradient: Array, params: Array, weight_decay: Number) -> Array:
    """Gradient of the objective plus ½λ‖θ‖²: g + λθ.

    Examples
    --------
    >>> import numpy as np
    >>> penalised(np.array([[1.0, 2.0]]), np.array([[10.0, 20.0]]), 0.1)
    array([[2., 4.]])
    """
    if isinstance(weight_decay, float) and weight_decay == 0.0:
        return gradient
    return gradient + weight_decay * params
