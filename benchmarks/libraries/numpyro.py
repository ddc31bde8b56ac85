"""NumPyro: ``pip install numpyro==0.22.0 jax==0.10.2``."""

from __future__ import annotations

import os

os.environ.update(JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")

import jax
import jax.numpy as jnp
import numpyro
from numpyro import optim

from benchmarks.libraries._probe import probe
from benchmarks.libraries.jax_examples import fixed


def begin(make, settings, start):
    """Step of an optimizer whose step size is a schedule."""
    now = {}
    rule = make(lambda count: now["rate"], **settings)
    state = None

    def step(gradient, rate):
        nonlocal state
        now["rate"] = rate
        state = state or rule.init(jnp.array(start, dtype="float64"))
        state = rule.update(jnp.array(gradient, dtype="float64"), state)
        return rule.get_params(state)

    return step


OPTIMIZERS = {
    "gradient_descent": fixed(optim.SGD),
    "momentum": fixed(optim.Momentum, mass=0.9),
    "adagrad": fixed(optim.Adagrad),
    "rmsprop": fixed(optim.RMSProp),
    "adam": fixed(optim.Adam),
}

if __name__ == "__main__":
    versions = {"numpyro": numpyro.__version__, "jax": jax.__version__}
    probe("numpyro", versions, begin, OPTIMIZERS)
