"""scikit-learn."""

import math
from typing import Any, final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention

OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}
FAST = {"learning_rate": 0.1}
REACH = math.log((1.0 - 2.0**-52) / 2.0**-52)
"""Logit of the probability at which metrics cut off."""


@final
class Sklearn(Library):
    """The optimizers under MLPClassifier and MLPRegressor; alpha enters with the loss."""

    name = "scikit-learn"
    year = 2010
    version = "1.9.1"
    measured = "2026-11-30"
    license = "BSD-3-Clause"
    prefix = "sklearn.neural_network._stochastic_optimizers."

    calling = Calling(
        "scikit-learn=={version}",
        "import sklearn.neural_network._stochastic_optimizers",
        "params = [start.copy()]\noptimizer = {made}",
        "optimizer.update_params(params, [slope])",
        "params[0].copy()",
        {
            "learning_rate": "learning_rate_init",
            "beta1": "beta_1",
            "beta2": "beta_2",
            "eps": "epsilon",
            "momentum": "momentum",
        },
        rate="optimizer.learning_rate = optimizer.learning_rate_init = rates[step]",
        made="{name}(params, {arguments})",
    )

    conventions = {
        "gradient_descent": Convention("SGDOptimizer(momentum=0.0, nesterov=False)", FAST),
        "momentum": Convention("SGDOptimizer(nesterov=False)", FAST, **OLD_SPEED),
        "nesterov": Convention("SGDOptimizer", FAST, **OLD_SPEED),
        "adam": Convention("AdamOptimizer", {"eps_place": "uncorrected"}),
    }

    losses = {
        "mse": LossConvention("sklearn._loss.HalfSquaredError", factor=0.5, mean="sum"),
        "mse mean_squared_error": LossConvention("sklearn.metrics.mean_squared_error", mean="sum"),
        "mae": LossConvention("sklearn._loss.AbsoluteError", tie="left", mean="sum"),
        "mae mean_absolute_error": LossConvention(
            "sklearn.metrics.mean_absolute_error", mean="sum"
        ),
        "pinball": LossConvention(
            "sklearn._loss.PinballLoss", {"tau": 0.5}, tie="left", mean="sum"
        ),
        "pinball mean_pinball_loss": LossConvention(
            "sklearn.metrics.mean_pinball_loss", {"tau": 0.5}, mean="sum"
        ),
        "binary_cross_entropy": LossConvention("sklearn._loss.HalfBinomialLoss", mean="sum"),
        "log_loss": LossConvention("sklearn.metrics.log_loss", reach=REACH, mean="sum"),
        "categorical_cross_entropy": LossConvention(
            "sklearn._loss.HalfMultinomialLoss", mean="sum"
        ),
    }
