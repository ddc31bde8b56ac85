"""heavyball."""

from typing import final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import MODES, on_torch

RATE = {"learning_rate": 0.0025}
SMALL = ("small", "tiny")


@final
class Heavyball(Library):
    """Compiled optimizers for PyTorch, measured without compilation."""

    name = "heavyball"
    year = 2024
    version = "3.2.1"
    measured = "2026-11-30"
    license = "BSD-2-Clause"
    precision = "float32"
    prefix = "heavyball."

    calling = on_torch(
        "torch==2.13.0 heavyball=={version}",
        "import heavyball\n\nheavyball.utils.compile_mode = None",
        {"momentum": "beta"},
        evaluated=MODES,
    )

    conventions = {
        "momentum": Convention("SGD", RATE, decay="decoupled", apart=WITH_DECAY),
        "rmsprop": Convention(
            "RMSprop",
            {**RATE, "beta1": 0.0, "beta2": 0.99, "eps": 1e-6, "decoupled_weight_decay": True},
            "adam",
            decay="decoupled",
            apart=SMALL,
        ),
        "nadam": Convention("NAdam", decay="own", apart=(*SMALL, *WITH_DECAY)),
        "adamw": Convention(
            "AdamW", {**RATE, "beta2": 0.99, "weight_decay": 0.0}, decay="decoupled", apart=SMALL
        ),
        "schedule_free_adamw": Convention(
            "SFAdamW",
            {**RATE, "beta2": 0.99, "eps": 1e-6},
            decay="decoupled",
            rate="own",
            apart=(*SMALL, "halved"),
        ),
        "muon": Convention("Muon", RATE, rule=None, decay="decoupled"),
    }
