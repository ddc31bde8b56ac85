"""brain.js."""

from typing import final

from lossopt.libraries._base import Convention, Library

FAST = {"learning_rate": 0.3}


@final
class BrainJS(Library):
    """Networks in JavaScript; these are the steps of the weights, those of the biases differ."""

    name = "brain.js"
    language = "JavaScript"
    year = 2015
    version = "1.6.1"
    measured = "2026-11-30"
    license = "MIT"
    precision = "float32"
    prefix = "brain.NeuralNetwork().train(data, "

    conventions = {
        "gradient_descent": Convention("{momentum: 0})", FAST),
        "momentum": Convention(
            "{})", {**FAST, "momentum": 0.1}, rate="displacement", apart=("halved",)
        ),
        "adam": Convention('{praxis: "adam"})', FAST),
    }
