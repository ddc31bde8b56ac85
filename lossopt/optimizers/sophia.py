"""Sophia."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.optimizers._weight_decay import shrunk, weight_decay
from lossopt.params import Array, IntArray, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Sophia(Optimizer):
    """Momentum over a clipped curvature: θ ← θ − η clip(m/max(γh, ε), ±1).

    Every k steps h ← β₂h + (1 − β₂)ĥ, where ĥ = u ⊙ Hu estimates the diagonal of the Hessian from
    one random vector u of signs (Hutchinson).

    Notes
    -----
    Sophia-H of the paper, γ = 0.01; Hu is a central difference of the gradient of the same batch,
    so an estimating step costs three gradients instead of one. The paper draws u from a Gaussian,
    signs have less variance; the authors' code adds ε to γh instead of taking the maximum. The clip
    bounds a step by η per parameter, and where h is small or negative the step is η·sign(m). η and
    λ are for language models in the paper (λ = 0.2); here λ = 0. `probe_seed` makes u the same in
    every run.

    References
    ----------
    H. Liu, Z. Li, D. Hall, P. Liang, T. Ma, "Sophia: A Scalable Stochastic Second-order Optimizer
    for Language Model Pre-training", 2023.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=4.0, rotation=0.0)
    >>> rule = Sophia(learning_rate=0.1, beta1=0.0, beta2=0.0, gamma=1.0)
    >>> theta = np.array([[0.5, 5.0]])
    >>> _, state = rule.step(bowl.gradient(theta), bowl, None, rule.init(theta), theta)
    >>> np.allclose(state["curvature"], np.diag(bowl.hessian(theta[0])), rtol=1e-9)
    True
    """

    name = "Sophia"
    year = 2023
    parents = ("adam", "newton")
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad"
        r" h \leftarrow \beta_2 h + (1-\beta_2)\, u \odot Hu \ \text{ every } k,\quad"
        r" \theta \leftarrow (1-\eta\lambda)\,\theta"
        r" - \eta \operatorname{clip}\Bigl(\frac{m}{\max(\gamma h, \varepsilon)}, 1\Bigr)"
    )
    paper = {"weight_decay": 0.2}

    learning_rate: Number = learning_rate(1e-4)
    beta1: Number = param(0.96, "β₁ (gradient)", 0.0, 0.999, limits=(0.0, 1.0))
    beta2: Number = param(0.99, "β₂ (curvature)", 0.0, 0.9999, limits=(0.0, 1.0))
    gamma: Number = param(0.01, "γ (share clipped)", 1e-4, 10.0, log=True, limits=(0.0, 1e308))
    eps: Number = param(1e-12, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    interval: int = param(10, "steps between curvatures", 1, 100, log=True)
    probe_seed: int = param(0, "probe seed", 0, 9999, minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"step": 0, "first": np.zeros_like(params), "curvature": np.zeros_like(params)}

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        if state["step"] % self.interval == 0:
            rng = np.random.default_rng([self.probe_seed, state["step"]])
            probe = rng.choice([-1.0, 1.0], size=params.shape[-1])
            reach = 6e-6 * np.maximum(1.0, np.abs(params).max(axis=-1, keepdims=True))
            above, below = params + reach * probe, params - reach * probe
            bend = objective.gradient(above, rows) - objective.gradient(below, rows)
            estimate = probe * bend / (2.0 * reach)
            curvature = self.beta2 * state["curvature"] + (1.0 - self.beta2) * estimate
            state = state | {"curvature": curvature}
        return self.update(gradient, state, params)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        first = self.beta1 * state["first"] + (1.0 - self.beta1) * gradient
        move = first / np.maximum(self.gamma * state["curvature"], self.eps)
        params = shrunk(params, self.learning_rate, self.weight_decay)
        params = params - self.learning_rate * np.clip(move, -1.0, 1.0)
        return params, state | {"step": state["step"] + 1, "first": first}

    def cost(self, state: State) -> Number:
        return 3.0 if (state["step"] - 1) % self.interval == 0 else 1.0

    def anatomy(self, steps: Steps) -> list[Term]:
        first, curvature = steps.after["first"], steps.after["curvature"]
        average = {"β₁": self.beta1, "(1−β₁)": 1.0 - self.beta1, "g": steps.gradient}
        symbols = {"m": first, "γ": self.gamma, "h": curvature, "ε": self.eps}
        move = np.clip(first / np.maximum(self.gamma * curvature, self.eps), -1.0, 1.0)
        old = {**average, "m": steps.before["first"]}
        return [
            Term("m", "β₁·m + (1−β₁)·g", old, first, "momentum"),
            Term("d", "clip(m / max(γ·h, ε))", symbols, move, "scaled"),
            stepped(self.learning_rate, move, steps, self.weight_decay),
        ]
