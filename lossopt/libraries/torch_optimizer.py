"""torch-optimizer."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import on_torch


@final
class TorchOptimizer(Library):
    """A collection of optimizers for PyTorch; only its own classes are listed."""

    name = "torch-optimizer"
    year = 2020
    version = "0.3.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "torch_optimizer."

    calling = on_torch(
        "torch==2.13.0 torch-optimizer=={version}",
        "import torch_optimizer",
        {
            "beta": "momentum",
            "mix": "nu",
            "mix1": "nus",
            "mix2": "nus",
            "initial_accumulator": "initial_accumulator",
        },
    )

    conventions = {
        "radam": Convention("RAdam", {"decoupled_weight_decay": True}, decay="decoupled"),
        "adabelief": Convention("AdaBelief", decay="coupled"),
        "yogi": Convention("Yogi", decay="coupled", apart=("small", "tiny", "sparse"), nearly=5e-6),
        "qhm": Convention("QHM(momentum=0.999)", {"learning_rate": 0.001}, decay="coupled"),
        "qhadam": Convention("QHAdam", {"beta1": 0.9, "mix1": 1.0}, decay="coupled"),
        "adafactor": Convention(
            "Adafactor(relative_step=False)", decay="own", apart=("tall_decay",)
        ),
    }
