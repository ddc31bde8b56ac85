"""Adam is faster than gradient descent, if its learning rate suits the direction."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import RATES, best_momentum, fewest_steps, settling_steps
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.optimizers.momentum import Momentum

KAPPA = 100.0


@final
class FasterAdam(Claim):
    """Adam is faster than gradient descent, if its learning rate suits the direction.

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2014.
    A. C. Wilson, R. Roelofs, M. Stern, N. Srebro, B. Recht, "The Marginal Value of Adaptive
    Gradient Methods in Machine Learning", 2017.
    """

    order = 27
    part = "beyond"
    verdict = "right_if"
    formula = (
        r"m \leftarrow \beta_1 m + (1 - \beta_1) g,"
        r"\quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2,"
        r"\quad \theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)"
    )
    shown = (
        "lab?problem=quadratic&quadratic.condition_number=100&quadratic.rotation=45"
        "&quadratic.start=-2.83_-0.71&runs=adam-adam~2-batch&adam.learning_rate=0.08"
        "&adam~2.learning_rate=1&batch.learning_rate=0.0185&run.n_steps=200"
    )

    def measured(self) -> dict[str, float]:
        momentum = Momentum(momentum=best_momentum(KAPPA))
        along, across = (settling_steps(Adam(), KAPPA, angle) for angle in (0.0, 45.0))
        return {
            "kappa": KAPPA,
            "descent": fewest_steps(GradientDescent(), KAPPA),
            "momentum": fewest_steps(momentum, KAPPA),
            "momentum_across": fewest_steps(momentum, KAPPA, 45.0),
            "along": along.min(),
            "eta_along": RATES[along.argmin()],
            "turned": across[along.argmin()],
            "across": across.min(),
            "eta_across": RATES[across.argmin()],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        same = numbers["momentum"] == numbers["momentum_across"]
        times = [numbers[name] for name in ("momentum", "along", "across", "descent", "turned")]
        return same and times == sorted(times) and len(set(times)) == len(times)
