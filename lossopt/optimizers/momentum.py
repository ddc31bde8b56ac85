"""Momentum (heavy ball)."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._displacement import displacement
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Momentum(Optimizer):
    """Heavy ball: v ← μv + g, θ ← θ − ηv; the first velocity is the first gradient.

    Dampening τ weighs later gradients by 1 − τ; without momentum (μ = 0) it does nothing.
    `averaged` weighs all of them by 1 − μ. With `displacement` the rate stands inside: v ← μv + ηg,
    θ ← θ − v, the same path until η changes. Then it slows only what is new, and the old speed
    goes on.

    Notes
    -----
    Equal to ``torch.optim.SGD(lr=η, momentum=μ, dampening=τ)``. Keras and others keep the
    displacement. The exponential
    average v ← μv + (1 − μ)g is another convention under the same name: its η is 1 − μ times as
    effective. On curvature λ the heavy ball is stable if and only if 0 < ηλ < 2(1 + μ), and the
    weights divide that limit.

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
    parents = ("gradient_descent",)
    formula = r"v \leftarrow \mu v + g,\qquad \theta \leftarrow \theta - \eta v"

    learning_rate: Number = learning_rate(0.01)
    momentum: Number = param(0.9, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    dampening: Number = param(0.0, "dampening τ", 0.0, 0.999, limits=(0.0, 0.999999), minor=True)
    averaged: bool = param(False, "exponential average", minor=True)
    displacement: bool = displacement()
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params), "weight": self._weight()}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        push = self.learning_rate * gradient if self.displacement else gradient
        velocity = self.momentum * state["velocity"] + state["weight"] * push
        state = {"velocity": velocity, "weight": self._damped() * self._weight()}
        return params - (velocity if self.displacement else self.learning_rate * velocity), state

    def _damped(self) -> Number:
        """Weight of the gradients after the first; without momentum there is nothing to dampen."""
        return 1.0 - self.dampening * (self.momentum != 0.0)

    def _weight(self) -> Number:
        return 1.0 - self.momentum if self.averaged else 1.0

    def stability_limit(self) -> Number | None:
        weight = self._damped() * self._weight()
        return 2.0 * (1.0 + self.momentum) / weight if np.all(weight > 0.0) else None

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        old, new, weight = steps.before["velocity"], steps.after["velocity"], steps.before["weight"]
        inside, rate = self.displacement, self.learning_rate
        push = "η·g" if inside else "g"
        if (self.averaged or self.dampening) and self.momentum:
            push = "w·(η·g)" if inside else "w·g"
        symbols = {"μ": self.momentum, "v": old, "g": gradient, "w": weight, "η": rate}
        velocity = Term("v", f"μ·v + {push}", symbols, new, "momentum")
        symbols = {"θ": steps.params, "η": rate, "v": new}
        return [*lines, velocity, Term("θ", "θ − v" if inside else "θ − η·v", symbols, steps.moved)]
