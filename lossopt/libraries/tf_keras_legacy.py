"""Keras 2's older optimizers."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling

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

    calling = Calling(
        "tf_keras=={version} tensorflow-cpu=={version}",
        "import tensorflow\nimport tf_keras\n\ntf_keras.backend.set_floatx('float64')",
        "params = tensorflow.Variable(start)\noptimizer = {made}",
        "optimizer.apply_gradients([(tensorflow.constant(slope), params)])",
        "params.numpy()",
        {
            "learning_rate": "learning_rate",
            "beta1": "beta_1",
            "beta2": "beta_2",
            "eps": "epsilon",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "rho",
            "centered": "centered",
            "initial_accumulator": "initial_accumulator_value",
        },
        rate="optimizer.learning_rate = rates[step]",
    )

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
