"""Adan."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Adan(Optimizer):
    """Adaptive Nesterov momentum: averages of g, of its change d = g − g′, and of (g + β₂d)².

    θ ← (θ − η(m̂ + β₂d̂)/(√n̂ + ε))/(1 + ηλ), all three averages bias-corrected.

    Notes
    -----
    Equal to the authors' code, whose β are written as here: the paper's are 1 − β. The first change
    is 0. Weight decay is decoupled and proximal, a division instead of AdamW's factor 1 − ηλ.

    References
    ----------
    X. Xie, P. Zhou, H. Li, Z. Lin, S. Yan, "Adan: Adaptive Nesterov Momentum Algorithm for Faster
    Optimizing Deep Models", 2022.

    Examples
    --------
    >>> rule = Adan(learning_rate=0.1, beta1=0.0, beta2=0.5, beta3=0.0, eps=0.0)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> theta, state = rule.update(np.array([[4.0]]), state, theta)
    >>> theta
    array([[0.9]])
    >>> rule.update(np.array([[1.0]]), state, theta)[0].round(12)
    array([[0.9]])
    """

    name = "Adan"
    year = 2022
    parents = ("adam", "nesterov")
    formula = (
        r"d = g - g_{\text{prev}},\quad m \leftarrow \beta_1 m + (1-\beta_1) g,\quad"
        r" \delta \leftarrow \beta_2 \delta + (1-\beta_2) d,\quad"
        r" n \leftarrow \beta_3 n + (1-\beta_3)(g + \beta_2 d)^2,\quad"
        r" \theta \leftarrow \frac{1}{1+\eta\lambda}\Bigl(\theta - \eta\,"
        r"\frac{\hat m + \beta_2 \hat\delta}{\sqrt{\hat n} + \varepsilon}\Bigr)"
    )
    paper = {}

    learning_rate: Number = learning_rate(0.001)
    beta1: Number = param(0.98, "β₁ (gradient)", 0.0, 0.999, limits=(0.0, 0.999999))
    beta2: Number = param(0.92, "β₂ (change)", 0.0, 0.9999, limits=(0.0, 0.999999))
    beta3: Number = param(0.99, "β₃ (squares)", 0.0, 0.9999, limits=(0.0, 0.999999))
    eps: Number = param(1e-8, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        zeros = dict.fromkeys(("first", "change", "second"), np.zeros_like(params))
        return zeros | {"gradient": None, "power1": 1.0, "power2": 1.0, "power3": 1.0}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        before = gradient if state["gradient"] is None else state["gradient"]
        change = gradient - before
        ahead = gradient + self.beta2 * change
        power1, power2 = self.beta1 * state["power1"], self.beta2 * state["power2"]
        power3 = self.beta3 * state["power3"]
        first = self.beta1 * state["first"] + (1.0 - self.beta1) * gradient
        changes = self.beta2 * state["change"] + (1.0 - self.beta2) * change
        second = self.beta3 * state["second"] + (1.0 - self.beta3) * ahead * ahead
        move = first / (1.0 - power1) + self.beta2 * changes / (1.0 - power2)
        scale = np.sqrt(second / (1.0 - power3)) + self.eps
        params = params - self.learning_rate * move / scale
        return params / (1.0 + self.learning_rate * self.weight_decay), {
            "first": first,
            "change": changes,
            "second": second,
            "gradient": gradient,
            "power1": power1,
            "power2": power2,
            "power3": power3,
        }

    def anatomy(self, steps: Steps) -> list[Term]:
        old, new, g = steps.before, steps.after, steps.gradient
        last = np.where(np.isnan(old["gradient"]), g, old["gradient"])
        change = g - last
        betas = {"β₁": self.beta1, "β₂": self.beta2, "β₃": self.beta3}
        rests = {f"(1−{name})": 1.0 - value for name, value in betas.items()}
        first, changes, second = (
            new[moment] / (1.0 - new[power])
            for moment, power in (("first", "power1"), ("change", "power2"), ("second", "power3"))
        )
        symbols = {**betas, **rests, "g": g, "c": change}
        scale = np.sqrt(second) + self.eps
        direction = (first + self.beta2 * changes) / scale
        averages = {"β₂": self.beta2, "m\u0302": first, "δ\u0302": changes, "n\u0302": second}
        step = {"θ": steps.params, "η": self.learning_rate, "d": direction}
        return [
            Term("c", "g − g₀", {"g": g, "g₀": last}, change),
            Term("m", "β₁·m + (1−β₁)·g", {**symbols, "m": old["first"]}, new["first"], "momentum"),
            Term("δ", "β₂·δ + (1−β₂)·c", {**symbols, "δ": old["change"]}, new["change"]),
            Term(
                "n",
                "β₃·n + (1−β₃)·(g + β₂·c)²",
                {**symbols, "n": old["second"]},
                new["second"],
            ),
            Term(
                "d",
                "(m\u0302 + β₂·δ\u0302) / (√n\u0302 + ε)",
                {**averages, "ε": self.eps},
                direction,
                "scaled",
            ),
            Term("θ", "(θ − η·d) / (1 + η·λ)", {**step, "λ": self.weight_decay}, steps.moved),
        ]
