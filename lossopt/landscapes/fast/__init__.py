"""Exact shortcuts for surfaces of models that are linear in their params.

On a plane every prediction is z = z₀ + x·z₁ + y·z₂, so that much can be computed once per column
and once per row instead of once per grid point. One file per shortcut; the plain definition is
`EmpiricalRisk.value`. Every shortcut says how far rounding may have carried it, and points where
that is too far are computed again by the definition.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossopt.landscapes.fast._blocks import blockwise
from lossopt.landscapes.fast._kinks import absolute_error, hinge, huber
from lossopt.landscapes.fast._logs import binary_cross_entropy, categorical_cross_entropy
from lossopt.landscapes.fast._sheet import TOLERANCE, Sheet, Values
from lossopt.landscapes.fast._sigmoids import sigmoid_squared_error
from lossopt.landscapes.fast._squares import squared_error
from lossopt.losses import Loss
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy
from lossopt.losses.hinge import Hinge
from lossopt.losses.huber import Huber
from lossopt.losses.mae import MAE
from lossopt.losses.mse import MSE
from lossopt.losses.sigmoid_mse import SigmoidMSE
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array

SHORTCUTS: dict[type[Loss], Callable[[Sheet], Values]] = {
    MSE: squared_error,
    MAE: absolute_error,
    Hinge: hinge,
    Huber: huber,
    BinaryCrossEntropy: binary_cross_entropy,
    CategoricalCrossEntropy: categorical_cross_entropy,
    SigmoidMSE: sigmoid_squared_error,
}
SHARE = 0.5
"""Share of points that may be computed again one by one; beyond it the whole grid is."""


def fast_values(
    objective: Objective, origin: Array, directions: Array, x: Array, y: Array
) -> Array | None:
    """Values on a grid over a plane; None if there is no faster way than `objective.value`.

    Parameters
    ----------
    objective : Objective
    origin : array (n_params,)
    directions : array (2, n_params)
    x : array (nx,)
        Evenly spaced and rising, as is `y`.
    y : array (ny,)

    Returns
    -------
    array (ny, nx) or None
    """
    if not (isinstance(objective, EmpiricalRisk) and isinstance(objective.model, LinearInParams)):
        return None
    sheet = Sheet.of(objective, origin, directions, x, y)
    shortcut = SHORTCUTS.get(type(objective.loss))
    if objective.samples.weights is not None and shortcut is not squared_error:
        return blockwise(sheet)
    if shortcut is None or not (shortcut is squared_error or sheet.moderate):
        return blockwise(sheet)
    values, rounding = shortcut(sheet)
    unsafe = ~(rounding <= TOLERANCE * values)
    n_unsafe = np.count_nonzero(unsafe)
    if n_unsafe > SHARE * values.size:
        return blockwise(sheet)
    if n_unsafe:
        rows, columns = np.nonzero(unsafe)
        points = origin + x[columns, None] * directions[0] + y[rows, None] * directions[1]
        values[rows, columns] = objective.value(points)
    return values
