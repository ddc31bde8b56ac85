"""PennyLane: ``pip install pennylane==0.45.1``."""

from __future__ import annotations

from functools import partial

import numpy as np
import pennylane as qml
from pennylane import numpy as pnp

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an optimizer of circuits; one that looks ahead is given the gradient there."""
    optimizer, params = make(**settings), pnp.array(start, dtype="float64")

    def step(gradient, rate):
        nonlocal params
        if rate is not None:
            optimizer.stepsize = rate
        given = (np.array(gradient, dtype="float64"),)
        (params,) = optimizer.apply_grad(given, (pnp.array(params, requires_grad=True),))
        return params

    return step


asked = partial(Asked, rate="stepsize", decay=None)
OPTIMIZERS = {
    "gradient_descent": asked(qml.GradientDescentOptimizer),
    "momentum": asked(qml.MomentumOptimizer),
    "nesterov": asked(qml.NesterovMomentumOptimizer),
    "adagrad": asked(qml.AdagradOptimizer),
    "rmsprop": asked(qml.RMSPropOptimizer),
    "adam": asked(qml.AdamOptimizer),
}

if __name__ == "__main__":
    probe("pennylane", {"pennylane": qml.__version__}, begin, OPTIMIZERS)
