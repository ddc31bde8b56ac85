"""MXNet: ``pip install mxnet==1.9.1 numpy==1.23.5``."""

from __future__ import annotations

from functools import partial
from importlib import import_module

import numpy as np

from benchmarks.libraries._probe import Asked, probe

np.bool = bool  # MXNet asks NumPy for a name that it no longer has
mx = import_module("mxnet")


def begin(make, settings, start):
    """Step of an MXNet optimizer on one array."""
    optimizer = make(**settings)
    update, weights = mx.optimizer.get_updater(optimizer), mx.nd.array(start, dtype="float32")

    def step(gradient, rate):
        if rate is not None:
            optimizer.set_learning_rate(rate)
        update(0, mx.nd.array(gradient, dtype="float32"), weights)
        return weights.asnumpy()

    return step


asked = partial(Asked, decay="wd")
optim = mx.optimizer
OPTIMIZERS = {
    "gradient_descent": asked(optim.SGD),
    "momentum": asked(partial(optim.SGD, momentum=0.9)),
    "nesterov": asked(partial(optim.NAG, momentum=0.9)),
    "adagrad": asked(optim.AdaGrad),
    "adadelta": asked(optim.AdaDelta, rate=None),
    "rmsprop": asked(optim.RMSProp),
    "adam": asked(optim.Adam, precision="float32 powers"),
    "adamax": asked(optim.Adamax),
    "nadam": asked(optim.Nadam),
}

if __name__ == "__main__":
    probe("mxnet", {"mxnet": mx.__version__}, begin, OPTIMIZERS, "float32")
