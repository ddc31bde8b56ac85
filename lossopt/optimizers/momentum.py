"""Momentum (heavy ball)."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import penalised, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Momentum(Optimizer):
    """Heavy ball: v ← μv + g, θ ← θ − ηv; the first velocity is the first gradient.

    Notes
    -----
    Equal to ``torch.optim.SGD(lr=η, momentum=μ)``. Keras keeps the displacement ηv instead of the
    velocity, which is the same path as long as η does not change. This is not the
    exponential-average form (1 − μ)g. On curvature λ it is stable if and only if
    0 < ηλ < 2(1 + μ).

    References
    ----------
    B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> rule = Momentum(learning_rate=0.1, momentum=0.9)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> for _ in range(2):
    ...     theta, state = rule.update(np.array([[1.0]]), state, theta)
    >>> state["velocity"], theta.round(12)
    (array([[1.9]]), array([[0.71]]))
    """

    name = "Momentum"
    year = 1964
    formula = r"v \leftarrow \mu v + g,\qquad \theta \leftarrow \theta - \eta v"

    learning_rate: Number = learning_rate(0.01)
    momentum: Number = param(0.9, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalised(gradient, params, self.weight_decay)
        velocity = self.momentum * state["velocity"] + gradient
        return params - self.learning_rate * velocity, {"velocity": velocity}

    def stability_limit(self) -> Number:
        return 2.0 * (1.0 + self.momentum)
