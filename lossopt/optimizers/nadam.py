"""NAdam."""

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
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class NAdam(MomentOptimizer):
    """Adam with Nesterov's look-ahead: the step mixes the gradient with next step's momentum.

    μₜ = β₁(1 − ½·0.96^(tψ)) warms the momentum up, and Pₜ = μ₁⋯μₜ corrects its bias.

    Notes
    -----
    Equal to ``torch.optim.NAdam`` with momentum decay ψ = 0.004. Keras uses ψ = 1, that is 0.96ᵗ,
    so its momentum warms up 250 times sooner. optax has no schedule at all (``optax.nadam`` is Adam
    with a look-ahead at constant β₁), as a very large ψ gives. Weight decay is coupled unless
    `decoupled_weight_decay`.

    References
    ----------
    T. Dozat, "Incorporating Nesterov Momentum into Adam", 2016.

    Examples
    --------
    >>> rule = NAdam(learning_rate=0.1, beta1=0.5, momentum_decay=0.0, eps=0.0)
    >>> theta = np.array([[1.0]])
    >>> rule.update(np.array([[8.0]]), rule.init(theta), theta)[0].round(6)
    array([[0.886667]])
    """

    name = "NAdam"
    year = 2016
    parents = ("adam", "nesterov")
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,"
        r"\quad \mu_t = \beta_1 \bigl(1 - \tfrac12 \cdot 0.96^{t\psi}\bigr),\quad"
        r"\theta \leftarrow \theta - \frac{\eta}{\sqrt{v/(1-\beta_2^t)} + \varepsilon} \Bigl("
        r"\frac{(1-\mu_t)\, g}{1 - \prod_{i \le t} \mu_i}"
        r" + \frac{\mu_{t+1}\, m}{1 - \prod_{i \le t+1} \mu_i} \Bigr)"
    )

    learning_rate: Number = learning_rate(0.002)
    momentum_decay: Number = param(
        0.004, "momentum decay ψ", 0.0, 1.0, limits=(0.0, 1e308), minor=True
    )
    decoupled_weight_decay: bool = decoupled_weight_decay(False)

    def init(self, params: Array) -> State:
        averages = super().init(params)
        return averages | {"fading": 1.0, "product": averages["power1"]}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        if self.decoupled_weight_decay:
            params = shrunk(params, self.learning_rate, self.weight_decay)
        else:
            gradient = penalized(gradient, params, self.weight_decay)
        averages = self.averaged(gradient, state)
        fading = self._fade() * state["fading"]
        momentum, following = self._momenta(fading)
        product = momentum * state["product"]
        ahead = (1.0 - momentum) / (1.0 - product) * gradient
        behind = following / (1.0 - product * following) * averages["first"]
        scale = self.scale(averages["second"], averages)
        params = params - self.learning_rate * (ahead + behind) / scale
        return params, averages | {"fading": fading, "product": product}

    def _fade(self) -> Number:
        return np.power(0.96, self.momentum_decay)

    def _momenta(self, fading: Number) -> tuple[Number, Number]:
        """Momentum of this step and of the next, from 0.96^(tψ), a running product."""
        following = self._fade() * fading
        return self.beta1 * (1.0 - 0.5 * fading), self.beta1 * (1.0 - 0.5 * following)

    def anatomy(self, steps: Steps) -> list[Term]:
        coupled = 0.0 if self.decoupled_weight_decay else self.weight_decay
        gradient, lines = penalized_terms(steps, coupled)
        decay = self.weight_decay if self.decoupled_weight_decay else 0.0
        product = steps.after["product"]
        momentum, following = self._momenta(steps.after["fading"])
        shares = {"a": (1.0 - momentum) / (1.0 - product)}
        shares["b"] = following / (1.0 - product * following)
        scaled = self.scaled_terms("v", steps.after["second"], steps)
        symbols = {**scaled[-1].symbols, **shares, "g": gradient, "m": steps.after["first"]}
        mixed = shares["a"] * gradient + shares["b"] * steps.after["first"]
        direction = mixed / self.scale(steps.after["second"], dict(steps.after))
        under = scaled[-1].expression.partition(" / ")[2]
        return [
            *lines,
            self.first_terms(gradient, steps)[0],
            *self.second_terms(gradient, steps),
            *scaled[:-1],
            Term("d", f"(a·g + b·m) / {under}", symbols, direction, "scaled"),
            stepped(self.learning_rate, direction, steps, decay),
        ]
