"""Autograd."""

from typing import final

from lossopt.libraries._base import Convention, Library


@final
class Autograd(Library):
    """The example optimizers of Autograd, each a function that runs a whole descent."""

    name = "Autograd"
    year = 2015
    version = "1.9.1"
    measured = "2026-11-30"
    license = "MIT"
    prefix = "autograd.misc.optimizers."

    conventions = {
        "momentum": Convention("sgd", {"learning_rate": 0.1, "averaged": True}, rate="fixed"),
        "rmsprop": Convention("rmsprop", rule=None, rate="fixed", steps=(1.0, 1.0, 1.0)),
        "adam": Convention("adam", rate="fixed"),
    }
