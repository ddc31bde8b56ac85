"""Adam is faster than gradient descent, and slower than momentum that was set well."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import best_momentum, fewest_steps
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.optimizers.momentum import Momentum

KAPPA = 100.0


@final
class FasterAdam(Claim):
    """Adam is faster than gradient descent, and slower than momentum that was set well.

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2014.
    A. C. Wilson, R. Roelofs, M. Stern, N. Srebro, B. Recht, "The Marginal Value of Adaptive
    Gradient Methods in Machine Learning", 2017.
    """

    order = 27
    part = "beyond"
    verdict = "right"
    formula = (
        r"m \leftarrow \beta_1 m + (1 - \beta_1) g,"
        r"\quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2,"
        r"\quad \theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)"
    )
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=100&runs=adam-momentum-batch"
        "&adam.learning_rate=0.08&momentum.learning_rate=0.032&momentum.momentum=0.67"
        "&batch.learning_rate=0.0185&run.n_steps=150"
    )

    def measured(self) -> dict[str, float]:
        momentum = Momentum(momentum=best_momentum(KAPPA))
        return {
            "kappa": KAPPA,
            "descent": fewest_steps(GradientDescent(), KAPPA),
            "momentum": fewest_steps(momentum, KAPPA),
            "momentum_across": fewest_steps(momentum, KAPPA, 45.0),
            "along": fewest_steps(Adam(), KAPPA),
            "across": fewest_steps(Adam(), KAPPA, 45.0),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        same = numbers["momentum"] == numbers["momentum_across"]
        return (
            same and numbers["momentum"] < numbers["along"] < numbers["across"] < numbers["descent"]
        )
