"""PyMC: ``pip install pymc==5.28.5``."""

from __future__ import annotations

from functools import partial

import numpy as np
import pymc as pm
import pytensor
import pytensor.tensor as pt

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a function of updates on one shared variable."""
    weights = pytensor.shared(np.array(start, dtype="float64"))
    now = pytensor.shared(np.float64(settings.get("learning_rate", 0.0)))
    given = pt.vector("gradient", dtype="float64")
    told = {"learning_rate": now} if settings else {}
    updates = make(loss_or_grads=[given], params=[weights], **told)
    move = pytensor.function([given], [], updates=updates, mode="FAST_COMPILE")

    def step(gradient, rate):
        if rate is not None:
            now.set_value(np.float64(rate))
        move(np.array(gradient, dtype="float64"))
        return weights.get_value()

    return step


asked = partial(Asked, decay=None)
OPTIMIZERS = {
    "gradient_descent": asked(pm.sgd),
    "momentum": asked(pm.momentum),
    "nesterov": asked(pm.nesterov_momentum),
    "adagrad": asked(pm.adagrad),
    "adadelta": asked(pm.adadelta),
    "rmsprop": asked(pm.rmsprop),
    "adam": asked(pm.adam),
    "adamax": asked(pm.adamax),
}

if __name__ == "__main__":
    pytensor.config.cxx = ""
    versions = {"pymc": pm.__version__, "pytensor": pytensor.__version__}
    probe("pymc", versions, begin, OPTIMIZERS)
