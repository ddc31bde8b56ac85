"""What probes of losses built on JAX share."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from benchmarks.libraries.losses._probe import Asked

jax.config.update("jax_enable_x64", True)


def asked(loss, weights=""):
    """A loss of predictions and targets, given as float64."""

    def ask(y_pred, y, weighed=None):
        target = jnp.array(y, dtype=jnp.float64)
        given = {} if weighed is None else {weights: jnp.array(weighed, dtype=jnp.float64)}
        at = jax.value_and_grad(lambda pred: loss(pred, target, **given))
        return at(jnp.array(y_pred, dtype=jnp.float64))

    return Asked(ask, bool(weights))
