"""Autograd's examples of optimizers: ``pip install autograd==1.9.1``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import numpy as np
from autograd.misc import optimizers

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a function that runs a whole descent: it is run anew, one step longer each time."""
    seen = []

    def step(gradient, rate):
        seen.append(np.array(gradient, dtype="float64"))
        begun = np.array(start, dtype="float64")
        return make(lambda params, count: seen[count], begun, num_iters=len(seen), **settings)

    return step


asked = partial(Asked, rate="step_size", decay=None, fixed_rate=True)
OPTIMIZERS = {
    "momentum": asked(optimizers.sgd),
    "rmsprop": asked(optimizers.rmsprop),
    "adam": asked(optimizers.adam),
}

if __name__ == "__main__":
    probe("autograd", {"autograd": version("autograd")}, begin, OPTIMIZERS)
