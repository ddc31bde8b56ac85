"""PyMC."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}
SLOW = {"learning_rate": 0.001}
WHOLE = {"learning_rate": 1.0, "eps": 1e-6}


@final
class PyMC(Library):
    """Probabilistic programming: the updates of variational inference."""

    name = "PyMC"
    year = 2012
    version = "5.28.5"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "pymc."

    calling = Calling(
        "pymc=={version}",
        "import pymc\nimport pytensor\nimport pytensor.tensor as pt",
        'params, given = pytensor.shared(start), pt.vector("slope", dtype="float64")\n'
        "updates = {made}\nmove = pytensor.function([given], [], updates=updates)",
        "move(slope)",
        "params.get_value()",
        {
            "learning_rate": "learning_rate",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "epsilon",
            "adamax.eps": "",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "rho",
        },
        rate="rate.set_value(rates[step])",
        rate_as="(rate := pytensor.shared(rates[0]))",
        made="{name}([given], [params], {arguments})",
    )

    conventions = {
        "gradient_descent": Convention("sgd", SLOW),
        "momentum": Convention("momentum", SLOW, **OLD_SPEED),
        "nesterov": Convention("nesterov_momentum", SLOW, **OLD_SPEED),
        "adagrad": Convention("adagrad", {**WHOLE, "eps_place": "inside"}),
        "adadelta": Convention("adadelta", {"decay": 0.95}),
        "rmsprop": Convention("rmsprop", {**WHOLE, "decay": 0.9, "eps_place": "inside"}),
        "adam": Convention("adam", {"eps_place": "uncorrected"}),
        "adamax": Convention("adamax"),
    }
