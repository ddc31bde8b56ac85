"""Sharpness-aware minimization."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.optimizers._weight_decay import penalized, weight_decay
from lossopt.params import Array, IntArray, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class SAM(Optimizer):
    """Descend the worst slope nearby: the gradient is taken at θ + ρg/‖g‖, the step made at θ.

    The step itself is that of momentum (μ = 0: of gradient descent).

    Notes
    -----
    Two gradients per step, both over the same batch; `update` expects the second one. Equal to the
    usual PyTorch code around ``torch.optim.SGD``: the norm is over all params, 1e-12 is added to
    it, and weight decay joins the second gradient only. Near a minimum the perturbation does not
    shrink, so it ends up circling at a distance of about ηLρ.

    References
    ----------
    P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur, "Sharpness-Aware Minimization for Efficiently
    Improving Generalization", 2020.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=1.0)
    >>> theta, rule = np.array([[3.0, 4.0]]), SAM(learning_rate=0.1, radius=0.5)
    >>> slope = bowl.gradient(theta)
    >>> (rule.step(slope, bowl, None, rule.init(theta), theta)[0] / theta).round(6)
    array([[0.89, 0.89]])
    """

    name = "SAM"
    year = 2020
    parents = ("gradient_descent",)
    formula = (
        r"\tilde g = \nabla f\Bigl(\theta + \rho\,\frac{g}{\|g\|}\Bigr),\quad"
        r" v \leftarrow \mu v + \tilde g,\quad \theta \leftarrow \theta - \eta v"
    )
    paper = {"momentum": 0.9}

    learning_rate: Number = learning_rate(0.01)
    radius: Number = param(0.05, "radius ρ", 1e-3, 1.0, log=True, limits=(0.0, 1e308))
    momentum: Number = param(0.0, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params)}

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        norm = np.sqrt((gradient * gradient).sum(axis=-1, keepdims=True)) + 1e-12
        worst = objective.gradient(params + self.radius / norm * gradient, rows)
        return self.update(worst, state, params)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        velocity = self.momentum * state["velocity"] + gradient
        return params - self.learning_rate * velocity, {"velocity": velocity}

    def cost(self, state: State) -> Number:
        return 2.0
