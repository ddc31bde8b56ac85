"""scikit-learn."""

from typing import Any, final

from lossopt.libraries._base import Convention, Library

OLD_SPEED: dict[str, Any] = {"rate": "displacement", "apart": ("halved",)}
FAST = {"learning_rate": 0.1}


@final
class Sklearn(Library):
    """The optimizers under MLPClassifier and MLPRegressor; alpha enters with the loss."""

    name = "scikit-learn"
    year = 2010
    version = "1.9.1"
    measured = "2026-11-30"
    license = "BSD-3-Clause"
    prefix = "sklearn.neural_network._stochastic_optimizers."

    conventions = {
        "gradient_descent": Convention("SGDOptimizer(momentum=0.0, nesterov=False)", FAST),
        "momentum": Convention("SGDOptimizer(nesterov=False)", FAST, **OLD_SPEED),
        "nesterov": Convention("SGDOptimizer", FAST, **OLD_SPEED),
        "adam": Convention("AdamOptimizer", {"eps_place": "uncorrected"}),
    }
