"""PyTorch."""

from typing import final

from lossopt.libraries._base import Convention, Library

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
