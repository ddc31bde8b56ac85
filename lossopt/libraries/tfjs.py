"""TensorFlow.js."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library

asking = partial(Convention, asks_rate=True)
SLOW = {"learning_rate": 0.001}


@final
class TensorFlowJS(Library):
    """TensorFlow for browsers and Node, measured on its plain JavaScript."""

    name = "TensorFlow.js"
    language = "JavaScript"
    year = 2018
    version = "4.22.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "tf.train."

    conventions = {
        "gradient_descent": asking("sgd(rate)"),
        "momentum": asking("momentum(rate, 0.9)"),
        "nesterov": asking("momentum(rate, 0.9, true)"),
        "adagrad": asking(
            "adagrad(rate)", {"initial_accumulator": 0.1, "eps": 1e-7, "eps_place": "inside"}
        ),
        "adadelta": Convention("adadelta()", SLOW, rule="gradient_descent"),
        "rmsprop": asking("rmsprop(rate)", {"decay": 0.9, "eps": 1e-7, "eps_place": "inside"}),
        "adam": Convention("adam()", {"eps": 1e-7}),
        "adamax": Convention("adamax()", {"eps": 1e-7}),
    }
