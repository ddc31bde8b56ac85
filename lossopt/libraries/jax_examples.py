"""JAX's example library."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

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

    calling = Calling(
        "jax=={version}",
        "import jax\nimport jax.example_libraries.optimizers\nimport jax.numpy as jnp\n\n"
        'jax.config.update("jax_enable_x64", True)',
        "init, update, params_of = {made}\nstate = init(jnp.array(start))",
        "state = update(step, slope, state)",
        "np.array(params_of(state))",
        {
            "learning_rate": "step_size",
            "beta1": "b1",
            "beta2": "b2",
            "eps": "eps",
            "adamax.eps": "",
            "momentum": "mass",
            "rmsprop.momentum": "",
            "decay": "gamma",
        },
        rate_as="lambda step: rates[step]",
        gradient="jax",
    )

    conventions = {
        "gradient_descent": asking("sgd"),
        "momentum": asking("momentum(mass=0.9)"),
        "nesterov": asking("nesterov(mass=0.9)"),
        "adagrad": asking("adagrad", rule=None, steps=(0.1, 0.16071, 0.20237)),
        "rmsprop": asking("rmsprop", {"decay": 0.9, "eps_place": "inside"}),
        "adam": asking("adam"),
        "adamax": asking("adamax"),
    }
