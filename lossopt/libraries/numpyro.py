"""NumPyro."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

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

    calling = Calling(
        "numpyro=={version}",
        "import jax\nimport jax.numpy as jnp\nimport numpyro.optim\n\n"
        'jax.config.update("jax_enable_x64", True)',
        "optimizer = {made}\nstate = optimizer.init(jnp.array(start))",
        "state = optimizer.update(slope, state)",
        "np.array(optimizer.get_params(state))",
        {
            "learning_rate": "step_size",
            "beta1": "b1",
            "beta2": "b2",
            "eps": "eps",
            "momentum": "mass",
            "rmsprop.momentum": "",
            "decay": "gamma",
        },
        rate_as="lambda step: rates[step]",
        gradient="jax",
    )

    conventions = {
        "gradient_descent": asking("SGD"),
        "momentum": asking("Momentum(mass=0.9)"),
        "adagrad": asking("Adagrad", rule=None, steps=(0.1, 0.16071, 0.20237)),
        "rmsprop": asking("RMSProp", {"decay": 0.9, "eps_place": "inside"}),
        "adam": asking("Adam"),
    }
