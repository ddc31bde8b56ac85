"""JAX's example library."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True)


@final
class JAXExamples(Library):
    """The optimizers that come with JAX as examples."""

    name = "JAX examples"
    year = 2018
    version = "0.10.2"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "jax.example_libraries.optimizers."

    conventions = {
        "gradient_descent": asking("sgd"),
        "momentum": asking("momentum(mass=0.9)"),
        "nesterov": asking("nesterov(mass=0.9)"),
        "adagrad": asking("adagrad", rule=None, steps=(0.1, 0.16071, 0.20237)),
        "rmsprop": asking("rmsprop", {"decay": 0.9, "eps_place": "inside"}),
        "adam": asking("adam"),
        "adamax": asking("adamax"),
    }
