"""Tinygrad's losses, run by its emulator in Python: ``pip install tinygrad==0.14.0``."""

from __future__ import annotations

import os
from functools import partial
from importlib.metadata import version

os.environ["DEV"] = "PYTHON"

from tinygrad import Tensor, dtypes

from benchmarks.libraries.losses._probe import Asked, probe


def asked(loss, turn=lambda y: y):
    """A loss of predictions and targets in float64."""

    def ask(y_pred, y, weighed=None):
        pred = Tensor(y_pred, dtype=dtypes.float64)
        value = loss(pred, turn(Tensor(y, dtype=dtypes.float64)))
        (slopes,) = value.gradient(pred)
        return value.item(), slopes.numpy()

    return Asked(ask)


def classes(y):
    return y.cast(dtypes.int32)


entropy = Tensor.sparse_categorical_crossentropy
LOSSES = {
    "binary_cross_entropy": asked(Tensor.binary_crossentropy_logits),
    "log_loss": asked(Tensor.binary_crossentropy),
    "categorical_cross_entropy": asked(entropy, classes),
    "categorical_cross_entropy label_smoothing=0.1": asked(
        partial(entropy, label_smoothing=0.1), classes
    ),
}

if __name__ == "__main__":
    probe("tinygrad", {"tinygrad": version("tinygrad")}, LOSSES, "float64")
