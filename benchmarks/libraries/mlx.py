"""MLX on a CPU: ``pip install "mlx[cpu]==0.32.4"``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import mlx.core as mx
import mlx.optimizers as optim

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an MLX optimizer on one array."""
    optimizer, weights = make(**settings), {"w": mx.array(start, dtype=mx.float32)}

    def step(gradient, rate):
        nonlocal weights
        if rate is not None:
            optimizer.learning_rate = rate
        weights = optimizer.apply_gradients({"w": mx.array(gradient, dtype=mx.float32)}, weights)
        mx.eval(weights)
        return weights["w"]

    return step


asked = partial(Asked, decay=None, asks_rate=True)
OPTIMIZERS = {
    "gradient_descent": Asked(optim.SGD, asks_rate=True),
    "momentum": Asked(partial(optim.SGD, momentum=0.9), asks_rate=True),
    "nesterov": Asked(partial(optim.SGD, momentum=0.9, nesterov=True), asks_rate=True),
    "adagrad": asked(optim.Adagrad),
    "adadelta": asked(optim.AdaDelta),
    "rmsprop": asked(optim.RMSprop),
    "adam": asked(optim.Adam),
    "adamax": asked(optim.Adamax),
    "adamw": Asked(optim.AdamW, asks_rate=True),
    "lion": Asked(optim.Lion, asks_rate=True),
    "adafactor": Asked(partial(optim.Adafactor, relative_step=False), asks_rate=True),
    "muon": Asked(optim.Muon, asks_rate=True),
}

if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    probe("mlx", {"mlx": version("mlx")}, begin, OPTIMIZERS, "float32")
