"""TorchOpt."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True, decay="coupled")
SLOW = {"learning_rate": 0.001}


@final
class TorchOpt(Library):
    """Functional and differentiable optimizers for PyTorch, in the manner of Optax."""

    name = "TorchOpt"
    year = 2022
    version = "0.7.3"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "torchopt."

    conventions = {
        "gradient_descent": asking("sgd"),
        "momentum": asking("sgd(momentum=0.9)"),
        "nesterov": asking("sgd(momentum=0.9, nesterov=True)"),
        "adagrad": Convention("adagrad", decay="coupled"),
        "adadelta": Convention("adadelta", SLOW, decay="coupled"),
        "rmsprop": Convention("rmsprop", decay="coupled"),
        "adam": Convention("adam", decay="coupled"),
        "adamax": Convention("adamax", {**SLOW, "eps": 1e-6}, decay="coupled"),
        "adamw": Convention("adamw", decay="decoupled"),
        "radam": Convention("radam", {"eps": 1e-6}, decay="coupled"),
    }
