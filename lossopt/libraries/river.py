"""River."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention

FAST = {"learning_rate": 0.1}
INSIDE = {**FAST, "eps": 1e-8, "eps_place": "inside"}
HAT = {**FAST, "eps_place": "uncorrected"}


@final
class River(Library):
    """Learning from streams of data."""

    name = "River"
    year = 2019
    version = "0.26.1"
    measured = "2026-11-30"
    license = "BSD-3-Clause"
    prefix = "river.optim."

    calling = Calling(
        "river=={version}",
        "import river.optim",
        "params = dict(enumerate(start.tolist()))\noptimizer = {made}",
        "params = optimizer.step(params, dict(enumerate(slope.tolist())))",
        "np.array(list(params.values()))",
        {
            "learning_rate": "lr",
            "adadelta.learning_rate": "",
            "beta1": "beta_1",
            "beta2": "beta_2",
            "eps": "eps",
            "adamax.eps": "",
            "momentum": "rho",
            "rmsprop.momentum": "",
            "decay": "rho",
        },
        rate="optimizer.lr = river.optim.schedulers.Constant(rates[step])",
    )

    conventions = {
        "gradient_descent": Convention("SGD"),
        "momentum": Convention("Momentum", FAST, rate="displacement", apart=("halved",)),
        "nesterov": Convention("NesterovMomentum", rule=None, steps=(1.0, 1.9, 2.71)),
        "adagrad": Convention("AdaGrad", INSIDE),
        "adadelta": Convention("AdaDelta", {"decay": 0.95, "eps": 1e-8}, rate="none"),
        "rmsprop": Convention("RMSProp", {**INSIDE, "decay": 0.9}),
        "adam": Convention("Adam", HAT),
        "adamax": Convention("AdaMax", FAST),
        "nadam": Convention("Nadam", rule=None, steps=(1.9, 1.426316, 1.269004)),
        "amsgrad": Convention("AMSGrad", HAT),
    }

    losses = {
        "mse": LossConvention("river.optim.losses.Squared"),
        "mae": LossConvention("river.optim.losses.Absolute", tie="left"),
        "huber": LossConvention("river.optim.losses.Huber", {"delta": 0.1}),
        "pinball": LossConvention(
            "river.optim.losses.Quantile", {"tau": 0.5}, tie="left", apart=("values",)
        ),
        "binary_cross_entropy": LossConvention("river.optim.losses.Log", nearly=3e-9),
        "hinge": LossConvention("river.optim.losses.Hinge", tie="steep"),
        "focal": LossConvention("river.optim.losses.BinaryFocalLoss", loss=None),
    }
