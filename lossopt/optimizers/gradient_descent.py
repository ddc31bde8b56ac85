"""Gradient descent."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate


@final
@dataclasses.dataclass(frozen=True)
class GradientDescent(Optimizer):
    """Step against the gradient: θ ← θ − ηg.

    With all samples per step this is batch gradient descent, with one it is SGD, with b of them
    mini-batch gradient descent: the batch size is not part of the rule.

    Notes
    -----
    Equal to ``torch.optim.SGD(lr=η)``. On a quadratic with largest curvature L it diverges if and
    only if η > 2/L.

    References
    ----------
    A.-L. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", 1847.

    Examples
    --------
    >>> import numpy as np
    >>> rule = GradientDescent(learning_rate=0.1)
    >>> theta = np.array([[1.0, -2.0]])
    >>> rule.update(np.array([[10.0, 0.0]]), rule.init(theta), theta)[0]
    array([[ 0., -2.]])
    """

    name = "Gradient descent"
    year = 1847
    formula = r"\theta \leftarrow \theta - \eta g"

    learning_rate: Number = learning_rate(0.01)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        return params - self.learning_rate * gradient, state

    def stability_limit(self) -> Number:
        return 2.0

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        symbols = {"θ": steps.params, "η": self.learning_rate, "g": gradient}
        return [*lines, Term("θ", "θ − η·g", symbols, steps.moved)]
