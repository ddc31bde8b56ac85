"""neograd."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True)


@final
class Neograd(Library):
    """A framework in NumPy, made for learning."""

    name = "neograd"
    year = 2021
    version = "0.0.4"
    measured = "2026-11-30"
    license = "GPL-3.0"
    prefix = "neograd.nn.optim."

    conventions = {
        "gradient_descent": asking("GD"),
        "momentum": asking("Momentum", {"averaged": True}),
        "rmsprop": asking("RMSProp", {"decay": 0.9}),
        "adam": asking("Adam"),
    }
