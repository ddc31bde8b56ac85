"""Apache MXNet."""

from typing import Any, final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import Calling

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

    calling = Calling(
        "mxnet=={version} numpy==1.23.5",
        "\nnp.bool = bool  # MXNet asks NumPy for a name that it no longer has\n\n"
        "import mxnet\nimport mxnet.optimizer",
        "params, optimizer = mxnet.nd.array(start), {made}\n"
        "update = mxnet.optimizer.get_updater(optimizer)",
        "update(0, mxnet.nd.array(slope), params)",
        "params.asnumpy().astype(float)",
        {
            "learning_rate": "learning_rate",
            "adadelta.learning_rate": "",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "epsilon",
            "adagrad.eps": "eps",
            "adamax.eps": "",
            "weight_decay": "wd",
            "momentum": "momentum",
            "adadelta.decay": "rho",
            "rmsprop.decay": "gamma1",
            "rmsprop.momentum": "",
            "momentum_decay": "schedule_decay",
        },
        rate="optimizer.set_learning_rate(rates[step])",
    )

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
