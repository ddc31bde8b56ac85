"""TorchOpt."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import on_torch

asking = partial(Convention, asks_rate=True, decay="coupled")
SLOW = {"learning_rate": 0.001}


@final
class TorchOpt(Library):
    """Functional and differentiable optimizers for PyTorch, in the manner of Optax."""

    name = "TorchOpt"
    year = 2022
    version = "0.7.3"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "torchopt."

    calling = on_torch(
        "torchopt=={version}",
        "import torchopt",
        {},
        begin="params = (torch.tensor(start),)\noptimizer = {made}\nstate = optimizer.init(params)",
        step="updates, state = optimizer.update((slope,), state, params=params, inplace=False)\n"
        "params = torchopt.apply_updates(params, updates, inplace=False)",
        shown="params[0].numpy().copy()",
        rate="",
        rate_as="lambda step: rates[int(step)]",
        made="{name}({arguments})",
        at="params[0]",
    )

    conventions = {
        "gradient_descent": asking("sgd"),
        "momentum": asking("sgd(momentum=0.9)"),
        "nesterov": asking("sgd(momentum=0.9, nesterov=True)"),
        "adagrad": Convention("adagrad", decay="coupled"),
        "adadelta": Convention("adadelta", SLOW, decay="coupled"),
        "rmsprop": Convention("rmsprop", decay="coupled"),
        "adam": Convention("adam", decay="coupled"),
        "adamax": Convention("adamax", {**SLOW, "eps": 1e-6}, decay="coupled"),
        "adamw": Convention("adamw", decay="decoupled"),
        "radam": Convention("radam", {"eps": 1e-6}, decay="coupled"),
    }
