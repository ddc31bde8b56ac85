"""Keras 2's older optimizers."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries.tf_keras import TFKeras

SLOW = {"learning_rate": 0.001}
HAT = {"eps": 1e-7, "eps_place": "uncorrected"}
OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}


@final
class TFKerasLegacy(Library):
    """The optimizers of Keras before 2.11, which Keras 2 keeps."""

    name = "Keras 2 (legacy)"
    year = 2015
    version = "2.21.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "tf_keras.optimizers.legacy."

    calling = TFKeras.calling

    conventions = {
        "gradient_descent": Convention("SGD"),
        "momentum": Convention("SGD(momentum=0.9)", **OLD_SPEED),
        "nesterov": Convention("SGD(momentum=0.9, nesterov=True)", **OLD_SPEED),
        "adagrad": Convention("Adagrad", {**SLOW, "eps": 1e-7, "initial_accumulator": 0.1}),
        "adadelta": Convention("Adadelta", {**SLOW, "decay": 0.95, "eps": 1e-7}),
        "rmsprop": Convention("RMSprop", {**SLOW, "eps": 1e-7, "decay": 0.9}),
        "adam": Convention("Adam", HAT),
        "adamax": Convention("Adamax", {**SLOW, "eps": 1e-7}),
        "nadam": Convention("Nadam", {**SLOW, "eps": 1e-7}),
        "amsgrad": Convention("Adam(amsgrad=True)", HAT),
    }
