"""MindSpore's newer optimizers on a CPU: ``pip install mindspore==2.10.0``."""

from __future__ import annotations

from functools import partial

import mindspore as ms
import numpy as np
from mindspore.experimental import optim

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an optimizer of mindspore.experimental on one parameter."""
    weights = ms.Parameter(ms.Tensor(np.array(start, dtype="float32")), name="dense.weight")
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        for group in optimizer.param_groups if rate is not None else ():
            ms.ops.assign(group["lr"], ms.Tensor(rate, ms.float32))
        optimizer((ms.Tensor(np.array(gradient, dtype="float32")),))
        return weights.asnumpy()

    return step


asked = partial(Asked, rate="lr")
MOMENTUM = {"momentum": 0.9}
OPTIMIZERS = {
    "gradient_descent": asked(optim.SGD, asks_rate=True),
    "momentum": asked(partial(optim.SGD, **MOMENTUM), asks_rate=True),
    "nesterov": asked(partial(optim.SGD, **MOMENTUM, nesterov=True), asks_rate=True),
    "rprop": asked(optim.Rprop, decay=None),
    "adagrad": asked(optim.Adagrad),
    "adadelta": asked(optim.Adadelta),
    "rmsprop": asked(optim.RMSprop),
    "adam": asked(optim.Adam),
    "adamax": asked(optim.Adamax),
    "nadam": asked(optim.NAdam, precision="float32 powers"),
    "adamw": asked(optim.AdamW),
    "amsgrad": asked(partial(optim.Adam, amsgrad=True)),
    "radam": asked(optim.RAdam),
    "asgd": asked(optim.ASGD),
}

if __name__ == "__main__":
    ms.set_device("CPU")
    probe("mindspore_experimental", {"mindspore": ms.__version__}, begin, OPTIMIZERS, "float32")
