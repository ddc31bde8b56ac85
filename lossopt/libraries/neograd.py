"""neograd."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

asking = partial(Convention, asks_rate=True)


@final
class Neograd(Library):
    """A framework in NumPy, made for learning."""

    name = "neograd"
    year = 2021
    version = "0.0.4"
    measured = "2026-11-30"
    license = "GPL-3.0"
    prefix = "neograd.nn.optim."

    calling = Calling(
        "neograd=={version} numpy==1.23.5",
        "import neograd\nimport neograd.nn.optim",
        "params = neograd.tensor(start.copy(), requires_grad=True)\noptimizer = {made}",
        "params.grad = slope\noptimizer.step()",
        "params.data.copy()",
        {
            "learning_rate": "lr",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "epsilon",
            "momentum": "beta",
            "rmsprop.momentum": "",
            "decay": "beta",
        },
        rate="optimizer.lr = rates[step]",
        made="{name}([params], {arguments})",
    )

    conventions = {
        "gradient_descent": asking("GD"),
        "momentum": asking("Momentum", {"averaged": True}),
        "rmsprop": asking("RMSProp", {"decay": 0.9}),
        "adam": asking("Adam"),
    }
