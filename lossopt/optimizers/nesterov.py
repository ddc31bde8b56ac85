"""Nesterov momentum."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._displacement import displacement
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Nesterov(Optimizer):
    """Momentum that looks ahead: v ← μv + g, θ ← θ − η(g + μv).

    With `displacement` the rate stands inside: v ← μv + ηg, θ ← θ − ηg − μv, the same path until η
    changes. Then it slows only what is new, and the old speed goes on.

    Notes
    -----
    Equal to ``torch.optim.SGD(lr=η, momentum=μ, nesterov=True)``. This is Sutskever's form with
    constant μ, and θ is the point where the gradient is taken; Nesterov's own method lets μ grow
    with t. Keras and others keep the displacement. On curvature λ it is stable if and only if
    0 < ηλ < (2 + 2μ)/(1 + 2μ), less than without the look-ahead.

    References
    ----------
    Y. Nesterov, "A method for solving the convex programming problem with convergence rate
    O(1/k²)", 1983.
    I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum
    in deep learning", 2013.

    Examples
    --------
    >>> rule = Nesterov(learning_rate=0.1, momentum=0.9)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> theta, state = rule.update(np.array([[1.0]]), state, theta)
    >>> theta.round(12)
    array([[0.81]])
    >>> rule.update(np.array([[1.0]]), state, theta)[0].round(12)
    array([[0.539]])
    """

    name = "Nesterov"
    year = 1983
    parents = ("momentum",)
    formula = r"v \leftarrow \mu v + g,\qquad \theta \leftarrow \theta - \eta\,(g + \mu v)"

    learning_rate: Number = learning_rate(0.01)
    momentum: Number = param(0.9, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    displacement: bool = displacement()
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        push = self.learning_rate * gradient if self.displacement else gradient
        velocity = self.momentum * state["velocity"] + push
        ahead = push + self.momentum * velocity
        params = params - (ahead if self.displacement else self.learning_rate * ahead)
        return params, {"velocity": velocity}

    def stability_limit(self) -> Number:
        return (2.0 + 2.0 * self.momentum) / (1.0 + 2.0 * self.momentum)

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        new, rate = steps.after["velocity"], self.learning_rate
        inside = self.displacement
        push, written = (rate * gradient, "η·g") if inside else (gradient, "g")
        symbols = {"μ": self.momentum, "v": steps.before["velocity"], "g": gradient, "η": rate}
        ahead = push + self.momentum * new
        moved = Term("θ", "θ − d", {"θ": steps.params, "d": ahead}, steps.moved)
        return [
            *lines,
            Term("v", f"μ·v + {written}", symbols, new, "momentum"),
            Term("d", f"{written} + μ·v", {**symbols, "v": new}, ahead, "ahead"),
            moved if inside else stepped(rate, ahead, steps),
        ]
