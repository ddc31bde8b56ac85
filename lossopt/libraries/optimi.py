"""optimī."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import on_torch

asking = partial(Convention, asks_rate=True)
SHORT = {"beta2": 0.99, "eps": 1e-6}


@final
class Optimi(Library):
    """Optimizers for PyTorch in low precision."""

    name = "optimī"
    year = 2023
    version = "0.3.3"
    measured = "2026-11-30"
    license = "MIT"
    prefix = "optimi."

    calling = on_torch(
        "torch==2.13.0 torch-optimi=={version}",
        "import optimi",
        {"decoupled_weight_decay": "decouple_wd"},
    )

    conventions = {
        "gradient_descent": asking("SGD", decay="coupled"),
        "momentum": asking("SGD(momentum=0.9)", decay="coupled"),
        "adam": asking("Adam", SHORT, decay="coupled"),
        "adamw": asking("AdamW", SHORT, decay="decoupled"),
        "radam": asking("RAdam", SHORT, decay="coupled", nearly=1e-7, apart=("small", "tiny")),
        "lion": asking("Lion", decay="decoupled"),
        "adan": asking("Adan", {"eps": 1e-6, "weight_decay": 0.02}, decay="decoupled"),
    }
