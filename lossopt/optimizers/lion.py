"""Lion."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import shrunk, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Lion(Optimizer):
    """The sign of a momentum, found by program search: θ ← θ − η sign(β₁m + (1 − β₁)g).

    Afterwards m ← β₂m + (1 − β₂)g, so the step weighs the new gradient more than the memory does.

    Notes
    -----
    Equal to the authors' code and to the package ``lion_pytorch``. Every parameter moves by exactly
    η, so it never settles closer than about η to a minimum; the paper advises an η 3 to 10 times
    smaller than AdamW's and a λ as much larger. Weight decay is decoupled; optax's λ is 1e-3, and
    Keras starts with η = 0.001.

    References
    ----------
    X. Chen, C. Liang, D. Huang, E. Real et al., "Symbolic Discovery of Optimization Algorithms",
    2023.

    Examples
    --------
    >>> rule = Lion(learning_rate=0.1)
    >>> theta, state = np.array([[1.0, 1.0]]), rule.init(np.array([[1.0, 1.0]]))
    >>> theta, state = rule.update(np.array([[100.0, -0.001]]), state, theta)
    >>> theta, state["velocity"].round(12)
    (array([[0.9, 1.1]]), array([[ 1.e+00, -1.e-05]]))
    """

    name = "Lion"
    year = 2023
    parents = ("adamw", "momentum")
    formula = (
        r"\theta \leftarrow (1-\eta\lambda)\,\theta"
        r" - \eta \operatorname{sign}\bigl(\beta_1 m + (1-\beta_1) g\bigr),\qquad"
        r" m \leftarrow \beta_2 m + (1-\beta_2) g"
    )
    paper = {}

    learning_rate: Number = learning_rate(1e-4)
    beta1: Number = param(0.9, "β₁ (step)", 0.0, 0.999, limits=(0.0, 1.0))
    beta2: Number = param(0.99, "β₂ (memory)", 0.0, 0.9999, limits=(0.0, 1.0))
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        mixed = self.beta1 * state["velocity"] + (1.0 - self.beta1) * gradient
        velocity = self.beta2 * state["velocity"] + (1.0 - self.beta2) * gradient
        params = shrunk(params, self.learning_rate, self.weight_decay)
        return params - self.learning_rate * np.sign(mixed), {"velocity": velocity}

    def anatomy(self, steps: Steps) -> list[Term]:
        old = {"m": steps.before["velocity"], "g": steps.gradient}
        step = {**old, "β₁": self.beta1, "(1−β₁)": 1.0 - self.beta1}
        memory = {**old, "β₂": self.beta2, "(1−β₂)": 1.0 - self.beta2}
        mixed = self.beta1 * steps.before["velocity"] + (1.0 - self.beta1) * steps.gradient
        direction = np.sign(mixed)
        return [
            Term("c", "β₁·m + (1−β₁)·g", step, mixed, "momentum"),
            Term("d", "sign(c)", {"c": mixed}, direction, "scaled"),
            Term("m", "β₂·m + (1−β₂)·g", memory, steps.after["velocity"]),
            stepped(self.learning_rate, direction, steps, self.weight_decay),
        ]
