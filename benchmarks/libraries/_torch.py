"""What probes of libraries built on torch share."""

from __future__ import annotations

from functools import partial

import torch

from benchmarks.libraries._probe import Asked


def begin(make, settings, start):
    """Step of a torch optimizer on one parameter."""
    weights = torch.tensor(start, dtype=torch.float64).requires_grad_()
    optimizer = make([weights], **settings)

    def step(gradient, rate):
        for group in optimizer.param_groups if rate is not None else ():
            group["lr"] = rate
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        return weights.detach()

    return step


def ways(name, make, *flags, decay="weight_decay", precision="", **settings):
    """An optimizer, and the ways to call it that ought to be the same."""
    calls = {name: {}} | {f"{name} {flag}=True": {flag: True} for flag in flags}
    return {
        words: Asked(partial(make, **settings, **more), "lr", decay, precision)
        for words, more in calls.items()
    }


def relative(make):
    """An Adafactor that works its rate out itself unless one is given."""

    def made(params, **settings):
        return make(params, relative_step="lr" not in settings, **settings)

    return made
