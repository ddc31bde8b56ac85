"""Exact shortcuts for surfaces of models that are linear in their params.

On a plane every prediction is z = z₀ + x·z₁ + y·z₂. A squared error then needs three numbers per
grid point whatever the number of samples. In a cross-entropy e^z is a product of a factor that
depends on x and one that depends on y, and a sum of logarithms is the logarithm of a product, so
no exponential per cell and sample is left. The plain definition is `EmpiricalRisk.value`.
"""

from __future__ import annotations

import numpy as np

from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy
from lossopt.losses.mse import MSE
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array

GROUP = 8
"""Samples whose factors are multiplied before one logarithm is taken."""
LARGEST = 690.0
"""Largest exponent that is safe in float64."""
SMALL = 1e-3
"""Mean losses below this lose digits in 1 + e^z and are computed again by the definition."""


def fast_values(
    objective: Objective, origin: Array, directions: Array, x: Array, y: Array
) -> Array | None:
    """Values on the grid, ``(ny, nx)``; None where no shortcut applies or it is not safe."""
    if not (isinstance(objective, EmpiricalRisk) and isinstance(objective.model, LinearInParams)):
        return None
    if isinstance(objective.loss, MSE):
        return _mean_squared_error(objective, origin, directions, x, y)
    if not isinstance(objective.loss, BinaryCrossEntropy | CategoricalCrossEntropy):
        return None
    logits = objective.model.predict(np.stack([origin, *directions]), objective.inputs)
    exponents, linear = _relative_to_label(objective, logits)
    values = _mean_log_sum(exponents, x, y)
    if values is None:
        return None
    values += linear[0] + linear[1] * x + linear[2] * y[:, None]
    small = np.nonzero(values < SMALL)
    cells = origin + x[small[1], None] * directions[0] + y[small[0], None] * directions[1]
    values[small] = objective.value(cells)
    return values


def _mean_squared_error(
    risk: EmpiricalRisk, origin: Array, directions: Array, x: Array, y: Array
) -> Array:
    """Squared length of R·(x, y, 1), with R from the QR factorisation of the residual's parts."""
    triangle = risk.triangle
    parts = triangle[:, :-1] @ np.stack([*directions, origin]).T
    parts[:, 2] -= triangle[:, -1]
    total = np.zeros((y.size, x.size))
    for along_x, along_y, base in np.linalg.qr(parts, mode="r"):
        term = np.add.outer(along_y * y, along_x * x + base)
        total += np.square(term, out=term)
    total /= risk.n_samples
    return total


def _relative_to_label(risk: EmpiricalRisk, logits: Array) -> tuple[Array, Array]:
    """Write the loss as log(1 + Σ e^m) + a linear part, with m relative to the true class.

    Returns m as ``(3, n_samples, K − 1)`` and the coefficients of the linear part, ``(3,)``.
    """
    if logits.ndim == 2:
        return (logits * (1.0 - 2.0 * risk.y))[..., None], np.zeros(3)
    n_classes = logits.shape[-1]
    labels = risk.y.astype(np.int64)
    relative = logits - logits[:, np.arange(len(labels)), labels][..., None]
    smoothing = getattr(risk.loss, "label_smoothing", 0.0)
    linear = -smoothing / n_classes * relative.sum(axis=-1).mean(axis=-1)
    others = (labels[:, None] + np.arange(1, n_classes)) % n_classes
    return np.take_along_axis(relative, others[None], axis=-1), linear


def _mean_log_sum(exponents: Array, x: Array, y: Array) -> Array | None:
    """Mean over samples of log(1 + Σ_k e^(m₀ + x·m₁ + y·m₂)) on the grid; None if unsafe."""
    base, along_x, along_y = np.moveaxis(exponents, -1, 1)  # (K − 1, n_samples) each
    first = base[..., None] + along_x[..., None] * x
    second = along_y[..., None] * y
    highest = float(first.max() + second.max()) + np.log(len(base) + 1.0)
    if max(float(np.abs(first).max()), float(np.abs(second).max())) > LARGEST:
        return None
    group = int(min(GROUP, LARGEST // max(highest, 1.0)))
    if group < 1:
        return None
    first, second = np.exp(first), np.exp(second)
    n_samples = first.shape[1]
    padded = -(-n_samples // group) * group
    total = np.ones((padded, x.size))
    values = np.empty((y.size, x.size))
    for row in range(y.size):
        sums = total[:n_samples]
        np.multiply(first[0], second[0, :, row, None], out=sums)
        for k in range(1, len(first)):
            sums += first[k] * second[k, :, row, None]
        sums += 1.0
        products = total.reshape(-1, group, x.size).prod(axis=1)
        values[row] = np.log(products, out=products).sum(axis=0)
    return values / n_samples
