"""Chainer."""

from typing import final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._calling import Calling


@final
class Chainer(Library):
    """The framework whose style PyTorch took up; weight decay is a hook on the gradient."""

    name = "Chainer"
    year = 2015
    version = "7.8.1"
    measured = "2026-11-30"
    license = "MIT"
    prefix = "chainer.optimizers."

    calling = Calling(
        "--no-build-isolation chainer=={version} numpy==1.23.5",
        "import chainer\nimport chainer.optimizer_hooks",
        "link = chainer.Link()\nwith link.init_scope():\n"
        "    link.w = chainer.Parameter(start.copy())\noptimizer = {made}.setup(link)",
        "link.w.grad = slope\noptimizer.update()",
        "link.w.array.copy()",
        {
            "learning_rate": "lr",
            "adadelta.learning_rate": "",
            "adam.learning_rate": "alpha",
            "adamw.learning_rate": "alpha",
            "amsgrad.learning_rate": "alpha",
            "beta1": "beta1",
            "beta2": "beta2",
            "eps": "eps",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "adadelta.decay": "rho",
            "rmsprop.decay": "alpha",
        },
        rate="optimizer.{learning_rate} = rates[step]",
        coupled="optimizer.add_hook(chainer.optimizer_hooks.WeightDecay({weight_decay}))",
    )

    conventions = {
        "gradient_descent": Convention("SGD", decay="coupled"),
        "momentum": Convention(
            "MomentumSGD", decay="coupled", rate="displacement", apart=("halved",)
        ),
        "nesterov": Convention(
            "NesterovAG", rule=None, decay="coupled", steps=(2.71, 3.439, 4.0951)
        ),
        "adagrad": Convention("AdaGrad", {"learning_rate": 0.001, "eps": 1e-8}, decay="coupled"),
        "adadelta": Convention("AdaDelta", {"decay": 0.95}, decay="coupled", rate="none"),
        "rmsprop": Convention("RMSprop", decay="coupled"),
        "adam": Convention("Adam", {"eps_place": "uncorrected"}, decay="coupled"),
        "adamw": Convention(
            "AdamW",
            {"eps_place": "uncorrected", "weight_decay": 0.0},
            decay="unscaled",
            apart=WITH_DECAY,
        ),
        "amsgrad": Convention("AMSGrad", {"eps_place": "uncorrected"}, decay="coupled"),
    }
