"""AdamW."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import PlacedEps
from lossopt.optimizers._weight_decay import shrunk, weight_decay
from lossopt.params import Array, Number


@final
@dataclasses.dataclass(frozen=True)
class AdamW(PlacedEps):
    """Adam with decoupled weight decay: θ ← (1 − ηλ)θ − η m̂/(√v̂ + ε).

    The decay acts on the params and never enters the moments, so it is the same for all of them.

    Notes
    -----
    Equal to ``torch.optim.AdamW``, with its λ = 0.01; optax uses 1e-4, Keras 0.004. The paper
    multiplies λ by a schedule of its own instead of by η.

    References
    ----------
    I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2017.

    Examples
    --------
    >>> import numpy as np
    >>> rule = AdamW(learning_rate=0.1, weight_decay=0.5)
    >>> theta = np.array([[2.0, 2.0]])
    >>> rule.update(np.array([[3.0, -3.0]]), rule.init(theta), theta)[0].round(6)
    array([[1.8, 2. ]])
    """

    name = "AdamW"
    year = 2017
    parents = ("adam",)
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,"
        r"\quad \theta \leftarrow (1-\eta\lambda)\,\theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \varepsilon}"
    )

    weight_decay: Number = weight_decay(0.01)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        state = self.averaged(gradient, state)
        params = shrunk(params, self.learning_rate, self.weight_decay)
        return params - self.adam_step(state, state["second"]), state

    def anatomy(self, steps: Steps) -> list[Term]:
        scaled = self.scaled_terms("v", steps.after["second"], steps)
        return [
            *self.first_terms(steps.gradient, steps),
            *self.second_terms(steps.gradient, steps),
            *scaled,
            stepped(self.learning_rate, scaled[-1].result, steps, self.weight_decay),
        ]
