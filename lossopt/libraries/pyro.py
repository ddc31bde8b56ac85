"""Pyro."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import on_torch

SLOW = {"learning_rate": 0.001}


@final
class Pyro(Library):
    """Probabilistic programming on PyTorch: PyTorch's optimizers, one for each parameter."""

    name = "Pyro"
    year = 2017
    version = "1.9.2"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "pyro.optim."

    calling = on_torch(
        "pyro-ppl=={version}",
        "import pyro.optim",
        {
            "dampening": "dampening",
            "decoupled_weight_decay": "decoupled_weight_decay",
        },
        step="params.grad = slope\noptimizer([params])",
        rate="for each in optimizer.optim_objs.values():\n"
        '    each.param_groups[0]["lr"] = rates[step]',
        rate_as="rates[0]",
        made="{name}(dict({arguments}))",
    )

    conventions = {
        "gradient_descent": Convention("SGD", SLOW, decay="coupled"),
        "momentum": Convention('SGD({"momentum": 0.9})', SLOW, decay="coupled"),
        "nesterov": Convention('SGD({"momentum": 0.9, "nesterov": True})', SLOW, decay="coupled"),
        "rprop": Convention("Rprop"),
        "adagrad": Convention("Adagrad", decay="coupled"),
        "adadelta": Convention("Adadelta", decay="coupled"),
        "rmsprop": Convention("RMSprop", decay="coupled"),
        "adam": Convention("Adam", decay="coupled"),
        "adamax": Convention("Adamax", decay="coupled"),
        "nadam": Convention("NAdam", decay="coupled"),
        "adamw": Convention("AdamW", decay="decoupled"),
        "amsgrad": Convention('Adam({"amsgrad": True})', decay="coupled"),
        "radam": Convention("RAdam", decay="coupled"),
        "asgd": Convention("ASGD", decay="coupled", rate="next_step", apart=("halved",)),
    }
