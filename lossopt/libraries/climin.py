"""climin."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

FAST = {"learning_rate": 0.1}
OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}


@final
class Climin(Library):
    """Optimizers as Python iterators."""

    name = "climin"
    year = 2013
    version = "0.1a1"
    measured = "2026-11-30"
    license = "BSD-3-Clause"
    prefix = "climin."

    calling = Calling(
        "--no-build-isolation climin=={version} scipy numpy==1.23.5",
        "import climin",
        "params = start.copy()\noptimizer = {made}\nmoves = iter(optimizer)",
        "next(moves)",
        "params.copy()",
        {"learning_rate": "step_rate", "momentum": "momentum"},
        rate="optimizer.step_rate = rates[step]",
        made="{name}(params, fprime=lambda params: slope.copy(), {arguments})",
    )

    conventions = {
        "gradient_descent": Convention("GradientDescent", FAST),
        "momentum": Convention("GradientDescent(momentum=0.9)", FAST, **OLD_SPEED),
        "nesterov": Convention(
            'GradientDescent(momentum=0.9, momentum_type="nesterov")',
            rule=None,
            steps=(1.0, 1.9, 2.71),
        ),
        "adadelta": Convention(
            "Adadelta",
            {"eps": 1e-4},
            rate="own",
            apart=("constant", "small", "drop", "stop", "signs", "halved", "sparse"),
        ),
        "rmsprop": Convention("RmsProp", rule=None, asks_rate=True, steps=(1.0, 1.0, 1.0)),
        "adam": Convention("Adam", {"learning_rate": 0.0002}, nearly=5e-6),
    }
