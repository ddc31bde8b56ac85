"""Momentum that keeps its displacement: the same path until the learning rate changes."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.arguments import kind_of
from lossopt.optimizers import Optimizer, State
from lossopt.optimizers._weight_decay import penalized, weight_decay
from lossopt.optimizers.momentum import Momentum
from lossopt.optimizers.nesterov import Nesterov
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class DisplacementMomentum(Optimizer):
    """Heavy ball with its rate inside: Δ ← μΔ + ηg, θ ← θ − Δ; or, ahead, θ ← θ − ηg − μΔ.

    A rate that falls slows only what is new; the old speed goes on, where ``Momentum`` brakes at
    once.

    Notes
    -----
    Equal to momentum in Keras, scikit-learn and others: see ``Library.rule``.

    References
    ----------
    I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum
    in deep learning", 2013.

    Examples
    --------
    >>> rule = DisplacementMomentum(learning_rate=1.0, momentum=0.5)
    >>> theta, state = rule.update(np.array([[1.0]]), rule.init(np.zeros((1, 1))), np.zeros((1, 1)))
    >>> slower = dataclasses.replace(rule, learning_rate=0.1)
    >>> slower.update(np.array([[1.0]]), state, theta)[0]
    array([[-1.6]])
    """

    name = "Momentum (displacement)"
    year = 2013
    formula = r"\Delta \leftarrow \mu \Delta + \eta g,\qquad \theta \leftarrow \theta - \Delta"

    learning_rate: Number = learning_rate(0.01)
    momentum: Number = param(0.9, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    ahead: bool = param(False, "look ahead (Nesterov)", minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"displacement": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        new = self.learning_rate * penalized(gradient, params, self.weight_decay)
        displacement = self.momentum * state["displacement"] + new
        move = new + self.momentum * displacement if self.ahead else displacement
        return params - move, {"displacement": displacement}


def displaced(rule: Optimizer) -> Optimizer:
    """Rule with the same numbers that keeps its displacement.

    Raises
    ------
    ValueError
        If it is no momentum, or weighs its gradients, which no library does that keeps the
        displacement.
    """
    if isinstance(rule, Nesterov):
        return DisplacementMomentum(rule.learning_rate, rule.momentum, True, rule.weight_decay)
    plain = kind_of("rule", rule, Momentum)
    if np.any(plain.dampening) or plain.averaged:
        raise ValueError("A displacement is kept without dampening or exponential average.")
    return DisplacementMomentum(plain.learning_rate, plain.momentum, False, plain.weight_decay)
