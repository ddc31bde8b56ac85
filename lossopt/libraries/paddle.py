"""PaddlePaddle."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import ScheduleConvention

SLOW = {"learning_rate": 0.001}


@final
class Paddle(Library):
    """Baidu's framework."""

    name = "PaddlePaddle"
    year = 2016
    version = "3.3.1"
    measured = "2026-11-30"
    license = "Apache-2.0"
    precision = "float32"
    prefix = "paddle.optimizer."

    calling = Calling(
        "paddlepaddle=={version}",
        'import paddle\n\npaddle.set_default_dtype("float64")',
        "params = paddle.to_tensor(start, stop_gradient=False)\noptimizer = {made}",
        "(params * paddle.to_tensor(slope)).sum().backward()\n"
        "optimizer.step()\noptimizer.clear_grad()",
        "params.numpy().copy()",
        {
            "learning_rate": "learning_rate",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "epsilon",
            "weight_decay": "weight_decay",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "decay": "rho",
            "centered": "centered",
            "initial_accumulator": "initial_accumulator_value",
            "momentum_decay": "momentum_decay",
            "shrink": "etas",
            "grow": "etas",
            "smallest_step": "learning_rate_range",
            "largest_step": "learning_rate_range",
        },
        rate="optimizer.set_lr(float(rates[step]))",
        made="{name}({arguments}, parameters=[params])",
    )

    conventions = {
        "gradient_descent": Convention("SGD", SLOW, decay="coupled"),
        "momentum": Convention("Momentum", SLOW, decay="coupled"),
        "nesterov": Convention("Momentum(use_nesterov=True)", SLOW, decay="coupled"),
        "rprop": Convention("Rprop", {**SLOW, "smallest_step": 1e-5}),
        "adagrad": Convention("Adagrad", {"eps": 1e-6}, decay="coupled", asks_rate=True),
        "adadelta": Convention("Adadelta", {**SLOW, "decay": 0.95}, decay="coupled"),
        "rmsprop": Convention(
            "RMSProp",
            {"decay": 0.95, "eps": 1e-6, "eps_place": "inside"},
            decay="coupled",
            asks_rate=True,
        ),
        "adam": Convention("Adam", decay="coupled"),
        "adamax": Convention("Adamax", SLOW, decay="coupled", apart=("small", "tiny")),
        "nadam": Convention("NAdam", decay="coupled"),
        "adamw": Convention("AdamW", decay="decoupled"),
        "amsgrad": Convention("Adam(amsgrad=True)", decay="coupled"),
        "radam": Convention("RAdam", decay="coupled"),
        "asgd": Convention("ASGD", SLOW, "gradient_descent", decay="coupled"),
    }

    losses = {
        "mse": LossConvention("paddle.nn.functional.mse_loss"),
        "mae": LossConvention("paddle.nn.functional.l1_loss"),
        "smooth_l1": LossConvention("paddle.nn.functional.smooth_l1_loss"),
        "binary_cross_entropy": LossConvention(
            "paddle.nn.BCEWithLogitsLoss", mean="n", apart=("zero",)
        ),
        "log_loss": LossConvention("paddle.nn.BCELoss", ceiling=100.0, floor=1e-12, mean="n"),
        "categorical_cross_entropy": LossConvention(
            "paddle.nn.functional.cross_entropy", ceiling=64.0, apart=("smoothing",)
        ),
    }
    schedules = {
        "step": ScheduleConvention("StepDecay", after="goes_on"),
        "boundaries": ScheduleConvention("MultiStepDecay"),
        "exponential": ScheduleConvention("ExponentialDecay", after="goes_on"),
        "linear": ScheduleConvention("LinearLR"),
        "cosine": ScheduleConvention("CosineAnnealingDecay", after="rises"),
        "warm_restarts": ScheduleConvention("CosineAnnealingWarmRestarts", after="goes_on"),
        "one_cycle": ScheduleConvention(
            "OneCycleLR",
            None,
            after="raises",
            rates=(
                0.04,
                0.52,
                1.0,
                0.9505,
                0.8118,
                0.6113,
                0.3888,
                0.1883,
                0.04961,
                0.0001,
                0.04961,
            ),
        ),
        "one_cycle linear": ScheduleConvention(
            "OneCycleLR(anneal_strategy='linear')",
            None,
            after="turns_negative",
            rates=(
                0.04,
                0.52,
                1.0,
                0.8572,
                0.7143,
                0.5715,
                0.4286,
                0.2858,
                0.1429,
                0.0001,
                -0.1427,
            ),
        ),
        "constant warmup": ScheduleConvention("LinearWarmup", rise="from_zero"),
        "cosine warmup": ScheduleConvention("LinearWarmup", rise="from_zero", after="rises"),
    }
