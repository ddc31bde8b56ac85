"""PyTorch: ``pip install torch==2.13.0``."""

from __future__ import annotations

from functools import partial

import torch

from benchmarks.libraries._probe import Asked, probe


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


optim = torch.optim
OPTIMIZERS = {
    **ways("gradient_descent", optim.SGD, "foreach", "fused"),
    **ways("momentum", optim.SGD, "foreach", "fused", momentum=0.9),
    **ways("nesterov", optim.SGD, "foreach", "fused", momentum=0.9, nesterov=True),
    **ways("rprop", optim.Rprop, "foreach", decay=None),
    **ways("adagrad", optim.Adagrad, "foreach", "fused"),
    **ways("adadelta", optim.Adadelta, "foreach"),
    **ways("rmsprop", optim.RMSprop, "foreach"),
    **ways("adam", optim.Adam, "foreach", "fused"),
    **ways("adamax", optim.Adamax, "foreach"),
    **ways("nadam", optim.NAdam, "foreach"),
    **ways("adamw", optim.AdamW, "foreach", "fused"),
    **ways("amsgrad", optim.Adam, "foreach", "fused", amsgrad=True),
    **ways("radam", optim.RAdam, "foreach"),
    **ways("asgd", optim.ASGD),
    **ways("adafactor", optim.Adafactor),
    **ways("muon", optim.Muon, precision="bfloat16"),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    probe("pytorch", {"torch": torch.__version__.partition("+")[0]}, begin, OPTIMIZERS)
