"""PaddlePaddle: ``pip install paddlepaddle==3.3.1``."""

from __future__ import annotations

from functools import partial

import paddle
from paddle import optimizer as po

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Paddle optimizer on one parameter; its hyperparameters are float32 all the same."""
    weights = paddle.to_tensor(start, dtype="float64", stop_gradient=False)
    optimizer = make(parameters=[weights], **settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.set_lr(rate)
        (weights * paddle.to_tensor(gradient, dtype="float64")).sum().backward()
        optimizer.step()
        optimizer.clear_grad()
        return weights.numpy()

    return step


OPTIMIZERS = {
    "gradient_descent": Asked(po.SGD),
    "momentum": Asked(po.Momentum),
    "nesterov": Asked(partial(po.Momentum, use_nesterov=True)),
    "rprop": Asked(po.Rprop, decay=None),
    "adagrad": Asked(po.Adagrad, asks_rate=True),
    "adadelta": Asked(po.Adadelta),
    "rmsprop": Asked(po.RMSProp, asks_rate=True),
    "adam": Asked(po.Adam),
    "adamax": Asked(po.Adamax),
    "nadam": Asked(po.NAdam),
    "adamw": Asked(po.AdamW),
    "amsgrad": Asked(partial(po.Adam, amsgrad=True)),
    "radam": Asked(po.RAdam, precision="float32 powers"),
    "asgd": Asked(po.ASGD),
}

if __name__ == "__main__":
    paddle.set_default_dtype("float64")
    probe("paddle", {"paddlepaddle": paddle.__version__}, begin, OPTIMIZERS, "float32")
