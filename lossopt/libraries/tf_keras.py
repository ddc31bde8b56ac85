"""Keras 2."""

from typing import Any, final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import Calling

SLOW = {"learning_rate": 0.001}
INSIDE = {**SLOW, "eps": 1e-7, "eps_place": "inside"}
HAT = {"eps": 1e-7, "eps_place": "uncorrected"}
DECOUPLED = {"decoupled_weight_decay": True}
DECAYS: dict[str, Any] = {"decay": "decoupled", "apart": WITH_DECAY}
OLD_SPEED: dict[str, Any] = {
    "decay": "decoupled",
    "rate": "displacement",
    "apart": (*WITH_DECAY, "halved"),
}


@final
class TFKeras(Library):
    """Keras 2 on TensorFlow."""

    name = "Keras 2"
    year = 2015
    version = "2.21.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "tf_keras.optimizers."

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
            "weight_decay": "weight_decay",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "rho",
            "centered": "centered",
            "initial_accumulator": "initial_accumulator_value",
        },
        rate="optimizer.learning_rate = rates[step]",
    )

    conventions = {
        "gradient_descent": Convention("SGD", decay="decoupled"),
        "momentum": Convention("SGD(momentum=0.9)", **OLD_SPEED),
        "nesterov": Convention("SGD(momentum=0.9, nesterov=True)", **OLD_SPEED),
        "adagrad": Convention("Adagrad", {**INSIDE, "initial_accumulator": 0.1}, **DECAYS),
        "adadelta": Convention("Adadelta", {**SLOW, "decay": 0.95, "eps": 1e-7}, **DECAYS),
        "rmsprop": Convention("RMSprop", {**INSIDE, "decay": 0.9}, **DECAYS),
        "adam": Convention("Adam", HAT | DECOUPLED, decay="decoupled"),
        "adamax": Convention("Adamax", {**SLOW, "eps": 1e-7}, **DECAYS),
        "nadam": Convention(
            "Nadam", {**SLOW, "eps": 1e-7, "momentum_decay": 1.0, **DECOUPLED}, decay="decoupled"
        ),
        "adamw": Convention("AdamW", {**HAT, "weight_decay": 0.004}, decay="decoupled"),
        "amsgrad": Convention("Adam(amsgrad=True)", HAT | DECOUPLED, decay="decoupled"),
        "lion": Convention("Lion", decay="decoupled"),
        "adafactor": Convention("Adafactor", SLOW, decay="decoupled", apart=("tall_decay",)),
    }
