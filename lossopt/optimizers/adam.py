"""Adam."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import Optimizer, State
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Adam(Optimizer):
    """Bias-corrected first and second moments: θ ← θ − η m̂/(√v̂ + ε).

    m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), t from 1.

    Notes
    -----
    Equal to ``torch.optim.Adam``. The first step is η·sign(g). Keras and the paper's closing remark
    use "epsilon hat", which adds ε before the correction of v.

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2014.

    Examples
    --------
    >>> rule = Adam(learning_rate=0.1)
    >>> theta = np.array([[1.0, 1.0]])
    >>> rule.update(np.array([[1e-3, -50.0]]), rule.init(theta), theta)[0].round(5)
    array([[0.9, 1.1]])
    """

    name = "Adam"
    year = 2014
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,"
        r"\quad \theta \leftarrow \theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \varepsilon}"
    )

    learning_rate: Number = learning_rate(0.001)
    beta1: Number = param(0.9, "β₁ (first moment)", 0.0, 0.999, limits=(0.0, 0.999999))
    beta2: Number = param(0.999, "β₂ (second moment)", 0.0, 0.9999, limits=(0.0, 0.999999))
    eps: Number = param(1e-8, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308))

    def init(self, params: Array) -> State:
        return {"step": 0, "first": np.zeros_like(params), "second": np.zeros_like(params)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        step = state["step"] + 1
        first = self.beta1 * state["first"] + (1.0 - self.beta1) * gradient
        second = self.beta2 * state["second"] + (1.0 - self.beta2) * gradient * gradient
        scale = np.sqrt(second / (1.0 - self.beta2**step)) + self.eps
        params = params - self.learning_rate / (1.0 - self.beta1**step) * first / scale
        return params, {"step": step, "first": first, "second": second}
