"""JAX's example library: ``pip install jax==0.10.2``."""

from __future__ import annotations

import os
from functools import partial

os.environ.update(JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")

import jax
import jax.numpy as jnp
from jax.example_libraries import optimizers

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a triple of functions whose step size is a schedule."""
    now = {}
    init, update, params_of = make(lambda count: now["rate"], **settings)
    state, count = init(jnp.array(start, dtype="float64")), 0

    def step(gradient, rate):
        nonlocal state, count
        now["rate"] = rate
        state = update(count, jnp.array(gradient, dtype="float64"), state)
        count += 1
        return params_of(state)

    return step


def fixed(make, **settings):
    """With the step size where the names of others have a learning rate."""
    return Asked(partial(make, **settings), None, None, asks_rate=True)


OPTIMIZERS = {
    "gradient_descent": fixed(optimizers.sgd),
    "momentum": fixed(optimizers.momentum, mass=0.9),
    "nesterov": fixed(optimizers.nesterov, mass=0.9),
    "adagrad": fixed(optimizers.adagrad),
    "rmsprop": fixed(optimizers.rmsprop),
    "adam": fixed(optimizers.adam),
    "adamax": fixed(optimizers.adamax),
}

if __name__ == "__main__":
    probe("jax_examples", {"jax": jax.__version__}, begin, OPTIMIZERS)
