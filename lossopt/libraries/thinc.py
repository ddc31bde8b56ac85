"""Thinc."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling


@final
class Thinc(Library):
    """spaCy's layers and optimizers, measured with its gradient clipping switched off."""

    name = "Thinc"
    year = 2017
    version = "9.1.1"
    measured = "2026-11-30"
    license = "MIT"
    precision = "float32"
    prefix = "thinc.api."

    calling = Calling(
        "thinc=={version}",
        "import thinc.api\nimport thinc.schedules",
        'params = start.astype("float32")\noptimizer = {made}',
        'params, _ = optimizer((0, "params"), params.copy(), slope.astype("float32"))\n'
        "optimizer.step_schedules()",
        "params.astype(float)",
        {
            "learning_rate": "learn_rate",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "eps",
            "weight_decay": "L2",
            "adam.weight_decay": "",
        },
        rate_as='thinc.schedules.Schedule("rates", lambda schedule, step, **_: rates[step])',
    )

    conventions = {
        "gradient_descent": Convention(
            "SGD(grad_clip=0.0)", decay="decoupled", apart=("decay_moving",), asks_rate=True
        ),
        "adam": Convention(
            "Adam(grad_clip=0.0)",
            {"eps_place": "uncorrected", "decoupled_weight_decay": True},
            decay="decoupled",
        ),
        "radam": Convention(
            "RAdam(grad_clip=0.0)",
            rule=None,
            decay="decoupled",
            steps=(0.526316, 0.701107, 0.78802),
        ),
    }
