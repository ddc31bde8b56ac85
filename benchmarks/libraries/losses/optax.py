"""Optax's losses: ``pip install optax==0.2.8 jax==0.10.2``."""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp
import optax

from benchmarks.libraries.losses import _jax
from benchmarks.libraries.losses._probe import probe


def asked(loss, turn=lambda y: y):
    """The mean of a loss of each sample."""
    return _jax.asked(lambda pred, y: loss(pred, turn(y)).mean())


def signs(y):
    return 2.0 * y - 1.0


def smoothed(y):
    return optax.smooth_labels(jax.nn.one_hot(y.astype(int), 3), 0.1)


LOSSES = {
    "mse": asked(optax.squared_error),
    "mse l2_loss": asked(optax.l2_loss),
    "huber": asked(optax.huber_loss),
    "huber delta=2": asked(partial(optax.huber_loss, delta=2.0)),
    "log_cosh": asked(optax.log_cosh),
    "binary_cross_entropy": asked(optax.sigmoid_binary_cross_entropy),
    "hinge": asked(optax.hinge_loss, signs),
    "focal": asked(optax.sigmoid_focal_loss),
    "categorical_cross_entropy": asked(
        optax.softmax_cross_entropy_with_integer_labels, lambda y: y.astype(jnp.int32)
    ),
    "categorical_cross_entropy label_smoothing=0.1": asked(optax.softmax_cross_entropy, smoothed),
}

if __name__ == "__main__":
    versions = {"optax": optax.__version__, "jax": jax.__version__}
    probe("optax", versions, LOSSES, "float64")
