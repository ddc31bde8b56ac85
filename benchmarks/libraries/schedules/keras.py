"""Keras's schedules on JAX: ``pip install keras==3.15.1 jax==0.10.2``."""

from __future__ import annotations

import os
from functools import partial

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

from benchmarks.libraries.schedules._probe import (
    EVERY,
    FALL,
    FIRST,
    GAMMA,
    GROWTH,
    PLANNED,
    WARMUP,
    probe,
    rates,
)

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")
given = keras.optimizers.schedules


def asked(make, **settings):
    """Steps of plain gradient descent under a schedule."""

    def ask():
        weight = keras.Variable(np.zeros(1))
        optimizer = keras.optimizers.SGD(make(**settings))

        def update():
            optimizer.apply([np.ones(1)], [weight])

        return rates(update, lambda: float(weight.value[0]))

    return ask


values = [1.0, FALL, FALL**2]
fall = partial(asked, given.CosineDecay, alpha=0.0)
SCHEDULES = {
    "step": asked(
        given.ExponentialDecay,
        initial_learning_rate=1.0,
        decay_steps=EVERY,
        decay_rate=FALL,
        staircase=True,
    ),
    "boundaries": asked(given.PiecewiseConstantDecay, boundaries=[4, 8], values=values),
    "exponential": asked(
        given.ExponentialDecay, initial_learning_rate=1.0, decay_steps=1, decay_rate=GAMMA
    ),
    "linear": asked(
        given.PolynomialDecay,
        initial_learning_rate=1.0,
        decay_steps=PLANNED,
        end_learning_rate=0.0,
    ),
    "cosine": fall(initial_learning_rate=1.0, decay_steps=PLANNED),
    "warm_restarts": asked(
        given.CosineDecayRestarts,
        initial_learning_rate=1.0,
        first_decay_steps=FIRST,
        t_mul=float(GROWTH),
    ),
    "cosine warmup": fall(
        initial_learning_rate=0.0,
        warmup_target=1.0,
        warmup_steps=WARMUP,
        decay_steps=PLANNED - WARMUP,
    ),
    "cosine warmup without target": fall(
        initial_learning_rate=1.0, warmup_steps=WARMUP, decay_steps=PLANNED
    ),
}

if __name__ == "__main__":
    versions = {"keras": keras.__version__, "jax": jax.__version__}
    probe("keras", versions, SCHEDULES, "float64")
