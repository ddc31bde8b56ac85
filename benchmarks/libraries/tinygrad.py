"""tinygrad, run by its emulator in Python: ``pip install tinygrad==0.14.0``."""

from __future__ import annotations

import os
from functools import partial
from importlib.metadata import version

os.environ["DEV"] = "PYTHON"

from tinygrad import Tensor, dtypes
from tinygrad.helpers import Context
from tinygrad.nn import optim

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a tinygrad optimizer on one tensor."""
    weights = Tensor(start, dtype=dtypes.float32).realize()
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.lr.assign(Tensor([rate], dtype=optimizer.lr.dtype)).realize()
        weights.grad = Tensor(gradient, dtype=dtypes.float32)
        with Context(TRAINING=1):
            optimizer.step()
        return weights

    return step


OPTIMIZERS = {
    "gradient_descent": Asked(optim.SGD, "lr"),
    "momentum": Asked(partial(optim.SGD, momentum=0.9), "lr"),
    "nesterov": Asked(partial(optim.SGD, momentum=0.9, nesterov=True), "lr"),
    "adam": Asked(optim.Adam, "lr", None, "float32 powers"),
    "adamw": Asked(optim.AdamW, "lr", precision="float32 powers"),
    "muon": Asked(optim.Muon, "lr"),
}

if __name__ == "__main__":
    probe("tinygrad", {"tinygrad": version("tinygrad")}, begin, OPTIMIZERS, "float32")
