"""Averaged SGD."""

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
class ASGD(Optimizer):
    """SGD with a shrinking rate, and the average of its iterates as the answer.

    θ ← (1 − ληₜ)θ − ηₜg with ηₜ = η/(1 + λη(t − 1))^α; the average starts at step t₀.

    Notes
    -----
    Equal to ``torch.optim.ASGD``, whose ``ax`` is the average, lambd λ and alpha α. The plotted
    point is the average. With PyTorch's t₀ = 10⁶ it is the last iterate in any shorter run; set t₀
    to 0 to see Polyak and Ruppert's average. λ both shrinks the params and slows the rate.

    References
    ----------
    B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.

    Examples
    --------
    >>> rule = ASGD(learning_rate=0.5, rate_decay=0.0, averaging_start=0)
    >>> theta, state = np.array([[0.0]]), rule.init(np.array([[0.0]]))
    >>> for _ in range(3):
    ...     theta, state = rule.update(np.array([[-2.0]]), state, theta)
    >>> theta, rule.evaluated(theta, state)
    (array([[3.]]), array([[2.5]]))
    """

    name = "ASGD"
    year = 1992
    parents = ("gradient_descent",)
    formula = (
        r"\eta_t = \frac{\eta}{(1 + \lambda\eta\,(t-1))^{\alpha}},\quad"
        r" \theta \leftarrow (1 - \lambda\eta_t)\,\theta - \eta_t\, g,\quad"
        r" \bar\theta \leftarrow \bar\theta + \frac{\theta - \bar\theta}{\max(1,\, t - 1 - t_0)}"
    )

    learning_rate: Number = learning_rate(0.01)
    rate_decay: Number = param(1e-4, "rate decay λ", 1e-6, 1.0, log=True, limits=(0.0, 1e308))
    rate_power: Number = param(0.75, "power α of the rate", 0.0, 1.0, minor=True)
    averaging_start: int = param(
        1_000_000,
        "averaging starts at t₀",
        1,
        1_000_000,
        log=True,
        limits=(0, 1_000_000_000),
        minor=True,
    )
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"step": 0, "average": params}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        step = state["step"]
        gradient = penalized(gradient, params, self.weight_decay)
        slowed = 1.0 + self.rate_decay * self.learning_rate * step
        rate = self.learning_rate / np.power(slowed, self.rate_power)
        params = (1.0 - self.rate_decay * rate) * params - rate * gradient
        share = 1.0 / np.maximum(1.0, step - self.averaging_start)
        average = state["average"] + share * (params - state["average"])
        average = np.where(share < 1.0, average, params)
        return params, {"step": step + 1, "average": average}

    def evaluated(self, params: Array, state: State) -> Array:
        return state["average"]

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        slowed = 1.0 + self.rate_decay * self.learning_rate * steps.before["step"]
        rate = self.learning_rate / np.power(slowed, self.rate_power)
        symbols = {"λ": self.rate_decay, "ηₜ": rate, "θ": steps.params, "g": gradient}
        share = 1.0 / np.maximum(1.0, steps.before["step"] - self.averaging_start)
        average = {"x": steps.before["average"], "w": share, "θ": steps.moved}
        return [
            *lines,
            Term("x", "x + w·(θ − x)", average, steps.after["average"]),
            Term("θ", "(1 − λ·ηₜ)·θ − ηₜ·g", symbols, steps.moved),
        ]
