"""Linear regression."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.models._base import SingleOutput


@final
@dataclasses.dataclass(frozen=True)
class Linear(SingleOutput):
    """Linear regression ŷ = w·x + b, on powers of x when the degree is above 1.

    References
    ----------
    A.-M. Legendre, "Nouvelles méthodes pour la détermination des orbites des comètes", 1805.

    Examples
    --------
    >>> import numpy as np
    >>> model = Linear()
    >>> model.predict(np.array([2.0, 1.0]), model.prepare(np.array([[0.0], [3.0]])))
    array([1., 7.])
    """

    name = "Linear regression"
    year = 1805
    usual_losses = {"regression": "mse"}
    formula = r"\hat y = w^\top x + b"
