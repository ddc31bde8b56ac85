"""Schedule-free SGD."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class ScheduleFreeSGD(Optimizer):
    """Averaging in place of a schedule: z takes SGD's steps, x is the average of all z.

    The gradient is taken between them, at y = (1 − β)z + βx. The point to evaluate is x.

    Notes
    -----
    Equal to the authors' ``schedulefree.SGDScheduleFree`` at a constant η without warm-up, where
    the average is the plain one, c = 1/t. The params of the rule are y (the package's "train" mode)
    and the plotted point is x (its "eval" mode). β is an interpolation, not a momentum, although it
    damps oscillation alike. Weight decay is coupled, λy joins the gradient.

    References
    ----------
    A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky, "The Road Less Scheduled",
    2024.

    Examples
    --------
    >>> import numpy as np
    >>> rule = ScheduleFreeSGD(learning_rate=1.0, beta=0.5)
    >>> y, state = np.array([[0.0]]), rule.init(np.array([[0.0]]))
    >>> for _ in range(2):
    ...     y, state = rule.update(np.array([[-4.0]]), state, y)
    >>> state["fast"], rule.evaluated(y, state), y
    (array([[8.]]), array([[6.]]), array([[7.]]))
    """

    name = "Schedule-free SGD"
    year = 2024
    parents = ("asgd",)
    formula = (
        r"z \leftarrow z - \eta\, g(y),\quad \theta \leftarrow"
        r" \bigl(1-\tfrac1t\bigr)\theta + \tfrac1t z,\quad"
        r" y \leftarrow (1-\beta)\, z + \beta\,\theta"
    )
    paper = {}

    learning_rate: Number = learning_rate(1.0)
    beta: Number = param(0.9, "β", 0.0, 0.999, limits=(0.0, 1.0))
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return {"step": 0, "fast": params, "average": params}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        step = state["step"] + 1
        fast = state["fast"] - self.learning_rate * penalized(gradient, params, self.weight_decay)
        average = state["average"] + (fast - state["average"]) / step
        ahead = fast + self.beta * (average - fast)
        return ahead, {"step": step, "fast": fast, "average": average}

    def evaluated(self, params: Array, state: State) -> Array:
        return state["average"]

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        fast, average = steps.after["fast"], steps.after["average"]
        old: dict[str, Number] = {"z": steps.before["fast"], "x": steps.before["average"]}
        old |= {"η": self.learning_rate, "g": gradient, "t": steps.after["step"], "β": self.beta}
        return [
            *lines,
            Term("z", "z − η·g", old, fast),
            Term("x", "x + (z − x) / t", {**old, "z": fast}, average),
            Term("y", "z + β·(x − z)", {**old, "z": fast, "x": average}, steps.moved),
        ]
