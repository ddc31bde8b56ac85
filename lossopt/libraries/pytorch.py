"""PyTorch."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import ScheduleConvention

SLOW = {"learning_rate": 0.001}
EVERY_WAY = ("foreach=True", "fused=True")


@final
class PyTorch(Library):
    """The convention that our rules follow."""

    name = "PyTorch"
    year = 2016
    version = "2.13.0"
    measured = "2026-11-30"
    license = "BSD-3-Clause"
    rank = 1
    prefix = "torch.optim."

    conventions = {
        "gradient_descent": Convention("SGD", SLOW, decay="coupled", also=EVERY_WAY),
        "momentum": Convention("SGD(momentum=0.9)", SLOW, decay="coupled", also=EVERY_WAY),
        "nesterov": Convention(
            "SGD(momentum=0.9, nesterov=True)", SLOW, decay="coupled", also=EVERY_WAY
        ),
        "rprop": Convention("Rprop", also=("foreach=True",)),
        "adagrad": Convention("Adagrad", decay="coupled", also=EVERY_WAY),
        "adadelta": Convention("Adadelta", decay="coupled", also=("foreach=True",)),
        "rmsprop": Convention("RMSprop", decay="coupled", also=("foreach=True",)),
        "adam": Convention("Adam", decay="coupled", also=EVERY_WAY),
        "adamax": Convention("Adamax", decay="coupled", also=("foreach=True",)),
        "nadam": Convention("NAdam", decay="coupled", also=("foreach=True",)),
        "adamw": Convention("AdamW", decay="decoupled", also=EVERY_WAY),
        "amsgrad": Convention("Adam(amsgrad=True)", decay="coupled", also=EVERY_WAY),
        "radam": Convention("RAdam", decay="coupled", also=("foreach=True",)),
        "asgd": Convention("ASGD", decay="coupled", rate="next_step", apart=("halved",)),
        "adafactor": Convention("Adafactor", decay="decoupled"),
        "muon": Convention("Muon", decay="decoupled"),
    }

    losses = {
        "mse": LossConvention("torch.nn.functional.mse_loss", mean="sum"),
        "mae": LossConvention("torch.nn.functional.l1_loss", mean="sum"),
        "huber": LossConvention("torch.nn.functional.huber_loss", mean="n"),
        "smooth_l1": LossConvention("torch.nn.functional.smooth_l1_loss", divided_by="delta"),
        "binary_cross_entropy": LossConvention("torch.nn.BCEWithLogitsLoss", mean="n"),
        "log_loss": LossConvention("torch.nn.BCELoss", ceiling=100.0, floor=1e-12, mean="n"),
        "hinge": LossConvention("torch.nn.functional.margin_ranking_loss(margin=1)", tie="steep"),
        "categorical_cross_entropy": LossConvention("torch.nn.CrossEntropyLoss"),
    }
    schedules = {
        "step": ScheduleConvention("StepLR", after="goes_on"),
        "boundaries": ScheduleConvention("MultiStepLR"),
        "exponential": ScheduleConvention("ExponentialLR", after="goes_on"),
        "linear": ScheduleConvention("LinearLR"),
        "cosine": ScheduleConvention("CosineAnnealingLR", after="rises"),
        "warm_restarts": ScheduleConvention("CosineAnnealingWarmRestarts", after="goes_on"),
        "one_cycle": ScheduleConvention("OneCycleLR(cycle_momentum=False)", after="raises"),
        "one_cycle default": ScheduleConvention(
            "OneCycleLR",
            None,
            after="raises",
            rates=(0.04, 0.988, 2.615, 3.075, 3.094, 2.682, 1.943, 1.064, 0.3141, 2.81e-05, 0.3783),
        ),
        "one_cycle linear": ScheduleConvention(
            "OneCycleLR(anneal_strategy='linear')",
            None,
            after="turns_negative",
            rates=(0.04, 0.52, 1.0, 0.8571, 0.7143, 0.5714, 0.4286, 0.2857, 0.1429, 4e-06, -0.1429),
        ),
        "constant warmup": ScheduleConvention("LinearLR(start_factor=1/3, total_iters=2)"),
        "constant warmup default": ScheduleConvention(
            "LinearLR(total_iters=3)",
            None,
            rise="start_factor",
            rates=(0.3333, 0.5556, 0.7778, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        ),
        "cosine warmup": ScheduleConvention("SequentialLR", after="rises"),
        "cosine warmup chained": ScheduleConvention(
            "ChainedScheduler",
            None,
            after="rises",
            rates=(
                0.3333,
                0.6504,
                0.9045,
                0.7939,
                0.6545,
                0.5,
                0.3455,
                0.2061,
                0.09549,
                0.02447,
                0.0,
            ),
        ),
    }
