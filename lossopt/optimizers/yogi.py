"""Yogi."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import penalized, penalized_terms
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Yogi(MomentOptimizer):
    """Adam whose v moves by at most (1 − β₂)g²: v ← v − (1 − β₂) sign(v − g²) g².

    After large gradients Adam forgets at the rate of v, Yogi only at the rate of the new g².

    Notes
    -----
    Bias-corrected and with v starting at 1e-6, like optax and the package ``torch_optimizer``,
    which start m at 1e-6 as well. The paper corrects no bias and starts v from a large batch. All
    use ε = 1e-3.

    References
    ----------
    M. Zaheer, S. J. Reddi, D. Sachan, S. Kale, S. Kumar, "Adaptive Methods for Nonconvex
    Optimization", 2018.

    Examples
    --------
    >>> rule = Yogi(learning_rate=0.1, beta1=0.0, beta2=0.5, eps=0.0, initial_accumulator=0.0)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> theta, state = rule.update(np.array([[8.0]]), state, theta)
    >>> rule.update(np.array([[2.0]]), state, theta)[1]["second"]
    array([[30.]])
    """

    name = "Yogi"
    year = 2018
    parents = ("adam",)
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad"
        r" v \leftarrow v - (1-\beta_2)\operatorname{sign}(v - g^2)\, g^2,\quad"
        r" \theta \leftarrow \theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \varepsilon}"
    )
    paper = {"bias_correction": False}

    learning_rate: Number = learning_rate(0.01)
    eps: Number = param(1e-3, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    initial_accumulator: Number = param(
        1e-6, "starting s", 0.0, 1.0, limits=(0.0, 1e308), minor=True
    )

    def init(self, params: Array) -> State:
        return super().init(params) | {"second": np.zeros_like(params) + self.initial_accumulator}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        squares, second = gradient * gradient, state["second"]
        second = second - (1.0 - self.beta2) * np.sign(second - squares) * squares
        state = self.averaged(gradient, state) | {"second": second}
        return params - self.adam_step(state, second), state

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        symbols = {"v": steps.before["second"], "(1−β₂)": 1.0 - self.beta2, "g": gradient}
        second = steps.after["second"]
        scaled = self.scaled_terms("v", second, steps)
        return [
            *lines,
            *self.first_terms(gradient, steps),
            Term("v", "v − (1−β₂)·sign(v − g²)·g²", symbols, second),
            *scaled,
            stepped(self.learning_rate, scaled[-1].result, steps),
        ]
