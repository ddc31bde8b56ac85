"""Keras on JAX: ``pip install keras==3.15.1 jax==0.10.2``."""

from __future__ import annotations

import os
from functools import partial

os.environ.update(KERAS_BACKEND="jax", JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")

import jax
import keras
import numpy as np
from keras import optimizers

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Keras optimizer on one variable."""
    weights = keras.Variable(np.array(start, dtype="float64"), dtype="float64")
    optimizer = make(**settings)
    optimizer.build([weights])

    def step(gradient, rate):
        if rate is not None:
            optimizer.learning_rate = rate
        optimizer.apply([keras.ops.convert_to_tensor(gradient, dtype="float64")])
        return np.asarray(weights)

    return step


SGD = optimizers.SGD
OPTIMIZERS = {
    "gradient_descent": Asked(SGD),
    "momentum": Asked(partial(SGD, momentum=0.9)),
    "nesterov": Asked(partial(SGD, momentum=0.9, nesterov=True)),
    "adagrad": Asked(optimizers.Adagrad),
    "adadelta": Asked(optimizers.Adadelta),
    "rmsprop": Asked(optimizers.RMSprop),
    "adam": Asked(optimizers.Adam),
    "adamax": Asked(optimizers.Adamax),
    "nadam": Asked(optimizers.Nadam),
    "adamw": Asked(optimizers.AdamW),
    "amsgrad": Asked(partial(optimizers.Adam, amsgrad=True)),
    "lion": Asked(optimizers.Lion),
    "adafactor": Asked(optimizers.Adafactor),
    "muon": Asked(optimizers.Muon),
}

if __name__ == "__main__":
    keras.config.set_floatx("float64")
    versions = {"keras": keras.__version__, "jax": jax.__version__}
    probe("keras", versions, begin, OPTIMIZERS)
