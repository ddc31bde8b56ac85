"""TorchOpt: ``pip install torch==2.13.0 torchopt==0.7.3``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import torch
import torchopt

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a TorchOpt transformation whose learning rate is a schedule."""
    now = {"rate": settings.get("lr")}
    if "lr" in settings:
        settings = {**settings, "lr": lambda count: now["rate"]}
    rule = make(**settings)
    params = (torch.tensor(start, dtype=torch.float64),)
    state = rule.init(params)

    def step(gradient, rate):
        nonlocal params, state
        now["rate"] = rate
        given = (torch.tensor(gradient, dtype=torch.float64),)
        updates, state = rule.update(given, state, params=params, inplace=False)
        params = torchopt.apply_updates(params, updates, inplace=False)
        return params[0]

    return step


asked = partial(Asked, rate="lr")
OPTIMIZERS = {
    "gradient_descent": asked(torchopt.sgd, asks_rate=True),
    "momentum": asked(partial(torchopt.sgd, momentum=0.9), asks_rate=True),
    "nesterov": asked(partial(torchopt.sgd, momentum=0.9, nesterov=True), asks_rate=True),
    "adagrad": asked(torchopt.adagrad),
    "adadelta": asked(torchopt.adadelta),
    "rmsprop": asked(torchopt.rmsprop),
    "adam": asked(torchopt.adam),
    "adamax": asked(torchopt.adamax),
    "adamw": asked(torchopt.adamw),
    "radam": asked(torchopt.radam),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("torchopt", "torch")}
    probe("torchopt", versions, begin, OPTIMIZERS)
