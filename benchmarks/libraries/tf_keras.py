"""Keras 2 on TensorFlow: ``pip install tf_keras==2.21.0 tensorflow-cpu==2.21.0``."""

from __future__ import annotations

import os
from functools import partial

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf
import tf_keras

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Keras 2 optimizer on one variable; its hyperparameters are float32 all the same."""
    weights = tf.Variable(start, dtype=tf.float64)
    optimizer = make(**settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.learning_rate = rate
        optimizer.apply_gradients([(tf.constant(gradient, dtype=tf.float64), weights)])
        return weights.numpy()

    return step


def asked_of(optimizers, decay):
    """Classes that both families have."""
    asked = partial(Asked, decay=decay)
    powers = partial(asked, precision="float32 powers")
    return {
        "gradient_descent": asked(optimizers.SGD),
        "momentum": asked(partial(optimizers.SGD, momentum=0.9)),
        "nesterov": asked(partial(optimizers.SGD, momentum=0.9, nesterov=True)),
        "adagrad": asked(optimizers.Adagrad),
        "adadelta": asked(optimizers.Adadelta),
        "rmsprop": asked(optimizers.RMSprop),
        "adam": powers(optimizers.Adam),
        "adamax": asked(optimizers.Adamax),
        "nadam": asked(optimizers.Nadam),
        "amsgrad": powers(partial(optimizers.Adam, amsgrad=True)),
    }


def run(library, optimizers):
    tf_keras.backend.set_floatx("float64")
    versions = {"tf_keras": tf_keras.__version__, "tensorflow": tf.__version__}
    probe(library, versions, begin, optimizers, "float32")


OPTIMIZERS = {
    **asked_of(tf_keras.optimizers, "weight_decay"),
    "adamw": Asked(tf_keras.optimizers.AdamW, precision="float32 powers"),
    "lion": Asked(tf_keras.optimizers.Lion),
    "adafactor": Asked(tf_keras.optimizers.Adafactor),
}

if __name__ == "__main__":
    run("tf_keras", OPTIMIZERS)
