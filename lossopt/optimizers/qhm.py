"""Quasi-hyperbolic momentum."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class QHM(Optimizer):
    """A mix of SGD and momentum: v ← βv + (1 − β)g, θ ← θ − η((1 − ν)g + νv).

    ν = 0 is gradient descent, ν = 1 momentum as an exponential average, ν = β Nesterov's.

    Notes
    -----
    Equal to the authors' ``qhoptim.pyt.QHM``, with the paper's advice ν = 0.7, β = 0.999 as
    defaults. v is an average, so η is that of plain gradient descent and not 1 − β of it. Weight
    decay is coupled.

    References
    ----------
    J. Ma, D. Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", 2018.

    Examples
    --------
    >>> rule = QHM(learning_rate=0.1, beta=0.9, mix=0.5)
    >>> theta = np.array([[1.0]])
    >>> rule.update(np.array([[2.0]]), rule.init(theta), theta)[0].round(12)
    array([[0.89]])
    """

    name = "QHM"
    year = 2018
    parents = ("momentum",)
    formula = (
        r"v \leftarrow \beta v + (1-\beta) g,\qquad"
        r" \theta \leftarrow \theta - \eta\,\bigl((1-\nu)\, g + \nu v\bigr)"
    )
    paper = {}

    learning_rate: Number = learning_rate(0.01)
    beta: Number = param(0.999, "β", 0.0, 0.9999, limits=(0.0, 1.0))
    mix: Number = param(0.7, "share ν of the average", 0.0, 1.0)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        velocity = self.beta * state["velocity"] + (1.0 - self.beta) * gradient
        move = (1.0 - self.mix) * gradient + self.mix * velocity
        return params - self.learning_rate * move, {"velocity": velocity}

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        new = steps.after["velocity"]
        average = {"β": self.beta, "v": steps.before["velocity"], "(1−β)": 1.0 - self.beta}
        mix = {"(1−ν)": 1.0 - self.mix, "g": gradient, "ν": self.mix, "v": new}
        move = (1.0 - self.mix) * gradient + self.mix * new
        return [
            *lines,
            Term("v", "β·v + (1−β)·g", {**average, "g": gradient}, new, "momentum"),
            Term("d", "(1−ν)·g + ν·v", mix, move, "ahead"),
            stepped(self.learning_rate, move, steps),
        ]
