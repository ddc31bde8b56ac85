"""RAdam."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import (
    decoupled_weight_decay,
    penalized,
    penalized_terms,
    shrunk,
)
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class RAdam(MomentOptimizer):
    """Adam that waits until v can be trusted: momentum alone first, then steps scaled by r.

    ρₜ is the number of gradients that v effectively averages. Up to ρₜ = 5 the step is η m̂, after
    that η r m̂/√v̂ with r growing to 1, which works like a warm-up.

    Notes
    -----
    Equal to ``torch.optim.RAdam``, with ε beside the uncorrected √v. The paper switches at ρₜ = 4
    and has no ε; optax switches at 5 and puts ε beside √v̂. The first five steps at β₂ = 0.999 are
    not scaled by √v, so with a gradient of 1000 they are 1000 times longer than Adam's. Weight
    decay is coupled unless `decoupled_weight_decay`.

    References
    ----------
    L. Liu, H. Jiang, P. He, W. Chen, X. Liu, J. Gao, J. Han, "On the Variance of the Adaptive
    Learning Rate and Beyond", 2019.

    Examples
    --------
    >>> rule = RAdam(learning_rate=0.1)
    >>> theta, state = np.array([[1.0]]), rule.init(np.array([[1.0]]))
    >>> for _ in range(6):
    ...     last, (theta, state) = theta, rule.update(np.array([[4.0]]), state, theta)
    >>> last.round(9), (last - theta).round(6)
    (array([[-1.]]), array([[0.002582]]))
    """

    name = "RAdam"
    year = 2019
    parents = ("adam",)
    formula = (
        r"\rho_t = \rho_\infty - \frac{2t\beta_2^t}{1-\beta_2^t},\quad"
        r" r = \sqrt{\frac{(\rho_t-4)(\rho_t-2)\,\rho_\infty}"
        r"{(\rho_\infty-4)(\rho_\infty-2)\,\rho_t}},\quad"
        r" \theta \leftarrow \theta - \eta\, \hat m \cdot"
        r" \begin{cases} r/\sqrt{\hat v} & \rho_t > 5 \\ 1 & \text{else} \end{cases}"
    )

    decoupled_weight_decay: bool = decoupled_weight_decay(False)

    def init(self, params: Array) -> State:
        return super().init(params) | {"step": 0, "power": 1.0}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        if self.decoupled_weight_decay:
            params = shrunk(params, self.learning_rate, self.weight_decay)
        else:
            gradient = penalized(gradient, params, self.weight_decay)
        step = state["step"] + 1
        power = self.beta2 * state["power"]
        state = self.averaged(gradient, state) | {"step": step, "power": power}
        rate = self.learning_rate / (1.0 - state["power1"])
        return params - rate * state["first"] * self._trust(state), state

    def _trust(self, state: State) -> Array:
        """What m̂ is multiplied with: r/(√v̂ + ε), and 1 until v can be trusted."""
        power = state["power"]
        longest = 2.0 / (1.0 - self.beta2) - 1.0
        length = longest - 2.0 * state["step"] * power / (1.0 - power)
        trusted = length > 5.0
        longest, length = np.maximum(longest, 5.0), np.maximum(length, 5.0)
        gain = (length - 4.0) * (length - 2.0) * longest
        rectified = np.sqrt(gain / ((longest - 4.0) * (longest - 2.0) * length))
        inverse = np.sqrt(1.0 - state["power2"]) / (np.sqrt(state["second"]) + self.eps)
        return np.where(trusted, rectified * inverse, 1.0)

    def anatomy(self, steps: Steps) -> list[Term]:
        coupled = 0.0 if self.decoupled_weight_decay else self.weight_decay
        gradient, lines = penalized_terms(steps, coupled)
        decay = self.weight_decay if self.decoupled_weight_decay else 0.0
        first, trust = self.first_terms(gradient, steps), self._trust(dict(steps.after))
        symbols = {first[-1].name: first[-1].result, "k": trust}
        direction = first[-1].result * trust
        return [
            *lines,
            *first,
            *self.second_terms(gradient, steps),
            Term("d", f"{first[-1].name}·k", symbols, direction, "scaled"),
            stepped(self.learning_rate, direction, steps, decay),
        ]
