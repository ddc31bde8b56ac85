"""PaddlePaddle's losses on a CPU: ``pip install paddlepaddle==3.3.1``."""

from __future__ import annotations

from functools import partial

import paddle
from paddle.nn import functional

from benchmarks.libraries.losses._probe import Asked, probe


def asked(loss, weights="", turn=lambda y: y, **settings):
    """A loss of predictions and targets in float64."""

    def ask(y_pred, y, weighed=None):
        pred = paddle.to_tensor(y_pred, dtype="float64", stop_gradient=False)
        target = turn(paddle.to_tensor(y, dtype="float64"))
        given = {} if weighed is None else {weights: paddle.to_tensor(weighed, dtype="float64")}
        value = loss(pred, target, **settings, **given)
        (slopes,) = paddle.grad(value, pred)
        return float(value), slopes.numpy()

    return Asked(ask, bool(weights))


def classes(y):
    return y.astype("int64")


entropy = partial(asked, functional.cross_entropy, "", classes)
LOSSES = {
    "mse": asked(functional.mse_loss),
    "mae": asked(functional.l1_loss),
    "smooth_l1": asked(functional.smooth_l1_loss),
    "smooth_l1 delta=2": asked(functional.smooth_l1_loss, delta=2.0),
    "binary_cross_entropy": asked(functional.binary_cross_entropy_with_logits, "weight"),
    "log_loss": asked(functional.binary_cross_entropy, "weight"),
    "categorical_cross_entropy": entropy(),
    "categorical_cross_entropy label_smoothing=0.1": entropy(label_smoothing=0.1),
}

if __name__ == "__main__":
    paddle.set_device("cpu")
    probe("paddle", {"paddlepaddle": paddle.__version__}, LOSSES, "float64")
