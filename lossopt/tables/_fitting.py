"""Models that are not too large for a dataset."""

from __future__ import annotations

import dataclasses
import math

from lossopt.arguments import kind_of, whole
from lossopt.models import LinearInParams, Model

MAX_PARAMS = 400
MAX_NUMBERS = 4_000_000
"""Samples × params of one prediction."""


def fitting_model(model: Model, n_samples: int, n_features: int, n_outputs: int = 1) -> Model:
    """The model, with its degree lowered until it is not too large for so many features.

    Examples
    --------
    >>> import lossopt as lo
    >>> fitting_model(lo.MODELS["linear"](degree=6), 500, 10).degree
    3
    """
    kind_of("model", model, Model)
    for name, count in (("n_samples", n_samples), ("n_features", n_features)):
        whole(name, count, 1)
    whole("n_outputs", n_outputs, 1)
    if not isinstance(model, LinearInParams):
        return model
    fitting = [
        degree
        for degree in range(1, model.degree + 1)
        if (size := n_outputs * math.comb(n_features + degree, degree)) <= MAX_PARAMS
        and size * n_samples <= MAX_NUMBERS
    ]
    return dataclasses.replace(model, degree=max(fitting, default=1))
