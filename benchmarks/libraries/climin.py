"""climin: ``pip install climin==0.1a1 scipy numpy==1.23.5``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import climin
import numpy as np

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an iterator that changes an array in place."""
    weights, now = np.array(start, dtype="float64"), {}
    optimizer = make(weights, fprime=lambda params: now["gradient"].copy(), **settings)
    steps = iter(optimizer)

    def step(gradient, rate):
        if rate is not None:
            optimizer.step_rate = rate
        now["gradient"] = np.array(gradient, dtype="float64")
        next(steps)
        return weights

    return step


asked = partial(Asked, rate="step_rate", decay=None)
OPTIMIZERS = {
    "gradient_descent": asked(climin.GradientDescent),
    "momentum": asked(partial(climin.GradientDescent, momentum=0.9)),
    "nesterov": asked(partial(climin.GradientDescent, momentum=0.9, momentum_type="nesterov")),
    "adadelta": asked(climin.Adadelta),
    "rmsprop": asked(climin.RmsProp, asks_rate=True),
    "adam": asked(climin.Adam),
}

if __name__ == "__main__":
    versions = {"climin": version("climin"), "numpy": np.__version__}
    probe("climin", versions, begin, OPTIMIZERS)
