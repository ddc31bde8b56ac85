"""Adamax."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import penalized, penalized_terms
from lossopt.params import Array, Number, learning_rate


@final
@dataclasses.dataclass(frozen=True)
class Adamax(MomentOptimizer):
    """Adam with the largest recent gradient as its scale: u ← max(β₂u, |g| + ε).

    θ ← θ − η m̂/u; u never shrinks faster than β₂ per step and needs no bias correction.

    Notes
    -----
    Equal to ``torch.optim.Adamax``, with ε inside the maximum. The paper has no ε; Keras adds its
    1e-7 to u instead, and its η is 0.001.

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2014, section 7.1.

    Examples
    --------
    >>> rule = Adamax(learning_rate=0.1, beta1=0.0, beta2=0.5, eps=0.0)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> theta, state = rule.update(np.array([[8.0]]), state, theta)
    >>> theta
    array([[0.9]])
    >>> rule.update(np.array([[1.0]]), state, theta)[0].round(12)
    array([[0.875]])
    """

    name = "Adamax"
    year = 2014
    parents = ("adam",)
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad"
        r" u \leftarrow \max(\beta_2 u,\ |g| + \varepsilon),\quad"
        r" \theta \leftarrow \theta - \frac{\eta}{1-\beta_1^t}\,\frac{m}{u}"
    )
    paper = {"eps": 0.0}

    learning_rate: Number = learning_rate(0.002)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        largest = np.maximum(self.beta2 * state["second"], np.abs(gradient) + self.eps)
        state = self.averaged(gradient, state) | {"second": largest}
        rate = self.learning_rate / (1.0 - state["power1"])
        return params - rate * state["first"] / largest, state

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        largest, first = steps.after["second"], self.first_terms(gradient, steps)
        size = {"β₂": self.beta2, "u": steps.before["second"], "|g|": np.abs(gradient)}
        direction = first[-1].result / largest
        return [
            *lines,
            *first,
            Term("u", "max(β₂·u, |g| + ε)", {**size, "ε": self.eps}, largest),
            Term(
                "d",
                f"{first[-1].name} / u",
                {first[-1].name: first[-1].result, "u": largest},
                direction,
                "scaled",
            ),
            stepped(self.learning_rate, direction, steps),
        ]
