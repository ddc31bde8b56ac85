"""Optax: ``pip install optax==0.2.8 jax==0.10.2``."""

from __future__ import annotations

import os
from functools import partial

os.environ.update(JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")

import jax
import jax.numpy as jnp
import optax
from optax import contrib

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an optax transformation whose learning rate is injected."""
    rule = optax.inject_hyperparams(make)(**settings)
    params = jnp.array(start, dtype="float64")
    state = rule.init(params)

    def step(gradient, rate):
        nonlocal params, state
        if rate is not None:
            state.hyperparams["learning_rate"] = jnp.asarray(rate)
        updates, state = rule.update(jnp.array(gradient, dtype="float64"), state, params)
        params = optax.apply_updates(params, updates)
        return params

    return step


asked = partial(Asked, decay=None, asks_rate=True)
OPTIMIZERS = {
    "gradient_descent": asked(optax.sgd),
    "momentum": asked(partial(optax.sgd, momentum=0.9)),
    "nesterov": asked(partial(optax.sgd, momentum=0.9, nesterov=True)),
    "rprop": asked(optax.rprop),
    "adagrad": asked(optax.adagrad),
    "adadelta": Asked(optax.adadelta, asks_rate=False),
    "rmsprop": asked(optax.rmsprop),
    "adam": asked(optax.adam),
    "adamax": asked(optax.adamax),
    "nadam": asked(optax.nadam),
    "adamw": Asked(optax.adamw, asks_rate=True),
    "amsgrad": asked(optax.amsgrad),
    "radam": asked(optax.radam),
    "yogi": asked(optax.yogi),
    "adabelief": asked(optax.adabelief),
    "lion": Asked(optax.lion, asks_rate=True),
    "adan": Asked(optax.adan, asks_rate=True),
    "prodigy": Asked(contrib.prodigy),
    "schedule_free_sgd": Asked(contrib.schedule_free_sgd),
    "schedule_free_adamw": Asked(contrib.schedule_free_adamw),
    "adafactor": Asked(optax.adafactor, decay=None),
    "muon": Asked(contrib.muon, asks_rate=True),
}

if __name__ == "__main__":
    versions = {"optax": optax.__version__, "jax": jax.__version__}
    probe("optax", versions, begin, OPTIMIZERS)
