"""timm."""

from typing import final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import on_torch
from lossopt.libraries._schedules import ScheduleConvention

SLOW = {"learning_rate": 0.001}


@final
class Timm(Library):
    """PyTorch Image Models; only its own optimizers are listed."""

    name = "timm"
    year = 2019
    version = "1.0.31"
    measured = "2026-11-30"
    license = "Apache-2.0"
    prefix = "timm.optim."

    calling = on_torch(
        "timm=={version}",
        "import timm.optim",
        {"momentum_decay": "schedule_decay"},
    )

    conventions = {
        "momentum": Convention("SGDW(momentum=0.9)", SLOW, decay="decoupled", apart=WITH_DECAY),
        "nesterov": Convention(
            "SGDW(momentum=0.9, nesterov=True)", SLOW, decay="decoupled", apart=WITH_DECAY
        ),
        "rmsprop": Convention("RMSpropTF", rule=None, decay="coupled", steps=(1.0, 1.0, 1.0)),
        "nadam": Convention("NAdamLegacy", decay="coupled"),
        "adamw": Convention("AdamWLegacy", decay="decoupled"),
        "radam": Convention("RAdamLegacy", {"decoupled_weight_decay": True}, decay="decoupled"),
        "adabelief": Convention(
            "AdaBelief", rule=None, decay="decoupled", steps=(1.0, 1.0, 1.0, 1.0, 1.0, 0.036173)
        ),
        "lion": Convention("Lion", decay="decoupled"),
        "adan": Convention("Adan", decay="decoupled"),
        "adafactor": Convention("Adafactor", rule=None, decay="own"),
        "muon": Convention("Muon", rule=None, decay="decoupled"),
    }

    schedules = {
        "step": ScheduleConvention("StepLRScheduler", after="goes_on"),
        "boundaries": ScheduleConvention("MultiStepLRScheduler", late=-1),
        "linear": ScheduleConvention("PolyLRScheduler(power=1)"),
        "cosine": ScheduleConvention("CosineLRScheduler"),
        "warm_restarts": ScheduleConvention("CosineLRScheduler(cycle_limit=9)", after="goes_on"),
        "constant warmup": ScheduleConvention("StepLRScheduler(warmup_t=3)", rise="from_zero"),
        "cosine warmup": ScheduleConvention(
            "CosineLRScheduler(warmup_t=3)", rise="from_zero", under=True
        ),
        "cosine warmup prefix": ScheduleConvention(
            "CosineLRScheduler(warmup_prefix=True)",
            None,
            rates=(0.0, 0.3333, 0.6667, 1.0, 0.9755, 0.9045, 0.7939, 0.6545, 0.5, 0.3455, 0.2061),
        ),
    }
