"""AMSGrad."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

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
class AMSGrad(PlacedEps):
    """Adam that never forgets its largest v: u ← max(u, v), θ ← θ − η m̂/(√û + ε).

    Notes
    -----
    Equal to ``torch.optim.Adam(amsgrad=True)``: the maximum is taken of the raw v and corrected
    afterwards, û = u/(1 − β₂ᵗ); Keras does so with "epsilon hat". optax takes the maximum of the
    corrected v, and the paper corrects neither moment. Weight decay is coupled unless
    `decoupled_weight_decay`, as in ``torch.optim.AdamW(amsgrad=True)`` and Keras.

    References
    ----------
    S. J. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", 2018.

    Examples
    --------
    >>> import numpy as np
    >>> rule = AMSGrad(learning_rate=0.1, beta1=0.0, beta2=0.5, eps=0.0)
    >>> theta = np.array([[0.0]])
    >>> theta, state = rule.update(np.array([[2.0]]), rule.init(theta), theta)
    >>> theta, state = rule.update(np.array([[1.0]]), state, theta)
    >>> state["second"], state["largest"], theta.round(6)
    (array([[1.5]]), array([[2.]]), array([[-0.161237]]))
    """

    name = "AMSGrad"
    year = 2018
    parents = ("adam",)
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,"
        r"\quad u \leftarrow \max(u, v),\quad \theta \leftarrow \theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{u/(1-\beta_2^t)} + \varepsilon}"
    )

    paper = {"bias_correction": False, "eps": 0.0}

    decoupled_weight_decay: bool = decoupled_weight_decay(False)

    def init(self, params: Array) -> State:
        return super().init(params) | {"largest": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        if self.decoupled_weight_decay:
            params = shrunk(params, self.learning_rate, self.weight_decay)
        else:
            gradient = penalized(gradient, params, self.weight_decay)
        averages = self.averaged(gradient, state)
        largest = np.maximum(state["largest"], averages["second"])
        return params - self.adam_step(averages, largest), averages | {"largest": largest}

    def anatomy(self, steps: Steps) -> list[Term]:
        coupled = 0.0 if self.decoupled_weight_decay else self.weight_decay
        gradient, lines = penalized_terms(steps, coupled)
        decay = self.weight_decay if self.decoupled_weight_decay else 0.0
        largest = steps.after["largest"]
        symbols = {"u": steps.before["largest"], "v": steps.after["second"]}
        scaled = self.scaled_terms("u", largest, steps)
        return [
            *lines,
            *self.first_terms(gradient, steps),
            *self.second_terms(gradient, steps),
            Term("u", "max(u, v)", symbols, largest),
            *scaled,
            stepped(self.learning_rate, scaled[-1].result, steps, decay),
        ]
