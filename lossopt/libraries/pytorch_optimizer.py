"""pytorch-optimizer."""

from typing import final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import MODES, on_torch


@final
class PytorchOptimizer(Library):
    """A collection of optimizers for PyTorch; only its own classes are listed."""

    name = "pytorch-optimizer"
    year = 2021
    version = "4.1.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "pytorch_optimizer."

    calling = on_torch(
        "torch==2.13.0 pytorch-optimizer=={version}",
        "import pytorch_optimizer",
        {
            "decay": "rho",
            "beta": "momentum",
            "mix": "nu",
            "schedule_free_sgd.beta": "momentum",
            "mix1": "nus",
            "mix2": "nus",
            "initial_accumulator": "initial_accumulator",
            "prodigy.bias_correction": "bias_correction",
            "initial_distance": "d0",
        },
        evaluated=MODES,
    )

    conventions = {
        "adadelta": Convention("AdaDelta", decay="coupled"),
        "adamax": Convention("AdaMax", {"learning_rate": 0.001}, decay="coupled"),
        "radam": Convention(
            "RAdam", rule=None, decay="own", steps=(0.0, 0.0, 0.0, 0.0, 0.0, 0.025821)
        ),
        "asgd": Convention("ASGD", rule=None, decay="decoupled", steps=(1.00995, 1.01005, 1.01005)),
        "adabelief": Convention("AdaBelief", {"eps": 1e-16}, decay="decoupled", apart=WITH_DECAY),
        "yogi": Convention(
            "Yogi",
            decay="decoupled",
            apart=("small", "tiny", "sparse", *WITH_DECAY),
            nearly=5e-6,
        ),
        "qhm": Convention("QHM(momentum=0.999, nu=0.7)", {"learning_rate": 0.001}, decay="coupled"),
        "qhadam": Convention("QHAdam", {"beta1": 0.9, "mix1": 1.0}, decay="coupled", nearly=5e-8),
        "lion": Convention("Lion", decay="decoupled"),
        "adan": Convention("Adan", decay="decoupled"),
        "schedule_free_sgd": Convention("ScheduleFreeSGD", decay="coupled"),
        "schedule_free_adamw": Convention(
            "ScheduleFreeAdamW", decay="decoupled", apart=("tiny",), nearly=2e-8
        ),
        "prodigy": Convention("Prodigy", decay="decoupled", apart=("decay",)),
        "adafactor": Convention("AdaFactor(relative_step=False)", rule=None, decay="own"),
        "muon": Convention("Muon", {"learning_rate": 0.02, "weight_decay": 0.0}, decay="decoupled"),
    }
