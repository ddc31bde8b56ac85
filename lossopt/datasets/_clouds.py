"""Round clouds of points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.datasets._base import Dataset
from lossopt.losses._base import Task


def clouds(
    centers: Sequence[tuple[float, float]], n_samples: int, spread: float, seed: int
) -> Dataset:
    """Points around the centers in turn, one class per center.

    Examples
    --------
    >>> clouds([(0.0, 1.0), (5.0, 6.0)], 3, 0.0, seed=0).X
    array([[0., 1.],
           [5., 6.],
           [0., 1.]])
    """
    numbers = np.arange(n_samples) % len(centers)
    steps = np.random.default_rng(seed).standard_normal((n_samples, 2))
    X = np.array(centers)[numbers] + spread * steps
    names = tuple(str(k) for k in range(len(centers)))
    task: Task = "binary" if len(centers) == 2 else "multiclass"
    return Dataset(X, numbers.astype(np.float64), task, ("x1", "x2"), class_names=names)
