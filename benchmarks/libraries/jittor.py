"""Jittor on a CPU, which it compiles for: ``pip install jittor==1.3.11.0``."""

from __future__ import annotations

import os
from functools import partial
from importlib.metadata import version

os.environ.update(nvcc_path="", use_mkl="0")

import jittor as jt
import numpy as np
from jittor import optim

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Jittor optimizer, which is given the loss."""
    weights = jt.array(np.array(start, dtype="float32"))
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.lr = rate
        optimizer.step((weights * jt.array(np.array(gradient, dtype="float32"))).sum())
        return weights.numpy()

    return step


asked = partial(Asked, rate="lr", asks_rate=True)
OPTIMIZERS = {
    "gradient_descent": asked(optim.SGD),
    "momentum": asked(partial(optim.SGD, momentum=0.9)),
    "nesterov": asked(partial(optim.SGD, momentum=0.9, nesterov=True)),
    "rmsprop": asked(optim.RMSprop, decay=None, asks_rate=False),
    "adam": asked(optim.Adam),
    "adamw": asked(optim.AdamW),
    "adan": asked(optim.Adan, asks_rate=False),
}

if __name__ == "__main__":
    probe("jittor", {"jittor": version("jittor")}, begin, OPTIMIZERS, "float32")
