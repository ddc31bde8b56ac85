"""Keras's losses on JAX: ``pip install keras==3.15.1 jax==0.10.2``."""

from __future__ import annotations

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras

from benchmarks.libraries.losses import _jax
from benchmarks.libraries.losses._probe import probe

losses = keras.losses


def asked(loss):
    """A loss of one column of predictions."""

    def one(pred, target, **weights):
        return loss(target[:, None], pred[:, None], **weights)

    return _jax.asked(one, "sample_weight")


def rows(loss, turn=lambda y: y):
    return _jax.asked(lambda pred, y, **weights: loss(turn(y), pred, **weights), "sample_weight")


LOSSES = {
    "mse": asked(losses.MeanSquaredError()),
    "mae": asked(losses.MeanAbsoluteError()),
    "huber": asked(losses.Huber()),
    "huber delta=2": asked(losses.Huber(delta=2.0)),
    "log_cosh": asked(losses.LogCosh()),
    "binary_cross_entropy": asked(losses.BinaryCrossentropy(from_logits=True)),
    "log_loss": asked(losses.BinaryCrossentropy(dtype="float64")),
    "hinge": asked(losses.Hinge()),
    "squared_hinge": asked(losses.SquaredHinge()),
    "focal": asked(losses.BinaryFocalCrossentropy(from_logits=True)),
    "categorical_cross_entropy": rows(losses.SparseCategoricalCrossentropy(from_logits=True)),
    "categorical_cross_entropy label_smoothing=0.1": rows(
        losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        lambda y: jax.nn.one_hot(y.astype(int), 3),
    ),
}

if __name__ == "__main__":
    versions = {"keras": keras.__version__, "jax": jax.__version__}
    probe("keras", versions, LOSSES, "float32")
