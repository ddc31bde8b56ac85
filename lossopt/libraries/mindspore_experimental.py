"""MindSpore's newer optimizers."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import TORCH_NAMES, Calling

asking = partial(Convention, decay="coupled", asks_rate=True)


@final
class MindSporeExperimental(Library):
    """The optimizers of mindspore.experimental, measured on a CPU."""

    name = "MindSpore (experimental)"
    year = 2023
    version = "2.10.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "mindspore.experimental.optim."

    calling = Calling(
        "mindspore=={version}",
        "import mindspore\nimport mindspore.experimental.optim",
        "params = mindspore.Parameter(mindspore.Tensor(start, mindspore.float32), name='w')\n"
        "optimizer = {made}",
        "optimizer((mindspore.Tensor(slope, mindspore.float32),))",
        "params.asnumpy().astype(float)",
        TORCH_NAMES,
        rate="rate = mindspore.Tensor(rates[step], mindspore.float32)\n"
        'mindspore.ops.assign(optimizer.param_groups[0]["lr"], rate)',
        made="{name}([params], {arguments})",
    )

    conventions = {
        "gradient_descent": asking("SGD"),
        "momentum": asking("SGD(momentum=0.9)"),
        "nesterov": asking("SGD(momentum=0.9, nesterov=True)"),
        "rprop": Convention("Rprop"),
        "adagrad": Convention("Adagrad", decay="coupled"),
        "adadelta": Convention("Adadelta", decay="coupled"),
        "rmsprop": Convention("RMSprop", decay="coupled"),
        "adam": Convention("Adam", {"eps_place": "uncorrected"}, decay="coupled"),
        "adamax": Convention("Adamax", decay="coupled"),
        "nadam": Convention("NAdam", decay="coupled"),
        "adamw": Convention("AdamW", decay="decoupled"),
        "amsgrad": Convention(
            "Adam(amsgrad=True)", {"eps_place": "uncorrected"}, "adam", decay="coupled"
        ),
        "radam": Convention("RAdam", decay="coupled", nearly=6e-4),
        "asgd": Convention("ASGD", decay="coupled", rate="next_step", apart=("halved",)),
    }
