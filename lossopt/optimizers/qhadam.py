"""QHAdam."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import penalized, penalized_terms
from lossopt.params import Array, Number, param


@final
@dataclasses.dataclass(frozen=True)
class QHAdam(MomentOptimizer):
    """Adam with both averages mixed with the current gradient: g by ν₁, g² by ν₂.

    θ ← θ − η((1 − ν₁)g + ν₁m̂)/(√((1 − ν₂)g² + ν₂v̂) + ε); ν₁ = ν₂ = 1 is Adam.

    Notes
    -----
    Equal to the authors' ``qhoptim.pyt.QHAdam``, with the paper's advice ν₁ = 0.7, ν₂ = 1,
    β₁ = 0.995 as defaults; those of the package are Adam's. Weight decay is coupled.

    References
    ----------
    J. Ma, D. Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", 2018.

    Examples
    --------
    >>> rule = QHAdam(learning_rate=0.1, beta1=0.5, mix1=0.5, beta2=0.0, eps=0.0)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> theta, state = rule.update(np.array([[3.0]]), state, theta)
    >>> theta
    array([[0.9]])
    >>> rule.update(np.array([[-3.0]]), state, theta)[0].round(6)
    array([[0.966667]])
    """

    name = "QHAdam"
    year = 2018
    parents = ("adam", "qhm")
    formula = (
        r"\theta \leftarrow \theta - \eta\,\frac{(1-\nu_1)\, g + \nu_1 \hat m}"
        r"{\sqrt{(1-\nu_2)\, g^2 + \nu_2 \hat v} + \varepsilon},\quad"
        r" \hat m = \frac{m}{1-\beta_1^t},\ \hat v = \frac{v}{1-\beta_2^t}"
    )
    paper = {}

    beta1: Number = param(0.995, "β₁ (first moment)", 0.0, 0.999, limits=(0.0, 0.999999))
    mix1: Number = param(0.7, "share ν₁ of the first moment", 0.0, 1.0)
    mix2: Number = param(1.0, "share ν₂ of the second moment", 0.0, 1.0)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        state = self.averaged(gradient, state)
        first = state["first"] / (1.0 - state["power1"])
        second = state["second"] / (1.0 - state["power2"])
        move = (1.0 - self.mix1) * gradient + self.mix1 * first
        squares = (1.0 - self.mix2) * gradient * gradient + self.mix2 * second
        return params - self.learning_rate * move / (np.sqrt(squares) + self.eps), state

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        first, second = (
            steps.after[moment] / (1.0 - steps.after[power])
            for moment, power in (("first", "power1"), ("second", "power2"))
        )
        hat = "\u0302" if self.bias_correction else ""
        move = (1.0 - self.mix1) * gradient + self.mix1 * first
        squares = (1.0 - self.mix2) * gradient * gradient + self.mix2 * second
        symbols = {"(1−ν₁)": 1.0 - self.mix1, "ν₁": self.mix1, "(1−ν₂)": 1.0 - self.mix2}
        symbols |= {"ν₂": self.mix2, "g": gradient, f"m{hat}": first, f"v{hat}": second}
        expression = f"((1−ν₁)·g + ν₁·m{hat}) / (√((1−ν₂)·g² + ν₂·v{hat}) + ε)"
        direction = move / (np.sqrt(squares) + self.eps)
        return [
            *lines,
            *self.first_terms(gradient, steps),
            *self.second_terms(gradient, steps),
            *self.corrected("v", "(1−β₂ᵗ)", steps.after["second"], steps.after["power2"]),
            Term("d", expression, {**symbols, "ε": self.eps}, direction, "scaled"),
            stepped(self.learning_rate, direction, steps),
        ]
