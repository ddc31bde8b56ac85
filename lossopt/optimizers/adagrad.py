"""Adagrad."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._eps import eps_place, rooted, rooted_text
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Adagrad(Optimizer):
    """A learning rate for each parameter, shrinking with its past gradients: s ← s + g².

    θ ← θ − ηₜ g/(√s + ε), with ηₜ = η/(1 + (t − 1)·decay).

    Notes
    -----
    Equal to ``torch.optim.Adagrad``. Keras and optax start with s = 0.1 and put ε (1e-7) inside the
    root (`eps_place`). On a constant gradient step t has length η/√t. The paper's ε is δ and there
    is no decay of the learning rate.

    References
    ----------
    J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", 2011.

    Examples
    --------
    >>> rule = Adagrad(learning_rate=0.1)
    >>> theta, state = np.array([[1.0, 1.0]]), rule.init(np.array([[1.0, 1.0]]))
    >>> theta, state = rule.update(np.array([[3.0, -0.01]]), state, theta)
    >>> theta.round(6), state["squares"]
    (array([[0.9, 1.1]]), array([[9.e+00, 1.e-04]]))
    >>> rule.update(np.array([[4.0, 0.0]]), state, theta)[0].round(6)
    array([[0.82, 1.1 ]])
    """

    name = "Adagrad"
    year = 2011
    parents = ("gradient_descent",)
    formula = (
        r"s \leftarrow s + g^2,\qquad "
        r"\theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{s} + \varepsilon}"
    )

    learning_rate: Number = learning_rate(0.01)
    eps: Number = param(1e-10, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    eps_place: str = eps_place()
    initial_accumulator: Number = param(
        0.0, "starting s", 0.0, 1.0, limits=(0.0, 1e308), minor=True
    )
    learning_rate_decay: Number = param(
        0.0, "learning rate decay", 0.0, 1.0, limits=(0.0, 1e308), minor=True
    )
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"step": 0, "squares": np.zeros_like(params) + self.initial_accumulator}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        squares = state["squares"] + gradient * gradient
        rate = self.learning_rate / (1.0 + state["step"] * self.learning_rate_decay)
        params = params - rate * gradient / rooted(squares, self.eps, self.eps_place)
        return params, {"step": state["step"] + 1, "squares": squares}

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        squares = steps.after["squares"]
        rate = self.learning_rate / (1.0 + steps.before["step"] * self.learning_rate_decay)
        scaled = gradient / rooted(squares, self.eps, self.eps_place)
        symbols = {"g": gradient, "s": squares, "ε": self.eps}
        return [
            *lines,
            Term("s", "s + g²", {**symbols, "s": steps.before["squares"]}, squares),
            Term("d", f"g / {rooted_text('s', self.eps_place)}", symbols, scaled, "scaled"),
            stepped(rate, scaled, steps),
        ]
