"""Adafactor."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import State
from lossopt.optimizers._matrices import MatrixRule, mean_over
from lossopt.optimizers._weight_decay import shrunk, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Adafactor(MatrixRule):
    """Adam's v from row and column means alone: for an n × m matrix n + m numbers instead of nm.

    R and C average the squared gradient over each row and each column, and v = RC/mean(R). The
    step is relative to the size of the params, and a step larger than usual is shortened.

    Notes
    -----
    Equal to ``torch.optim.Adafactor`` on matrices. As there, η is the largest relative step and the
    factor of the decoupled weight decay, and ε₁ a lower limit of √v. The paper and Keras add ε₁ to
    the squared gradients instead, and the paper has no η but 0.01. 1 − β₂ is t^(−c), so the first
    v is the first g² and no bias needs a correction. R and C are kept at full size here: what
    counts is the path, not the memory. `update` alone takes all params as one row.

    References
    ----------
    N. Shazeer, M. Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", 2018.

    Examples
    --------
    >>> rule = Adafactor(learning_rate=0.1)
    >>> theta = np.array([[3.0, 4.0]])  # as a row: v = g², so both move alike, by 0.1·√12.5
    >>> rule.update(np.array([[5.0, -0.1]]), rule.init(theta), theta)[0].round(6)
    array([[2.646447, 4.353553]])
    """

    name = "Adafactor"
    year = 2018
    parents = ("adam",)
    formula = (
        r"R \leftarrow (1-t^{-c}) R + t^{-c}\,\overline{g^2}^{\,\text{row}},\quad"
        r" C \leftarrow (1-t^{-c})\, C + t^{-c}\,\overline{g^2}^{\,\text{col}},\quad"
        r" u = g \Big/ \sqrt{R\, C/\overline{R}},\quad"
        r" \theta \leftarrow \theta - \min\bigl(\eta, \tfrac{1}{\sqrt t}\bigr)"
        r"\max(\varepsilon_2, \|\theta\|_{\text{rms}})\,"
        r"\frac{u}{\max(1, \|u\|_{\text{rms}}/d)}"
    )

    learning_rate: Number = learning_rate(0.01)
    decay_power: Number = param(0.8, "power c of the memory", 0.0, 1.0, limits=(0.0, 1e308))
    clip_threshold: Number = param(1.0, "clipping threshold d", 1.0, 10.0, limits=(1.0, 1e308))
    eps: Number = param(
        float(np.finfo(np.float64).eps), "ε", 1e-30, 1e-1, log=True, limits=(0.0, 1e308), minor=True
    )
    smallest_scale: Number = param(
        1e-3, "least size of params ε₂", 1e-6, 1.0, log=True, limits=(0.0, 1e308), minor=True
    )
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        zeros = np.zeros_like(params)
        return {"step": 0.0, "rows": zeros, "columns": zeros, "shapes": ((1, params.shape[1]),)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        step, shapes = state["step"] + 1, state["shapes"]
        fresh, squares = np.power(step, -self.decay_power), gradient * gradient
        rows = state["rows"] + fresh * (mean_over(-1, squares, shapes) - state["rows"])
        columns = state["columns"] + fresh * (mean_over(-2, squares, shapes) - state["columns"])
        whole = np.maximum(mean_over((-2, -1), rows, shapes), self.eps)
        second = np.maximum(rows * columns / whole, np.square(self.eps))
        move = gradient / np.sqrt(second)
        excess = np.sqrt(mean_over((-2, -1), move * move, shapes)) / self.clip_threshold
        size = np.sqrt(mean_over((-2, -1), params * params, shapes))
        rate = np.minimum(self.learning_rate, 1.0 / np.sqrt(step))
        rate = rate * np.maximum(self.smallest_scale, size) / np.maximum(1.0, excess)
        params = shrunk(params, self.learning_rate, self.weight_decay) - rate * move
        return params, {"step": step, "rows": rows, "columns": columns, "shapes": shapes}
