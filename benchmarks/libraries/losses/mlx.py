"""MLX's losses on a CPU: ``pip install "mlx[cpu]==0.32.4"``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import mlx.core as mx
from mlx.nn import losses

from benchmarks.libraries.losses._probe import Asked, probe


def asked(loss, weights="", turn=lambda y: y, precision="", **settings):
    """The mean of a loss in float32."""

    def ask(y_pred, y, weighed=None):
        target = turn(mx.array(y, dtype=mx.float32))
        given = {} if weighed is None else {weights: mx.array(weighed, dtype=mx.float32)}
        both = mx.value_and_grad(lambda p: loss(p, target, reduction="mean", **settings, **given))
        value, slopes = both(mx.array(y_pred, dtype=mx.float32))
        return value.item(), slopes

    return Asked(ask, bool(weights), precision)


def classes(y):
    return y.astype(mx.int32)


entropy = partial(asked, losses.cross_entropy, "weights", classes)
LOSSES = {
    "mse": asked(losses.mse_loss),
    "mae": asked(losses.l1_loss),
    "huber": asked(losses.huber_loss),
    "huber delta=2": asked(losses.huber_loss, delta=2.0),
    "smooth_l1": asked(losses.smooth_l1_loss),
    "smooth_l1 delta=2": asked(losses.smooth_l1_loss, beta=2.0),
    "log_cosh": asked(losses.log_cosh_loss),
    "binary_cross_entropy": asked(losses.binary_cross_entropy, "weights"),
    "log_loss": asked(
        losses.binary_cross_entropy, precision="float32 probabilities", with_logits=False
    ),
    "hinge": asked(losses.hinge_loss, turn=lambda y: 2.0 * y - 1.0),
    "categorical_cross_entropy": entropy(),
    "categorical_cross_entropy label_smoothing=0.1": entropy(label_smoothing=0.1),
}

if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    probe("mlx", {"mlx": version("mlx")}, LOSSES, "float32")
