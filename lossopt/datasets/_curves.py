"""Two classes along two curves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossopt.datasets._base import Dataset
from lossopt.params import Array

Curve = Callable[[Array], tuple[Array, Array]]
"""Point (x, y) at every place t, 0 < t < 1."""


def along_curves(first: Curve, second: Curve, n_samples: int, noise: float, seed: int) -> Dataset:
    """Points evenly along two curves in turn, one class per curve, with Gaussian noise.

    Examples
    --------
    >>> along_curves(lambda t: (t, t), lambda t: (t, -t), 4, 0.0, seed=0).X
    array([[ 0.25,  0.25],
           [ 0.25, -0.25],
           [ 0.75,  0.75],
           [ 0.75, -0.75]])
    """
    numbers = np.arange(n_samples) % 2
    t = (np.arange(n_samples) // 2 + 0.5) / ((n_samples + 1) // 2)
    points = np.where(numbers == 0, first(t), second(t)).T
    steps = np.random.default_rng(seed).standard_normal((n_samples, 2))
    y = numbers.astype(np.float64)
    return Dataset(points + noise * steps, y, "binary", ("x1", "x2"), class_names=("0", "1"))
