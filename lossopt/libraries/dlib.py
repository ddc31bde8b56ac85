"""dlib."""

from typing import final

from lossopt.libraries._base import Convention, Library

DECAY = {"weight_decay": 0.0005}


@final
class Dlib(Library):
    """A toolkit in C++: the solvers of its networks, with the weight decay they have by default."""

    name = "dlib"
    language = "C++"
    year = 2002
    version = "20.0.0"
    measured = "2026-11-30"
    license = "BSL-1.0"
    precision = "float32"
    prefix = "dlib::"

    conventions = {
        "gradient_descent": Convention("sgd(0.0005, 0.0)", DECAY, decay="coupled", asks_rate=True),
        "momentum": Convention(
            "sgd()", DECAY, decay="coupled", rate="displacement", apart=("halved",), asks_rate=True
        ),
        "adam": Convention(
            "adam()",
            {**DECAY, "eps_place": "uncorrected"},
            decay="coupled",
            asks_rate=True,
        ),
    }
