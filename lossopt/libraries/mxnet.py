"""Apache MXNet."""

from typing import Any, final

from lossopt.libraries._base import WITH_DECAY, Convention, Library

OLD_SPEED: dict[str, Any] = {"decay": "coupled", "rate": "displacement", "apart": ("halved",)}
AFTER: dict[str, Any] = {"decay": "decoupled", "apart": WITH_DECAY}
SLOW = {"learning_rate": 0.001}


@final
class MXNet(Library):
    """A framework of the Apache Software Foundation, retired in 2023."""

    name = "Apache MXNet"
    year = 2015
    version = "1.9.1"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "mxnet.optimizer."

    conventions = {
        "gradient_descent": Convention("SGD", decay="coupled"),
        "momentum": Convention("SGD(momentum=0.9)", **OLD_SPEED),
        "nesterov": Convention(
            "NAG(momentum=0.9)",
            decay="coupled",
            rate="displacement",
            apart=("halved", *WITH_DECAY),
        ),
        "adagrad": Convention("AdaGrad", {"eps": 1e-7, "eps_place": "inside"}, **AFTER),
        "adadelta": Convention(
            "AdaDelta", {"eps": 1e-5}, "adadelta", decay="unscaled", rate="none", apart=WITH_DECAY
        ),
        "rmsprop": Convention(
            "RMSProp", {**SLOW, "decay": 0.9, "eps_place": "inside"}, decay="coupled"
        ),
        "adam": Convention("Adam", {"eps_place": "uncorrected"}, decay="coupled"),
        "adamax": Convention("Adamax", {"eps": 0.0}, decay="coupled"),
        "nadam": Convention("Nadam", SLOW, decay="coupled"),
    }
