"""neograd: ``pip install neograd==0.0.4 numpy==1.23.5``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import neograd
import numpy as np
from neograd.nn import optim

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a neograd optimizer on one tensor."""
    weights = neograd.tensor(np.array(start, dtype="float64"), requires_grad=True)
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.lr = rate
        weights.grad = np.array(gradient, dtype="float64")
        optimizer.step()
        return weights.data

    return step


asked = partial(Asked, rate="lr", decay=None, asks_rate=True)
OPTIMIZERS = {
    "gradient_descent": asked(optim.GD),
    "momentum": asked(optim.Momentum),
    "rmsprop": asked(optim.RMSProp),
    "adam": asked(optim.Adam),
}

if __name__ == "__main__":
    versions = {"neograd": version("neograd"), "numpy": np.__version__}
    probe("neograd", versions, begin, OPTIMIZERS)
