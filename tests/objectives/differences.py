"""Central differences, the independent oracle for every derivative."""

import numpy as np


def differences(function, point, step=1e-6):
    """Derivative of `function` at one point: one leading row per coordinate of `point`."""
    point = np.asarray(point, dtype=float)
    rows = []
    for k in range(point.size):
        size = step * max(1.0, abs(point.flat[k]))
        shift = np.zeros_like(point)
        shift.flat[k] = size
        rows.append((function(point + shift) - function(point - shift)) / (2.0 * size))
    return np.array(rows)
