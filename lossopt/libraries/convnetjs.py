"""ConvNetJS."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library

OLD_SPEED: dict[str, Any] = {"decay": "coupled", "rate": "displacement", "apart": ("halved",)}
INSIDE = {"eps": 1e-6, "eps_place": "inside"}


@final
class ConvNetJS(Library):
    """Networks in the browser, from before TensorFlow.js."""

    name = "ConvNetJS"
    language = "JavaScript"
    year = 2013
    version = "0.3.0"
    measured = "2026-11-30"
    license = "MIT"
    prefix = "convnetjs.Trainer(net, "

    conventions = {
        "gradient_descent": Convention("{momentum: 0})", decay="coupled"),
        "momentum": Convention("{})", **OLD_SPEED),
        "nesterov": Convention('{method: "nesterov"})', rule="momentum", **OLD_SPEED),
        "adagrad": Convention('{method: "adagrad"})', INSIDE, decay="coupled"),
        "adadelta": Convention(
            '{method: "adadelta"})', {"decay": 0.95}, decay="coupled", rate="none"
        ),
        "rmsprop": Convention(
            '{method: "windowgrad"})', {**INSIDE, "decay": 0.95}, decay="coupled"
        ),
        "adam": Convention('{method: "adam"})', rule="momentum", **OLD_SPEED),
    }
