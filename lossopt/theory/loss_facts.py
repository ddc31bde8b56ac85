"""Small closed forms that texts on losses state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt import arguments
from lossopt.datasets import Dataset
from lossopt.losses import Loss
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy
from lossopt.losses.sigmoid_mse import SigmoidMSE
from lossopt.models.linear import Linear
from lossopt.objectives import EmpiricalRisk


def best_constant(numbers: Sequence[float], loss: Loss) -> float:
    """The one number that predicts all of `numbers` at the lowest mean loss.

    Examples
    --------
    >>> import lossopt as lo
    >>> [round(best_constant([1, 2, 3, 4, 100], lo.LOSSES[name]()), 6) for name in ("mse", "mae")]
    [22.0, 3.0]
    """
    y = arguments.numbers("numbers", numbers, (None,))
    alone = Dataset(np.zeros((len(y), 1)), y, "regression")
    return float(EmpiricalRisk(alone, Linear(), loss).reference.params[-1])


def plateau_ratio(z: float) -> float:
    """How much steeper cross-entropy is than the squared error on a sigmoid, at logit z and y = 1.

    >>> round(plateau_ratio(-10.0))
    11014
    """
    logit, label = np.array([arguments.number("z", z)]), np.ones(1)
    steep, flat = (loss.gradient(logit, label)[0] for loss in (BinaryCrossEntropy(), SigmoidMSE()))
    return float(steep / flat)


def ignorance(n_classes: int) -> float:
    """Cross-entropy of K equal probabilities: ln K.

    >>> round(ignorance(3), 3)
    1.099
    """
    return float(
        CategoricalCrossEntropy().value(
            np.zeros((1, arguments.whole("n_classes", n_classes, 1))), np.zeros(1)
        )[0]
    )
