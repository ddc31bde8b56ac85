"""MindSpore."""

from typing import final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import Calling

SLOW = {"learning_rate": 0.001}


@final
class MindSpore(Library):
    """Huawei's framework, measured on a CPU."""

    name = "MindSpore"
    year = 2020
    version = "2.10.0"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "mindspore.nn."

    calling = Calling(
        "mindspore=={version}",
        "import mindspore\nimport mindspore.nn",
        "params = mindspore.Parameter(mindspore.Tensor(start, mindspore.float32), name='w')\n"
        "optimizer = {made}",
        "optimizer((mindspore.Tensor(slope, mindspore.float32),))",
        "params.asnumpy().astype(float)",
        {
            "learning_rate": "learning_rate",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "eps",
            "adagrad.eps": "",
            "adadelta.eps": "epsilon",
            "adadelta.decay": "rho",
            "weight_decay": "weight_decay",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "initial_accumulator": "accum",
            "shrink": "etas",
            "grow": "etas",
            "smallest_step": "step_sizes",
            "largest_step": "step_sizes",
            "rate_decay": "lambd",
            "rate_power": "alpha",
        },
        rate="rate = mindspore.Tensor(rates[step], mindspore.float32)\n"
        "mindspore.ops.assign(optimizer.learning_rate, rate)",
        made="{name}([params], {arguments})",
    )

    conventions = {
        "gradient_descent": Convention("SGD", {"learning_rate": 0.1}, decay="coupled"),
        "momentum": Convention("Momentum(momentum=0.9)", decay="coupled", asks_rate=True),
        "nesterov": Convention(
            "Momentum(momentum=0.9, use_nesterov=True)",
            rule="momentum",
            decay="coupled",
            asks_rate=True,
        ),
        "rprop": Convention("Rprop", {"learning_rate": 0.1}, decay="coupled", apart=WITH_DECAY),
        "adagrad": Convention(
            "Adagrad", {"learning_rate": 0.001, "initial_accumulator": 0.1}, decay="coupled"
        ),
        "adadelta": Convention("Adadelta", decay="coupled"),
        "rmsprop": Convention("RMSProp", rule=None, decay="coupled", steps=(1.0, 1.0, 1.0)),
        "adam": Convention("Adam", {"eps_place": "uncorrected"}, decay="coupled"),
        "adamax": Convention("AdaMax", SLOW, decay="coupled"),
        "adamw": Convention(
            "AdamWeightDecay",
            {"eps": 1e-6, "bias_correction": False, "weight_decay": 0.0},
            decay="decoupled",
        ),
        "amsgrad": Convention(
            "Adam(use_amsgrad=True)", {"eps_place": "uncorrected"}, decay="coupled"
        ),
        "asgd": Convention(
            "ASGD", {"learning_rate": 0.1}, decay="coupled", rate="next_step", apart=("halved",)
        ),
    }
