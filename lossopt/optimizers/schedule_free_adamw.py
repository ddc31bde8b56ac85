"""Schedule-free AdamW."""

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
class ScheduleFreeAdamW(Optimizer):
    """Schedule-free averaging around Adam's scaling: z ← z − η(g/(√v̂ + ε) + λy).

    x is the average of all z and the point to evaluate; the gradient is taken at
    y = (1 − β₁)z + β₁x, which takes the place of the first moment.

    Notes
    -----
    Equal to the authors' ``schedulefree.AdamWScheduleFree`` at a constant η without warm-up. The
    params of the rule are y and the plotted point is x. Weight decay is decoupled and acts at y.

    References
    ----------
    A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky, "The Road Less Scheduled",
    2024.

    Examples
    --------
    >>> rule = ScheduleFreeAdamW(learning_rate=0.1, eps=0.0)
    >>> y, state = np.array([[1.0, 1.0]]), rule.init(np.array([[1.0, 1.0]]))
    >>> for _ in range(2):
    ...     y, state = rule.update(np.array([[5.0, -0.001]]), state, y)
    >>> state["fast"].round(12), rule.evaluated(y, state).round(12), y.round(12)
    (array([[0.8, 1.2]]), array([[0.85, 1.15]]), array([[0.845, 1.155]]))
    """

    name = "Schedule-free AdamW"
    year = 2024
    parents = ("schedule_free_sgd", "adamw")
    formula = (
        r"v \leftarrow \beta_2 v + (1-\beta_2)\, g(y)^2,\quad z \leftarrow z - \eta\Bigl("
        r"\frac{g(y)}{\sqrt{v/(1-\beta_2^t)} + \varepsilon} + \lambda y\Bigr),\quad"
        r" \theta \leftarrow \bigl(1-\tfrac1t\bigr)\theta + \tfrac1t z,\quad"
        r" y \leftarrow (1-\beta_1)\, z + \beta_1\theta"
    )
    paper = {}

    learning_rate: Number = learning_rate(0.0025)
    beta1: Number = param(0.9, "β₁ (interpolation)", 0.0, 0.999, limits=(0.0, 1.0))
    beta2: Number = param(0.999, "β₂ (second moment)", 0.0, 0.9999, limits=(0.0, 0.999999))
    eps: Number = param(1e-8, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        zeros = np.zeros_like(params)
        return {"step": 0, "power2": 1.0, "second": zeros, "fast": params, "average": params}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        step, power2 = state["step"] + 1, self.beta2 * state["power2"]
        second = self.beta2 * state["second"] + (1.0 - self.beta2) * gradient * gradient
        scaled = gradient / (np.sqrt(second / (1.0 - power2)) + self.eps)
        fast = state["fast"] - self.learning_rate * (scaled + self.weight_decay * params)
        average = state["average"] + (fast - state["average"]) / step
        ahead = fast + self.beta1 * (average - fast)
        moved = {"step": step, "power2": power2, "second": second}
        return ahead, moved | {"fast": fast, "average": average}

    def evaluated(self, params: Array, state: State) -> Array:
        return state["average"]

    def anatomy(self, steps: Steps) -> list[Term]:
        fast, average, second = (steps.after[key] for key in ("fast", "average", "second"))
        old: dict[str, Number] = {
            "z": steps.before["fast"],
            "x": steps.before["average"],
            "v": steps.before["second"],
        }
        old |= {"η": self.learning_rate, "g": steps.gradient, "t": steps.after["step"]}
        old |= {"β₁": self.beta1, "β₂": self.beta2, "(1−β₂)": 1.0 - self.beta2, "ε": self.eps}
        old |= {"λ": self.weight_decay, "y": steps.params, "(1−β₂ᵗ)": 1.0 - steps.after["power2"]}
        scale = np.sqrt(second / (1.0 - steps.after["power2"])) + self.eps
        scaled = steps.gradient / scale
        new = {**old, "v": second, "z": fast, "x": average, "d": scaled}
        return [
            Term("v", "β₂·v + (1−β₂)·g²", old, second),
            Term("d", "g / (√(v / (1−β₂ᵗ)) + ε)", new, scaled, "scaled"),
            Term("z", "z − η·(d + λ·y)", {**old, "d": scaled}, fast),
            Term("x", "x + (z − x) / t", {**old, "z": fast}, average),
            Term("y", "z + β₁·(x − z)", new, steps.moved),
        ]
