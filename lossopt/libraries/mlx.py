"""MLX."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True)
RAW = {"bias_correction": False}


@final
class MLX(Library):
    """Apple's array framework, measured on a CPU."""

    name = "MLX"
    year = 2023
    version = "0.32.4"
    measured = "2026-11-30"
    license = "MIT"
    precision = "float32"
    prefix = "mlx.optimizers."

    conventions = {
        "gradient_descent": asking("SGD", decay="coupled"),
        "momentum": asking("SGD(momentum=0.9)", decay="coupled"),
        "nesterov": asking("SGD(momentum=0.9, nesterov=True)", decay="coupled"),
        "adagrad": asking("Adagrad", {"eps": 1e-8}),
        "adadelta": asking("AdaDelta"),
        "rmsprop": asking("RMSprop"),
        "adam": asking("Adam", RAW),
        "adamax": asking("Adamax", RAW),
        "adamw": asking("AdamW", RAW, decay="decoupled"),
        "lion": asking("Lion", decay="decoupled"),
        "adafactor": asking("Adafactor(relative_step=False)", decay="own", apart=("tall_decay",)),
        "muon": asking("Muon", rule=None, decay="coupled"),
    }
