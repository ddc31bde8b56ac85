"""NumPyro."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True)


@final
class NumPyro(Library):
    """Probabilistic programming on JAX."""

    name = "NumPyro"
    year = 2019
    version = "0.22.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "numpyro.optim."

    conventions = {
        "gradient_descent": asking("SGD"),
        "momentum": asking("Momentum(mass=0.9)"),
        "adagrad": asking("Adagrad", rule=None, steps=(0.1, 0.16071, 0.20237)),
        "rmsprop": asking("RMSProp", {"decay": 0.9, "eps_place": "inside"}),
        "adam": asking("Adam"),
    }
