"""Autograd."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling


@final
class Autograd(Library):
    """The example optimizers of Autograd, each a function that runs a whole descent."""

    name = "Autograd"
    year = 2015
    version = "1.9.1"
    measured = "2026-11-30"
    license = "MIT"
    prefix = "autograd.misc.optimizers."

    calling = Calling(
        "autograd=={version}",
        "import autograd.misc.optimizers",
        "",
        "",
        "",
        {
            "learning_rate": "step_size",
            "momentum": "mass",
            "beta1": "b1",
            "beta2": "b2",
            "eps": "eps",
        },
        made="{name}(\n    slope_at,\n    start,\n    lambda params, *_: path.append(params),\n"
        "    {n_steps},\n    {arguments},\n)",
        whole="path = []\nend = {made}\npath.append(end)",
    )

    conventions = {
        "momentum": Convention("sgd", {"learning_rate": 0.1, "averaged": True}, rate="fixed"),
        "rmsprop": Convention("rmsprop", rule=None, rate="fixed", steps=(1.0, 1.0, 1.0)),
        "adam": Convention("adam", rate="fixed"),
    }
