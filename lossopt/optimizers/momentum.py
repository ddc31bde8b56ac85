"""Momentum (heavy ball)."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Momentum(Optimizer):
    """Heavy ball: v ← μv + g, θ ← θ − ηv; the first velocity is the first gradient.

    Dampening τ weighs later gradients by 1 − τ; without momentum (μ = 0) it does nothing.
    `averaged` weighs all of them by 1 − μ.

    Notes
    -----
    Equal to ``torch.optim.SGD(lr=η, momentum=μ, dampening=τ)``. Keras keeps the displacement ηv
    instead of the velocity, which is the same path as long as η does not change. The exponential
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

    presets = {"pytorch": {"learning_rate": 0.001}, "keras": {}, "optax": {}}

    learning_rate: Number = learning_rate(0.01)
    momentum: Number = param(0.9, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    dampening: Number = param(0.0, "dampening τ", 0.0, 0.999, limits=(0.0, 0.999999), minor=True)
    averaged: bool = param(False, "exponential average", minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params), "weight": self._weight()}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        velocity = self.momentum * state["velocity"] + state["weight"] * gradient
        weight = self._damped() * self._weight()
        return params - self.learning_rate * velocity, {"velocity": velocity, "weight": weight}

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
        symbols = {"μ": self.momentum, "v": old, "g": gradient}
        velocity = Term("v", "μ·v + g", symbols, new, "momentum")
        if (weight != 1.0).any():
            velocity = Term("v", "μ·v + w·g", {**symbols, "w": weight}, new, "momentum")
        symbols = {"θ": steps.params, "η": self.learning_rate, "v": new}
        return [*lines, velocity, Term("θ", "θ − η·v", symbols, steps.moved)]
