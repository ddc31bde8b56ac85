"""Jittor."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

asking = partial(Convention, decay="coupled", asks_rate=True)


@final
class Jittor(Library):
    """A framework of Tsinghua University that compiles as it goes, measured on a CPU."""

    name = "Jittor"
    year = 2020
    version = "1.3.11.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "jittor.optim."

    calling = Calling(
        "jittor=={version}",
        "import jittor",
        'params = jittor.array(start.astype("float32"))\noptimizer = {made}',
        'optimizer.step((params * jittor.array(slope.astype("float32"))).sum())',
        "params.numpy().astype(float)",
        {
            "learning_rate": "lr",
            "beta1": "betas",
            "beta2": "betas",
            "eps": "eps",
            "weight_decay": "weight_decay",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "alpha",
        },
        rate="optimizer.lr = float(rates[step])",
        made="{name}([params], {arguments})",
    )

    conventions = {
        "gradient_descent": asking("SGD"),
        "momentum": asking("SGD(momentum=0.9)"),
        "nesterov": asking("SGD(momentum=0.9, nesterov=True)"),
        "rmsprop": Convention("RMSprop"),
        "adam": asking("Adam", {"eps_place": "uncorrected"}),
        "adamw": asking("AdamW", {"weight_decay": 0.0}, decay="decoupled"),
        "adan": Convention("Adan", rule=None, decay="decoupled", steps=(1.0, 0.942617, 0.933009)),
    }
