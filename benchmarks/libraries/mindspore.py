"""MindSpore on a CPU: ``pip install mindspore==2.10.0``."""

from __future__ import annotations

from functools import partial

import mindspore as ms
import numpy as np
from mindspore import nn, ops

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an optimizer of mindspore.nn on one parameter."""
    weights = ms.Parameter(ms.Tensor(np.array(start, dtype="float32")), name="dense.weight")
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        if rate is not None:
            ops.assign(optimizer.learning_rate, ms.Tensor(rate, ms.float32))
        optimizer((ms.Tensor(np.array(gradient, dtype="float32")),))
        return weights.asnumpy()

    return step


OPTIMIZERS = {
    "gradient_descent": Asked(nn.SGD),
    "momentum": Asked(partial(nn.Momentum, momentum=0.9), asks_rate=True),
    "nesterov": Asked(partial(nn.Momentum, momentum=0.9, use_nesterov=True), asks_rate=True),
    "rprop": Asked(nn.Rprop),
    "adagrad": Asked(nn.Adagrad),
    "adadelta": Asked(nn.Adadelta),
    "rmsprop": Asked(nn.RMSProp),
    "adam": Asked(nn.Adam, precision="float32 powers"),
    "adamax": Asked(nn.AdaMax),
    "adamw": Asked(nn.AdamWeightDecay, precision="float32 powers"),
    "amsgrad": Asked(partial(nn.Adam, use_amsgrad=True), precision="float32 powers"),
    "asgd": Asked(nn.ASGD),
}

if __name__ == "__main__":
    ms.set_device("CPU")
    probe("mindspore", {"mindspore": ms.__version__}, begin, OPTIMIZERS, "float32")
