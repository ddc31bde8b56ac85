"""Rprop."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Rprop(Optimizer):
    """Only the sign counts: each parameter's step Δ grows while the sign of g stays, else shrinks.

    Where the sign changed there is no step, and the next gradient there counts as the first.

    Notes
    -----
    Equal to ``torch.optim.Rprop``: η is the first step size, and sizes are kept between the limits
    even at η = 0. The step that jumped over the minimum is not taken back, so this is iRprop− of
    Igel & Hüsken (2000) but for the skipped step, and not the paper's "weight-backtracking". Made
    for full batches: with mini-batches the sign is mostly noise.

    References
    ----------
    M. Riedmiller, H. Braun, "A Direct Adaptive Method for Faster Backpropagation Learning: The
    RPROP Algorithm", 1993.

    Examples
    --------
    >>> rule = Rprop(learning_rate=0.1)
    >>> theta, state = np.array([[1.0, 1.0]]), rule.init(np.array([[1.0, 1.0]]))
    >>> theta, state = rule.update(np.array([[3.0, -0.01]]), state, theta)
    >>> theta
    array([[0.9, 1.1]])
    >>> rule.update(np.array([[1.0, 0.01]]), state, theta)[0].round(12)
    array([[0.78, 1.1 ]])
    """

    name = "Rprop"
    year = 1993
    parents = ("gradient_descent",)
    formula = (
        r"\Delta \leftarrow \Delta \cdot \begin{cases} \eta^+ & g\, g_{\text{prev}} > 0 \\"
        r" \eta^- & g\, g_{\text{prev}} < 0 \end{cases},\qquad"
        r" \theta \leftarrow \theta - \Delta \operatorname{sign} g"
    )
    paper = {"learning_rate": 0.1}

    learning_rate: Number = learning_rate(0.01)
    shrink: Number = param(0.5, "shrink factor η⁻", 0.05, 0.95, limits=(0.0, 1.0))
    grow: Number = param(1.2, "growth factor η⁺", 1.0, 2.0, limits=(1.0, 1e308))
    smallest_step: Number = param(
        1e-6, "smallest step", 1e-9, 1.0, log=True, limits=(0.0, 1e308), minor=True
    )
    largest_step: Number = param(
        50.0, "largest step", 1e-3, 100.0, log=True, limits=(0.0, 1e308), minor=True
    )

    def init(self, params: Array) -> State:
        zeros = np.zeros_like(params)
        return {"sizes": zeros + self.learning_rate, "gradient": zeros}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        agreement = gradient * state["gradient"]
        factor = np.where(agreement > 0.0, self.grow, np.where(agreement < 0.0, self.shrink, 1.0))
        sizes = np.maximum(state["sizes"] * factor, self.smallest_step)
        sizes = np.minimum(sizes, self.largest_step)
        gradient = np.where(agreement < 0.0, 0.0, gradient)
        return params - np.sign(gradient) * sizes, {"sizes": sizes, "gradient": gradient}

    def anatomy(self, steps: Steps) -> list[Term]:
        agreement = steps.gradient * steps.before["gradient"]
        factor = np.where(agreement > 0.0, self.grow, np.where(agreement < 0.0, self.shrink, 1.0))
        symbols: dict[str, Number] = {"f": factor, "Δ": steps.before["sizes"]}
        symbols |= {"Δ₋": self.smallest_step, "Δ₊": self.largest_step}
        sizes = steps.after["sizes"]
        step = {"θ": steps.params, "g": steps.after["gradient"], "Δ": sizes}
        return [
            Term("Δ", "min(max(f·Δ, Δ₋), Δ₊)", symbols, sizes),
            Term("θ", "θ − sign(g)·Δ", step, steps.moved),
        ]
