"""Pyro: ``pip install torch==2.13.0 pyro-ppl==1.9.2``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import pyro.optim as po
import torch

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Pyro optimizer, which makes one of torch's for each parameter."""
    weights = torch.tensor(start, dtype=torch.float64).requires_grad_()
    optimizer = make(settings)

    def step(gradient, rate):
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        for each in optimizer.optim_objs.values() if rate is not None else ():
            for group in each.param_groups:
                group["lr"] = rate
        optimizer([weights])
        return weights.detach()

    return step


def with_more(make, **fixed):
    return lambda settings: make({**fixed, **settings})


asked = partial(Asked, rate="lr")
OPTIMIZERS = {
    "gradient_descent": asked(po.SGD),
    "momentum": asked(with_more(po.SGD, momentum=0.9)),
    "nesterov": asked(with_more(po.SGD, momentum=0.9, nesterov=True)),
    "rprop": asked(po.Rprop, decay=None),
    "adagrad": asked(po.Adagrad),
    "adadelta": asked(po.Adadelta),
    "rmsprop": asked(po.RMSprop),
    "adam": asked(po.Adam),
    "adamax": asked(po.Adamax),
    "nadam": asked(po.NAdam),
    "adamw": asked(po.AdamW),
    "amsgrad": asked(with_more(po.Adam, amsgrad=True)),
    "radam": asked(po.RAdam),
    "asgd": asked(po.ASGD),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("pyro-ppl", "torch")}
    probe("pyro", versions, begin, OPTIMIZERS)
