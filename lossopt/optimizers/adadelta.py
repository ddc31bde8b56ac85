"""Adadelta."""

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
class Adadelta(Optimizer):
    """Steps sized by the steps before: Δ = g √(u + ε)/√(s + ε), θ ← θ − ηΔ.

    s ← ρs + (1 − ρ)g² before the step, u ← ρu + (1 − ρ)Δ² after it; ε is inside both roots.

    Notes
    -----
    Equal to ``torch.optim.Adadelta``. The paper has no learning rate (η = 1) and ρ = 0.95; Keras
    and TensorFlow default to η = 0.001, with which hardly anything moves. The first steps are tiny,
    about √(ε/(1 − ρ)), whatever the gradient.

    References
    ----------
    M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.

    Examples
    --------
    >>> rule = Adadelta()
    >>> theta = np.array([[1.0, 1.0]])
    >>> rule.update(np.array([[5.0, -50.0]]), rule.init(theta), theta)[0].round(6)
    array([[0.996838, 1.003162]])
    """

    name = "Adadelta"
    year = 2012
    parents = ("adagrad",)
    formula = (
        r"s \leftarrow \rho s + (1-\rho) g^2,\quad "
        r"\Delta = \frac{\sqrt{u + \varepsilon}}{\sqrt{s + \varepsilon}}\, g,\quad "
        r"u \leftarrow \rho u + (1-\rho) \Delta^2,\quad \theta \leftarrow \theta - \eta \Delta"
    )

    paper = {"decay": 0.95}

    learning_rate: Number = learning_rate(1.0)
    decay: Number = param(0.9, "decay ρ", 0.0, 0.999, limits=(0.0, 1.0))
    eps: Number = param(1e-6, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"squares": np.zeros_like(params), "moves": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        squares = self.decay * state["squares"] + (1.0 - self.decay) * gradient * gradient
        move = np.sqrt(state["moves"] + self.eps) / np.sqrt(squares + self.eps) * gradient
        moves = self.decay * state["moves"] + (1.0 - self.decay) * move * move
        return params - self.learning_rate * move, {"squares": squares, "moves": moves}

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        squares, sizes = steps.after["squares"], steps.before["moves"]
        move = np.sqrt(sizes + self.eps) / np.sqrt(squares + self.eps) * gradient
        common = {"ρ": self.decay, "(1−ρ)": 1.0 - self.decay, "ε": self.eps, "g": gradient}
        old = {**common, "s": steps.before["squares"], "u": sizes, "d": move}
        return [
            *lines,
            Term("s", "ρ·s + (1−ρ)·g²", old, squares),
            Term("d", "√(u + ε) / √(s + ε)·g", {**old, "s": squares}, move, "scaled"),
            Term("u", "ρ·u + (1−ρ)·d²", old, steps.after["moves"]),
            stepped(self.learning_rate, move, steps),
        ]
