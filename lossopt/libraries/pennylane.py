"""PennyLane."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}


@final
class PennyLane(Library):
    """Training of quantum circuits."""

    name = "PennyLane"
    year = 2018
    version = "0.45.1"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "qml."

    calling = Calling(
        "pennylane=={version}",
        "import pennylane as qml\nfrom pennylane import numpy as pnp",
        "params, optimizer = start.copy(), {made}",
        "given = (pnp.array(params, requires_grad=True),)\n"
        "(params,) = optimizer.apply_grad((slope,), given)",
        "np.array(params)",
        {
            "learning_rate": "stepsize",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "eps",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "decay",
        },
        rate="optimizer.stepsize = rates[step]",
    )

    conventions = {
        "gradient_descent": Convention("GradientDescentOptimizer"),
        "momentum": Convention("MomentumOptimizer", **OLD_SPEED),
        "nesterov": Convention("NesterovMomentumOptimizer", rule=None, steps=(1.0, 1.9, 2.71)),
        "adagrad": Convention("AdagradOptimizer", {"eps": 1e-8, "eps_place": "inside"}),
        "rmsprop": Convention("RMSPropOptimizer", {"decay": 0.9, "eps_place": "inside"}),
        "adam": Convention(
            "AdamOptimizer", {"learning_rate": 0.01, "beta2": 0.99, "eps_place": "uncorrected"}
        ),
    }
