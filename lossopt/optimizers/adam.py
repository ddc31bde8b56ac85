"""Adam."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import PlacedEps
from lossopt.optimizers._weight_decay import (
    decoupled_weight_decay,
    penalized,
    penalized_terms,
    shrunk,
)
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class Adam(PlacedEps):
    """Bias-corrected first and second moments: θ ← θ − η m̂/(√v̂ + ε).

    m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), t from 1.

    Notes
    -----
    Equal to ``torch.optim.Adam``. The first step is η·sign(g). Keras (ε = 1e-7) and the paper's
    closing remark use "epsilon hat", which adds ε before the correction of v (`eps_place`
    "uncorrected"); optax's eps_root stands "inside" the root. Weight decay is coupled (λθ joins the
    gradient) unless `decoupled_weight_decay`, as in Keras. Without bias correction the early steps
    are too large: on a constant gradient by the factor (1 − β₁ᵗ)/√(1 − β₂ᵗ).

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2014.

    Examples
    --------
    >>> import numpy as np
    >>> rule = Adam(learning_rate=0.1)
    >>> theta = np.array([[1.0, 1.0]])
    >>> rule.update(np.array([[1e-3, -50.0]]), rule.init(theta), theta)[0].round(5)
    array([[0.9, 1.1]])
    """

    name = "Adam"
    year = 2014
    parents = ("rmsprop", "momentum")
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,"
        r"\quad \theta \leftarrow \theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \varepsilon}"
    )

    paper = {}

    decoupled_weight_decay: bool = decoupled_weight_decay(False)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        if self.decoupled_weight_decay:
            params = shrunk(params, self.learning_rate, self.weight_decay)
        else:
            gradient = penalized(gradient, params, self.weight_decay)
        state = self.averaged(gradient, state)
        return params - self.adam_step(state, state["second"]), state

    def anatomy(self, steps: Steps) -> list[Term]:
        coupled = 0.0 if self.decoupled_weight_decay else self.weight_decay
        gradient, lines = penalized_terms(steps, coupled)
        decay = self.weight_decay if self.decoupled_weight_decay else 0.0
        scaled = self.scaled_terms("v", steps.after["second"], steps)
        return [
            *lines,
            *self.first_terms(gradient, steps),
            *self.second_terms(gradient, steps),
            *scaled,
            stepped(self.learning_rate, scaled[-1].result, steps, decay),
        ]
